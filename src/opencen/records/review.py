"""Review: a second person validates a record, or returns it with a reason at each field."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.records.events import CANCELLED, RETURNED, VALIDATED
from opencen.records.lock import is_own, visible_to
from opencen.records.models import MergeTask, Record, ReviewNote, Revision

REVIEWABLE = ("submitted", "amended")


def reviewable_record(actor: Actor, record_id: UUID, *, revision: int | None = None) -> Record:
    """Return a record that waits for review and that this actor may decide, or say why not."""
    record = visible_to(actor).filter(pk=record_id).select_for_update().first()
    if record is None:
        raise NotFound("record.not_found")
    actor.require(f"{record.type}:validate")
    if not is_own(record):
        raise Conflict("record.not_ours", origin=record.origin)
    if record.state not in REVIEWABLE:
        raise Conflict("record.not_waiting", state=record.state)
    if revision is not None and revision != record.revision:
        raise Conflict("record.changed", revision=record.revision)
    if actor.id in authors_since_validation(record):
        raise Forbidden("review.own_record")
    if MergeTask.objects.filter(record_id=record.id, settled_at=None).exists():
        raise Conflict("record.merge_open")
    return record


def authors_since_validation(record: Record) -> set[UUID]:
    """Return who authored a revision since the last validation."""
    since = record.validated_revision or 0
    rows = Revision.objects.filter(record_id=record.id, number__gt=since)
    return set(rows.values_list("author_id", flat=True))


@service("*:validate")
def validate_record(actor: Actor, *, record_id: UUID, revision: int, sample_of: str = "") -> Record:
    """Validate the revision that was looked at; one that changed meanwhile is refused."""
    record = reviewable_record(actor, record_id, revision=revision)
    record.state = "validated"
    record.validated_at = now()
    record.validated_revision = record.revision
    record.save(update_fields=["state", "validated_at", "validated_revision"])
    ReviewNote.objects.filter(record_id=record.id, answered_by=None).update(answered_by=record.revision)
    record_act(VALIDATED, record.type, record.id, revision=record.revision, state=record.state, sample_of=sample_of)
    return record


@service("*:validate")
def return_record(actor: Actor, *, record_id: UUID, revision: int, reasons: Mapping[str, str]) -> Record:
    """Return a record to its officer with at least one reason, each at the path of a field."""
    kept = {path: text.strip() for path, text in reasons.items() if text.strip()}
    if not kept:
        raise Invalid("review.reason_missing", path="reasons")
    record = reviewable_record(actor, record_id, revision=revision)
    at = now()
    notes = [
        ReviewNote(
            record_id=record.id, revision=record.revision, path=path, text=text[:2000], author_id=actor.id, at=at
        )
        for path, text in kept.items()
    ]
    ReviewNote.objects.bulk_create(notes)
    record.state = "returned"
    record.save(update_fields=["state"])
    record_act(RETURNED, record.type, record.id, revision=record.revision, state="returned", notes=len(notes))
    return record


@service("*:cancel")
def cancel_record(actor: Actor, *, record_id: UUID, reason: str) -> Record:
    """Cancel a record that should not stand; it stays, struck through, and leaves every figure."""
    if not reason.strip():
        raise Invalid("review.reason_missing", path="reason")
    record = visible_to(actor).filter(pk=record_id).select_for_update().first()
    if record is None:
        raise NotFound("record.not_found")
    actor.require(f"{record.type}:cancel")
    if not is_own(record) or record.state == "cancelled":
        raise Conflict("record.cancelled", state=record.state)
    ReviewNote.objects.create(
        record_id=record.id, revision=record.revision, text=reason[:2000], author_id=actor.id, at=now()
    )
    record.state = "cancelled"
    record.save(update_fields=["state"])
    record_act(CANCELLED, record.type, record.id, revision=record.revision, state="cancelled")
    return record
