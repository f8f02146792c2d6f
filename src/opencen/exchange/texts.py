"""What this room's codes say, in English: what is wrong, and what would be right."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "packet.altered": "The packet was changed on its way, or not sealed for us.",
        "packet.attachment": "An attachment of the packet is missing or damaged.",
        "packet.document": "The document of the packet does not have the shape it claims.",
        "packet.manifest": "The description of the packet cannot be read.",
        "packet.no_document": "The packet carries no document.",
        "packet.document_unreadable": "The document in the packet cannot be read.",
        "packet.not_a_packet": "This is no packet.",
        "packet.not_for_us": "The packet is for node {recipient}.",
        "packet.subject": "The packet does not say which record it is about.",
        "packet.truncated": ("The packet is cut off.", "Send it again."),
        "packet.unknown": "There is no such packet.",
        "packet.unknown_sender": ("The sender is not among our partners.", "Exchange cards first."),
        "packet.version": ("The packet has version {version}; up to {newest} is known here.", "Update this node."),
        "partner.exists": "There is a partner “{value}” already.",
        "partner.fingerprint": ("The fingerprint differs from the card's.", "Compare it by telephone."),
        "partner.kind_unknown": ("There is no such kind of node.", "Kinds are {kinds}."),
        "partner.not_a_card": "This is no card of a node.",
        "partner.own_card": "This is our own card.",
        "partner.unknown": "There is no such partner.",
        "record.not_yours": "The record belongs to another node.",
    }
)
