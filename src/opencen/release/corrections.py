"""Corrections that are due: whoever received somebody who was cleared since is to be told.

The log says who was cleared; what was released of that record, and of the cases that name it, then waits for a
correction by a person. A release that corrects it settles it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from opencen.kernel.actor import Actor, system_actor
from opencen.kernel.clock import now
from opencen.log.reader import entries_after, newest_sequence
from opencen.log.service import nothing_done, record_act, service
from opencen.log.transactions import write_transaction
from opencen.records.jobs import job
from opencen.records.links.models import Link
from opencen.records.lock import visible_to
from opencen.records.models import Cursor, IndexValue, Record
from opencen.records.titles import record_title
from opencen.records.types import address_of
from opencen.records.watches.events import CLEARED
from opencen.release.events import CORRECTION_DUE
from opencen.release.models import Correction, Release
from opencen.release.permissions import QUEUE_CORRECTIONS

STORE = "corrections"
RUN = 1000
RECEIVED = ("queued", "sent", "delivered", "accepted")


@job("corrections", every=5.0)
def watch_cleared() -> int:
    """Queue the corrections that clearings ask for; return how many entries of the log were read."""
    cursor = Cursor.objects.filter(store=STORE).first()
    if cursor is None:
        _move(newest_sequence())
        return 0
    entries = entries_after(cursor.sequence, RUN)
    if not entries:
        return 0
    for entry in entries:
        if entry.act == CLEARED.name:
            queue_corrections(system_actor(QUEUE_CORRECTIONS), cause_id=UUID(entry.subject_id))
    _move(entries[-1].sequence)
    return len(entries)


@service(QUEUE_CORRECTIONS)
def queue_corrections(actor: Actor, *, cause_id: UUID) -> int:
    """Queue a correction of everything that was released of a record and of those that name it; return how many."""
    made = 0
    for release in _received(_naming(cause_id)):
        row, is_new = Correction.objects.get_or_create(release=release, cause_id=cause_id, defaults={"asked_at": now()})
        if is_new:
            record_act(CORRECTION_DUE, release.record_type, release.record_id, correction=str(row.id))
            made += 1
    if not made:
        nothing_done()
    return made


def _naming(cause_id: UUID) -> set[UUID]:
    """Return the record itself, what states it by its id, and what is linked to it."""
    stating = IndexValue.objects.filter(text=str(cause_id)).values_list("record_id", flat=True)
    links = Link.objects.filter(Q(first_id=cause_id) | Q(second_id=cause_id)).values_list("first_id", "second_id")
    return {cause_id, *stating, *(end for link in links for end in link)}


def _received(record_ids: Iterable[UUID]) -> list[Release]:
    """Return the newest release of each record to each recipient by each profile."""
    newest: dict[tuple[UUID, str, str], Release] = {}
    for row in Release.objects.filter(record_id__in=list(record_ids), state__in=RECEIVED).order_by("id"):
        newest[row.record_id, row.recipient, row.profile] = row
    return list(newest.values())


@dataclass(frozen=True, slots=True)
class DueView:
    """One correction that is due."""

    title: str
    reference: str
    url: str
    recipient: str
    asked_at: datetime


def due_corrections(actor: Actor, limit: int = 50) -> list[DueView]:
    """List the corrections of what one may see that nobody has sent yet."""
    actor.require("exchange:read")
    rows = list(_open().order_by("asked_at").select_related("release")[: limit * 4])
    heads = {head.id: head for head in visible_to(actor).filter(pk__in=[row.release.record_id for row in rows])}
    return [_view(row, heads[row.release.record_id], actor) for row in rows if row.release.record_id in heads][:limit]


def _open() -> QuerySet[Correction]:
    later = Release.objects.filter(
        record_id=OuterRef("release__record_id"), recipient=OuterRef("release__recipient"),
        profile=OuterRef("release__profile"), released_at__gt=OuterRef("asked_at"),
    )  # fmt: skip
    return Correction.objects.filter(~Exists(later))


def _view(row: Correction, head: Record, actor: Actor) -> DueView:
    url = address_of(head.type, head.id)
    title = record_title(head, actor.language)
    return DueView(title, head.reference or "", url, row.release.recipient, row.asked_at)


def _move(sequence: int) -> None:
    with write_transaction():
        Cursor.objects.update_or_create(store=STORE, defaults={"sequence": sequence, "at": now()})
