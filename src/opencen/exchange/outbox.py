"""The outbox: releases become packets, and packets go until they are answered."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import orjson
from django.conf import settings

from opencen.exchange.events import PACKET_DELIVERED, PACKET_FAILED, PACKET_MADE, RECEIPT_TAKEN
from opencen.exchange.models import Outgoing, Partner
from opencen.exchange.packets import Manifest, Packet, new_manifest, open_packet, seal_packet
from opencen.exchange.partners import partners
from opencen.exchange.queries import visible_outgoing
from opencen.kernel.actor import Actor, system_actor
from opencen.kernel.canonical import sha256_hex
from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound, OpenCenError
from opencen.log.models import Head
from opencen.log.sealer import SignedHead, keep_receipt_head, node_keys
from opencen.log.service import nothing_done, record_act, service
from opencen.records.effective import effective_schema
from opencen.records.media import clean_copy
from opencen.release.events import RELEASE_CHANGED
from opencen.release.models import Release

PACKET_TYPE = "application/vnd.opencen.packet"
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=6)
GIVE_TO_PERSON_AFTER = 40
TIMEOUT = 30.0
MAX_RECEIPT = 1_000_000


def outbox_path(packet_id: UUID) -> Path:
    """Return where a packet's bytes lie until it is delivered."""
    return Path(settings.HOME.path) / "outbox" / f"{packet_id}.ocen"


def work_outbox() -> int:
    """Make packets of new releases and try what is due; return how many were delivered."""
    actor = system_actor("exchange:carry")
    for release in Release.objects.filter(state="queued", packet_id=None).order_by("released_at")[:200]:
        if release.recipient in partners():
            make_packet(actor, release=release)
    due = Outgoing.objects.filter(state="queued", next_try_at__lte=now()).select_related("partner")
    return sum(_try(actor, packet) for packet in due.order_by("made_at")[:200] if packet.partner.is_active)


@service("exchange:carry")
def make_packet(actor: Actor, *, release: Release) -> Outgoing:
    """Seal a release for its recipient and lay it into the outbox."""
    partner, keys = partners()[release.recipient]
    manifest = new_manifest(
        "correction" if release.corrects_id else "record",
        sender=settings.NODE_ID,
        recipient=partner.node,
        made_at=now(),
        profile=f"{release.profile}/{release.profile_version}",
        handling={"purpose": "global statistics", "onward": False, "head": _newest_head()},
        schema={"type": release.record_type, "version": effective_schema(release.record_type).type.version},
        subject={"id": str(release.record_id), "revision": release.revision},
    )
    copies = [clean_copy(found["source"]) for found in orjson.loads(release.attachments)]
    attachments = {copy.sha256: copy.content for copy in copies}
    data = seal_packet(manifest, orjson.loads(release.document), attachments, keys=node_keys(), to=keys)
    packet = lay_out(manifest, partner, data, release_id=release.id)
    Release.objects.filter(pk=release.id).update(packet_id=manifest.id, state="sent", changed_at=now())
    record_act(
        PACKET_MADE,
        "packet",
        manifest.id,
        kind=manifest.kind,
        partner=partner.node,
        release=str(release.id),
        sha256=packet.sha256,
    )
    return packet


