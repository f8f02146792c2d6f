"""The operational hold: nothing of a record leaves before its end, whatever threshold, rule or click says."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.records.events import HOLD_ENDED, HOLD_SET
from opencen.records.lock import visible_to
from opencen.records.models import Hold, Record


def active_hold(record_id: UUID) -> Hold | None:
    """Return the hold in force on a record, the one that ends last."""
    rows = Hold.objects.filter(record_id=record_id, ended_at=None).filter(Q(until__gt=now()))
    return rows.order_by("-until").first()


@service("case:hold")
def set_hold(
    actor: Actor, *, record_id: UUID, kind: str, authority: str, reason: str, until: datetime, order_number: str = ""
) -> Hold:
    """Hold a record back until a moment, on a named authority and for a stated reason."""
    record = _record(actor, record_id)
    for name, value in (("authority", authority), ("reason", reason), ("kind", kind)):
        if not value.strip():
            raise Invalid("field.missing", path=name)
    if until <= now():
        raise Invalid("hold.in_the_past", path="until")
    hold = Hold.objects.create(
        record_id=record.id,
        kind=kind,
        authority=authority[:200],
        order_number=order_number[:64],
        reason=reason,
        until=until,
        set_by=actor.id,
        set_at=now(),
    )
    record_act(HOLD_SET, record.type, record.id, hold=str(hold.id), until=until.isoformat())
    return hold


@service("case:hold")
def end_hold(actor: Actor, *, record_id: UUID, hold_id: UUID) -> Hold:
    """End a hold before its time."""
    record = _record(actor, record_id)
    hold = Hold.objects.filter(pk=hold_id, record_id=record.id, ended_at=None).first()
    if hold is None:
        raise NotFound("hold.not_found")
    hold.ended_by, hold.ended_at = actor.id, now()
    hold.save(update_fields=["ended_by", "ended_at"])
    record_act(HOLD_ENDED, record.type, record.id, hold=str(hold.id))
    return hold


def holds_of(actor: Actor, record_id: UUID) -> list[Hold]:
    """List the holds of a record, ended ones too, the newest first."""
    return list(Hold.objects.filter(record_id=_record(actor, record_id).id).order_by("-set_at"))


def _record(actor: Actor, record_id: UUID) -> Record:
    record = visible_to(actor).filter(pk=record_id).first()
    if record is None:
        raise NotFound("record.not_found")
    return record


def holds_in_force(record: OuterRef) -> QuerySet[Hold]:
    """Return the holds in force on the record of an outer query."""
    return Hold.objects.filter(record_id=record, ended_at=None, until__gt=now())


def held_among(record_ids: Collection[UUID]) -> set[UUID]:
    """Return which of the records are held now, in one query."""
    rows = Hold.objects.filter(record_id__in=record_ids, ended_at=None, until__gt=now())
    return set(rows.values_list("record_id", flat=True))
