"""What follows when somebody is cleared: watch entries end, a review is asked for; corrections read the log entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from opencen.kernel.actor import Actor, system_actor
from opencen.kernel.clock import now
from opencen.log.reader import Sealed, entries_after, newest_sequence
from opencen.log.service import nothing_done, record_act, service
from opencen.log.transactions import write_transaction
from opencen.records.documents import documents_of
from opencen.records.events import STORED
from opencen.records.jobs import job
from opencen.records.models import Cursor, Record
from opencen.records.types import domain_names
from opencen.records.watches.events import CLEARED, WATCH_ENDED
from opencen.records.watches.models import StandingReview, Watch
from opencen.records.watches.permissions import END_BY_STANDING

STORE = "standings"
STATED = ("suspect", "company")
RUN = 1000


@job("standings", every=2.0)
def watch_standings() -> int:
    """Look at what was stated since the last time; return how many entries of the log were read."""
    cursor = Cursor.objects.filter(store=STORE).first()
    if cursor is None:
        _move(newest_sequence())
        return 0
    entries = entries_after(cursor.sequence, RUN)
    if not entries:
        return 0
    actor = system_actor(END_BY_STANDING)
    for record_id, revision in _cleared_among(entries):
        clear_subject(actor, record_id=record_id, revision=revision)
    _move(entries[-1].sequence)
    return len(entries)


def _cleared_among(entries: Iterable[Sealed]) -> list[tuple[UUID, int]]:
    """Return the revisions that clear somebody who was not cleared before."""
    stated: dict[str, list[tuple[UUID, int]]] = {}
    for entry in entries:
        is_new = entry.act == STORED.name and entry.data.get("outcome") != "unchanged"
        if is_new and entry.subject_type in STATED and entry.subject_type in domain_names() and entry.revision:
            stated.setdefault(entry.subject_type, []).append((UUID(entry.subject_id), entry.revision))
    found = []
    for kind, revisions in stated.items():
        for record_id, revision in revisions:
            now_stated = documents_of(kind, [(record_id, revision)]).get(record_id, {})
            before: dict[str, Any] = {}
            if revision > 1:
                before = documents_of(kind, [(record_id, revision - 1)]).get(record_id, {})
            if now_stated.get("standing") == "cleared" != before.get("standing"):
                found.append((record_id, revision))
    return found


@service(END_BY_STANDING)
def clear_subject(actor: Actor, *, record_id: UUID, revision: int) -> StandingReview | None:
    """End every watch entry of somebody who was cleared, and ask a person what becomes of the record."""
    record = Record.objects.filter(pk=record_id).first()
    if record is None or StandingReview.objects.filter(record_id=record_id, revision=revision).exists():
        nothing_done()
        return None
    at = now()
    rows = list(Watch.objects.filter(record_id=record_id, ended_at=None, ends_at__gt=at))
    for row in rows:
        row.ended_at, row.end_cause = at, "cleared"
        row.save(update_fields=["ended_at", "end_cause"])
        record_act(WATCH_ENDED, record.type, record.id, watch=str(row.id), cause="cleared")
    review = StandingReview.objects.create(record_id=record_id, revision=revision, asked_at=at)
    record_act(CLEARED, record.type, record.id, revision=revision, watches=len(rows), review=str(review.id))
    return review


def _move(sequence: int) -> None:
    with write_transaction():
        Cursor.objects.update_or_create(store=STORE, defaults={"sequence": sequence, "at": now()})
