"""What one finds on coming in: what came back with its reasons, what waits, and how the own unit does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import orjson

from opencen.accounts.queries import names_of, office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.records import titles
from opencen.records.lock import visible_to
from opencen.records.models import MergeTask, Record, ReviewNote
from opencen.records.showing import show_documents
from opencen.records.texts import write_path
from opencen.records.types import address_of
from opencen.seizures.queries.reviewing import count_waiting
from opencen.seizures.titles import record_title

DAYS = 7
_MOST = 20
RECORDED = ("case", "suspect", "company", "conveyance")
"""What an officer enters one by one; checks are counted beside."""


@dataclass(frozen=True, slots=True)
class ReturnedReason:
    """A reviewer's reason at a field of a returned case."""

    path: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ReturnedCase:
    """A case that came back to its author."""

    id: UUID
    reference: str
    title: str
    by: str
    at: datetime
    reasons: tuple[ReturnedReason, ...]


@dataclass(frozen=True, slots=True)
class UnitWeek:
    """How a unit did in seven days, beside the seven days before."""

    office: str
    checks: int
    checks_before: int
    cases: int
    lines: int
    hit_rate: float | None
    quality: int | None
    quality_before: int | None


@dataclass(frozen=True, slots=True)
class RecentRecord:
    """A record one entered lately, of any database."""

    id: UUID
    url: str
    reference: str
    title: str
    state: str
    at: datetime
    quality: int


@dataclass(frozen=True, slots=True)
class Home:
    """The home page's content."""

    returned: tuple[ReturnedCase, ...]
    recent: tuple[RecentRecord, ...]
    week: UnitWeek | None
    waiting: int
    merges: int


def home(actor: Actor) -> Home:
    """Gather an actor's home page."""
    return Home(
        returned=tuple(returned_to(actor)),
        recent=tuple(_recent(actor)),
        week=unit_week(actor),
        waiting=count_waiting(actor),
        merges=_open_merges(actor),
    )


def returned_to(actor: Actor) -> list[ReturnedCase]:
    """Return the actor's cases that came back, the newest first, with the reason at each field."""
    mine = visible_to(actor).filter(type="case", state="returned", author_id=actor.id)
    records = list(mine.order_by("-changed_at")[:_MOST])
    if not records:
        return []
    notes: dict[UUID, list[ReviewNote]] = {}
    ids = [record.id for record in records]
    for note in ReviewNote.objects.filter(record_id__in=ids, answered_by=None).order_by("at"):
        notes.setdefault(note.record_id, []).append(note)
    latest = {key: [note for note in rows if note.at == rows[-1].at] for key, rows in notes.items()}
    names = names_of([rows[-1].author_id for rows in latest.values()])
    documents = show_documents(actor, "case", [(record.id, record.revision) for record in records])
    found = []
    for record in records:
        rows = latest.get(record.id, [])
        document = documents.get(record.id, {})
        reasons = [
            ReturnedReason(
                row.path, write_path(row.path, actor.language, "case", document) if row.path else "", row.text
            )
            for row in rows
        ]
        by, at = (names.get(rows[-1].author_id, ""), rows[-1].at) if rows else ("", record.changed_at)
        found.append(ReturnedCase(record.id, record.reference or "", _title(record, actor), by, at, tuple(reasons)))
    return found


def _title(record: Record, actor: Actor) -> str:
    return record_title(record.type, orjson.loads(record.summary), actor.language)


def _recent(actor: Actor) -> list[RecentRecord]:
    rows = visible_to(actor).filter(type__in=RECORDED, author_id=actor.id).order_by("-created_at")[:5]
    return [
        RecentRecord(
            row.id,
            address_of(row.type, row.id),
            row.reference or "",
            titles.record_title(row, actor.language),
            row.state,
            row.created_at,
            row.quality,
        )
        for row in rows
    ]


def unit_week(actor: Actor) -> UnitWeek | None:
    """Return how the actor's office, with everything below it, did in the last seven days."""
    office = office_tree().by_id.get(actor.office_id) if actor.office_id else None
    if office is None:
        return None
    end = now()
    present = _numbers(actor, office.id, end - timedelta(days=DAYS), end)
    before = _numbers(actor, office.id, end - timedelta(days=2 * DAYS), end - timedelta(days=DAYS))
    checks = present.checks + present.cases
    return UnitWeek(
        office=office.name,
        checks=checks,
        checks_before=before.checks + before.cases,
        cases=present.cases,
        lines=present.lines,
        hit_rate=present.cases / checks if checks else None,
        quality=present.quality,
        quality_before=before.quality,
    )


@dataclass(frozen=True, slots=True)
class _Numbers:
    checks: int
    cases: int
    lines: int
    quality: int | None


def _numbers(actor: Actor, office_id: UUID, start: datetime, end: datetime) -> _Numbers:
    """Count what an office recorded between two moments; every case is a check that found something."""
    offices = office_tree().below(office_id)
    rows = (
        visible_to(actor)
        .filter(type__in=("case", "control"), office_id__in=offices, created_at__gt=start, created_at__lte=end)
        .exclude(state="cancelled")
        .values_list("type", "kind", "summary", "quality")
    )
    checks = cases = lines = 0
    qualities = []
    for type, kind, text, quality in rows:
        summary = orjson.loads(text)
        if type == "control":
            checks += int(summary.get("count") or 1)
        elif kind in ("seizure", "offence"):
            cases += 1
            lines += int(summary.get("lines") or 0)
            qualities.append(quality)
    return _Numbers(checks, cases, lines, round(sum(qualities) / len(qualities)) if qualities else None)


def _open_merges(actor: Actor) -> int:
    """Count contradictions in the actor's own records that wait for a decision."""
    mine = visible_to(actor).filter(author_id=actor.id).values("id")
    return MergeTask.objects.filter(settled_at=None, record_id__in=mine).count()
