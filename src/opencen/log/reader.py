"""Read the log: sealed entries in order for derived stores, and what is not sealed yet."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count, Min

from opencen.log.models import Entry, Seal, Unsealed


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed entry as readers of the log see it."""

    sequence: int
    at: datetime
    act: str
    actor_id: UUID
    subject_type: str
    subject_id: str
    revision: int | None
    data: dict[str, Any]


def entries_after(sequence: int, limit: int = 5000) -> list[Sealed]:
    """Return the next sealed entries behind a place in the chain, in order."""
    rows = (
        Seal.objects.filter(sequence__gt=sequence)
        .order_by("sequence")
        .values_list(
            "sequence", "entry__at", "entry__act", "entry__actor_id", "entry__subject_type",
            "entry__subject_id", "entry__revision", "entry__data",
        )[:limit]
    )  # fmt: skip
    return [Sealed(*row[:7], orjson.loads(row[7])) for row in rows]


def newest_sequence() -> int:
    """Return the place of the newest sealed entry, 0 where there is none."""
    found = Seal.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    return found or 0


def entry_at(sequence: int) -> UUID | None:
    """Return the unique id of the entry at a place in the chain: a store compares it to know its own log again."""
    return Seal.objects.filter(sequence=sequence).values_list("entry__uid", flat=True).first()


def entries_behind(sequence: int, acts: Set[str], limit: int = 20_000) -> dict[int, UUID]:
    """Return the subjects of acts sealed behind a place or not sealed yet, by entry.

    The queue is read first: an entry that is sealed in between is then found at its new place as well.
    """
    waiting = list(Unsealed.objects.order_by("-entry_id").values_list("entry_id", flat=True)[:limit])
    found: dict[int, str] = {}
    for start in range(0, len(waiting), 400):
        # Not joined: SQLite would read the whole log into a filter where it knows no statistics of the queue.
        entries = Entry.objects.filter(number__in=waiting[start : start + 400], act__in=acts)
        found |= dict(entries.values_list("number", "subject_id"))
    sealed = Seal.objects.filter(sequence__gt=sequence, entry__act__in=acts)
    found |= dict(sealed.order_by("-sequence").values_list("entry_id", "entry__subject_id")[:limit])
    return {number: UUID(subject) for number, subject in found.items()}


def subjects_after(sequence: int, acts: Set[str], limit: int = 20_000) -> set[UUID]:
    """Return the subjects of acts sealed behind a place or not sealed yet: what a store up to there does not know."""
    return set(entries_behind(sequence, acts, limit).values())


def history_of(subject_id: UUID | str, acts: Set[str] | None = None) -> list[Entry]:
    """Return the entries about a subject, oldest first: all of them, or some acts only."""
    rows = Entry.objects.filter(subject_id=str(subject_id))
    return list((rows if acts is None else rows.filter(act__in=acts)).order_by("number"))


def unsealed_window() -> tuple[int, datetime | None]:
    """Return how many entries stand in no chain yet, and since when."""
    # Not joined: of an empty queue SQLite would read the whole log.
    first, count = Unsealed.objects.aggregate(first=Min("entry_id"), count=Count("entry_id")).values()
    oldest = None if first is None else Entry.objects.filter(number=first).values_list("at", flat=True).first()
    return count, oldest
