"""The acts of exchange that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

PARTNER_ADDED = act("partner.added", "kind", "fingerprint")
PARTNER_CHANGED = act("partner.changed", "fields")
PACKET_MADE = act("packet.made", "kind", "partner", "release", "sha256")
PACKET_DELIVERED = act("packet.delivered", "partner", "attempts")
PACKET_FAILED = act("packet.failed", "partner", "attempts", "reason")
PACKET_RECEIVED = act("packet.received", "kind", "partner", "outcome", "reason", "record", "revision")
RECEIPT_TAKEN = act("receipt.taken", "packet", "outcome", "partner")
