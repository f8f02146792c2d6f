"""The inbox: a packet is opened, judged and answered; nothing enters without a person, or a rule that one set."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings

from opencen.exchange.events import PACKET_RECEIVED
from opencen.exchange.models import Incoming, Partner
from opencen.exchange.packets import Packet, new_manifest, open_packet, seal_packet
from opencen.exchange.partners import partners
from opencen.kernel.actor import Actor, system_actor
from opencen.kernel.canonical import sha256_hex
from opencen.kernel.clock import now
from opencen.kernel.errors import OpenCenError
from opencen.log.sealer import node_keys
from opencen.log.service import nothing_done, record_act, service
from opencen.records.intake.foreign import ForeignRecord, store_foreign

RECORD_KINDS = ("record", "correction")


def receive(data: bytes) -> bytes:
    """Take a packet in and return its receipt as a packet; what cannot be verified raises Invalid."""
    known = partners()
    senders = {node: keys for node, (_, keys) in known.items()}
    packet = open_packet(data, keys=node_keys(), me=settings.NODE_ID, senders=senders)
    partner, keys = known[packet.manifest.sender]
    actor = system_actor("exchange:carry", "records:receive")
    row = take_in(actor, packet=packet, partner=partner, sha256=sha256_hex(data))
    manifest = new_manifest("receipt", sender=settings.NODE_ID, recipient=partner.node, made_at=now())
    payload = {
        "packet": str(row.id),
        "outcome": row.outcome,
        "reason": row.reason,
        "sha256": row.sha256,
        "head": packet.manifest.handling.get("head"),
    }
    return seal_packet(manifest, payload, {}, keys=node_keys(), to=keys)


@service("exchange:carry")
def take_in(actor: Actor, *, packet: Packet, partner: Partner, sha256: str) -> Incoming:
    """Judge a packet once; a repeated id gets the answer it got before."""
    before = Incoming.objects.filter(pk=packet.manifest.id).first()
    if before is not None:
        nothing_done()
        return before
    outcome, reason, revision = _judge(actor, packet, partner)
    record_id = _uuid(packet.manifest.subject.get("id"))
    row = Incoming.objects.create(
        id=packet.manifest.id,
        partner=partner,
        kind=packet.manifest.kind,
        sha256=sha256,
        profile=packet.manifest.profile[:32],
        outcome=outcome,
        reason=reason[:64],
        record_id=record_id,
        revision=revision,
        received_at=now(),
        decided_at=now(),
    )
    Partner.objects.filter(pk=partner.node).update(last_contact_at=now())
    record_act(
        PACKET_RECEIVED,
        "packet",
        row.id,
        kind=row.kind,
        partner=partner.node,
        outcome=outcome,
        reason=reason[:64],
        record=str(record_id),
        revision=revision,
    )
    return row


def _judge(actor: Actor, packet: Packet, partner: Partner) -> tuple[str, str, int | None]:
    """Return (outcome, reason, revision)."""
    if packet.manifest.kind not in RECORD_KINDS:
        return "refused", "packet.kind_not_taken", None
    if not partner.accepts_by_itself:
        return "refused", "inbox.nobody_decides", None
    try:
        foreign = _foreign(packet, partner)
        stored = store_foreign(actor, foreign=foreign, attachments=packet.attachments)
    except OpenCenError as error:
        return "refused", error.code, None
    return ("accepted" if stored else "superseded"), "", foreign.revision


def _foreign(packet: Packet, partner: Partner) -> ForeignRecord:
    subject: dict[str, Any] = dict(packet.manifest.subject)
    assert partner.office_id is not None
    return ForeignRecord(
        origin=partner.node,
        type=str(packet.manifest.schema.get("type", "")),
        id=_uuid(subject.get("id")) or UUID(int=0),
        revision=int(subject.get("revision") or 0),
        schema_version=int(packet.manifest.schema.get("version") or 0),
        document=packet.payload,
        office_id=partner.office_id,
    )


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
