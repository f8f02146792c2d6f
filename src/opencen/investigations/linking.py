"""Links: the records of any kind that belong to an investigation; one that its author may not see is not there."""

from __future__ import annotations

from uuid import UUID

from opencen.investigations.access import find_open, read_text
from opencen.investigations.events import LINKED, UNLINKED
from opencen.investigations.journal import add_line
from opencen.investigations.models import Investigation, Link
from opencen.investigations.permissions import RECORD_INVESTIGATIONS
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, NotFound
from opencen.log.service import record_act, service
from opencen.records.lock import visible_to
from opencen.records.models import Record


def find_record(actor: Actor, text: str) -> Record:
    """Return the record of an id or a reference, as the actor sees it."""
    wanted = text.strip()
    rows = visible_to(actor)
    try:
        found = rows.filter(pk=UUID(wanted)).first()
    except ValueError:
        found = rows.filter(reference=wanted.upper()).first()
    if found is None:
        raise NotFound("record.not_found", path="record")
    return found


@service(RECORD_INVESTIGATIONS)
def link_record(actor: Actor, *, investigation_id: UUID, record: str, note: str = "") -> Link:
    """Link a record, by its id or its reference."""
    investigation = find_open(actor, investigation_id)
    return link_seen(actor, investigation, find_record(actor, record), note)


def link_seen(actor: Actor, investigation: Investigation, record: Record, note: str) -> Link:
    """Link a record that the actor was shown to see; one that was taken out comes back."""
    if record.pk == investigation.pk:
        raise Conflict("investigation.link_itself", path="record")
    known = Link.objects.filter(investigation=investigation, record_id=record.pk).first()
    if known is not None and known.ended_at is None:
        raise Conflict("investigation.link_twice", path="record")
    link = known or Link(investigation=investigation, type=record.type, record_id=record.pk)
    link.note, link.by, link.at = read_text(note, "note", 300, is_needed=False), actor.id, now()
    link.ended_at = None
    link.save()
    add_line(investigation, actor, "linked", type=record.type, record=str(record.pk))
    record_act(LINKED, "investigation", investigation.pk, link=str(link.id), type=record.type, record=str(record.pk))
    return link


@service(RECORD_INVESTIGATIONS)
def unlink_record(actor: Actor, *, investigation_id: UUID, link_id: UUID, reason: str) -> None:
    """Take a link out, with the reason; that it was there stays in the log."""
    investigation = find_open(actor, investigation_id)
    link = Link.objects.filter(pk=link_id, investigation=investigation, ended_at=None).first()
    if link is None or not visible_to(actor).filter(pk=link.record_id).exists():
        raise NotFound("investigation.link_unknown")
    add_line(
        investigation, actor, "unlinked", read_text(reason, "reason", 300), type=link.type, record=str(link.record_id)
    )
    link.ended_at = now()
    link.save(update_fields=["ended_at"])
    record_act(
        UNLINKED, "investigation", investigation.pk, link=str(link.id), type=link.type, record=str(link.record_id)
    )