def lay_out(manifest: Manifest, partner: Partner, data: bytes, *, release_id: UUID | None) -> Outgoing:
    """Write a packet's bytes to disk, then its row; bytes without a row are swept, a row without bytes cannot be."""
    path = outbox_path(manifest.id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return Outgoing.objects.create(
        id=manifest.id,
        partner=partner,
        kind=manifest.kind,
        release_id=release_id,
        size=len(data),
        sha256=sha256_hex(data),
        next_try_at=now(),
        made_at=manifest.made_at,
    )


def _newest_head() -> dict[str, Any] | None:
    head = Head.objects.order_by("-sequence").first()
    if head is None:
        return None
    at = head.at.isoformat(timespec="microseconds")
    return {"sequence": head.sequence, "hash": head.hash, "at": at, "key": head.key, "signature": head.signature}


def _try(actor: Actor, packet: Outgoing) -> bool:
    """Carry one packet over HTTPS; the answer is the receipt, itself a packet."""
    try:
        answer = httpx.post(
            f"{packet.partner.url}/exchange/v1/packets",
            content=outbox_path(packet.id).read_bytes(),
            headers={"Content-Type": PACKET_TYPE},
            timeout=TIMEOUT,
        )
        answer.raise_for_status()
        keys = {node: found for node, (_, found) in partners().items()}
        receipt = open_packet(answer.content[:MAX_RECEIPT], keys=node_keys(), me=settings.NODE_ID, senders=keys)
    except (httpx.HTTPError, OSError, OpenCenError) as error:
        put_off(actor, packet=packet, reason=type(error).__name__)
        return False
    take_receipt(actor, receipt=receipt)
    return True


@service("exchange:carry")
def put_off(actor: Actor, *, packet: Outgoing, reason: str) -> None:
    """Try again later, each time twice as late; what keeps failing is shown to a person, never dropped."""
    packet.attempts += 1
    wait = min(FIRST_WAIT * 2 ** min(packet.attempts - 1, 20), LONGEST_WAIT)
    packet.next_try_at = now() + wait
    packet.last_error = reason
    if packet.attempts >= GIVE_TO_PERSON_AFTER:
        packet.state = "failed"
        Release.objects.filter(packet_id=packet.id).update(state="failed", changed_at=now())
    packet.save(update_fields=["attempts", "next_try_at", "last_error", "state"])
    if packet.attempts in (1, GIVE_TO_PERSON_AFTER):
        record_act(
            PACKET_FAILED, "packet", packet.id, partner=packet.partner_id, attempts=packet.attempts, reason=reason[:60]
        )
    else:
        nothing_done()


@service("exchange:send")
def try_again(actor: Actor, *, packet_id: UUID) -> None:
    """Send a waiting or failed packet at the next turn."""
    packet = visible_outgoing(actor).filter(pk=packet_id).first()
    if packet is None:
        raise NotFound("packet.unknown")
    if packet.state == "delivered":
        nothing_done()
        return
    packet.state, packet.next_try_at = "queued", now()
    packet.save(update_fields=["state", "next_try_at"])
    record_act(PACKET_FAILED, "packet", packet_id, reason="tried again by a person")


@service("exchange:carry")
def take_receipt(actor: Actor, *, receipt: Packet) -> None:
    """Note what the partner says became of a packet; a receipt that comes twice changes nothing."""
    packet_id = UUID(str(receipt.payload.get("packet")))
    packet = Outgoing.objects.filter(pk=packet_id, partner_id=receipt.manifest.sender).first()
    if packet is None or packet.state == "delivered":
        nothing_done()
        return
    outcome = str(receipt.payload.get("outcome", ""))
    state = {"accepted": "accepted", "superseded": "accepted", "refused": "refused"}.get(outcome, "delivered")
    packet.state, packet.delivered_at = "delivered", now()
    packet.save(update_fields=["state", "delivered_at"])
    Partner.objects.filter(pk=packet.partner_id).update(last_contact_at=now())
    kept = {
        "receipt": str(receipt.manifest.id),
        "outcome": outcome,
        "reason": str(receipt.payload.get("reason", ""))[:64],
        "sha256": packet.sha256,
        "at": receipt.manifest.made_at.isoformat(),
    }
    note = kept["reason"]
    Release.objects.filter(packet_id=packet.id).update(
        state=state, receipt=orjson.dumps(kept).decode(), note=note, changed_at=now()
    )
    head = receipt.payload.get("head")
    if isinstance(head, dict):
        keep_receipt_head(SignedHead(**head), receipt.manifest.sender)
    outbox_path(packet.id).unlink(missing_ok=True)
    record_act(PACKET_DELIVERED, "packet", packet.id, partner=packet.partner_id, attempts=packet.attempts + 1)
    record_act(
        RECEIPT_TAKEN, "packet", receipt.manifest.id, packet=str(packet.id), outcome=outcome, partner=packet.partner_id
    )
    if packet.release_id:
        record_act(RELEASE_CHANGED, "release", packet.release_id, release=str(packet.release_id), state=state)
