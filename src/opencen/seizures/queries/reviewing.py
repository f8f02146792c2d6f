"""What waits for a second person: the queue by age and quality, and one record with what changed and what is doubted.

Every database whose records are validated waits in one queue; each is asked for by its own permission.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isqrt
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from opencen.accounts.queries import office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Forbidden, NotFound
from opencen.records.lock import visible_to
from opencen.records.models import MergeTask, Record, ReviewNote, Revision
from opencen.records.review import REVIEWABLE, authors_since_validation
from opencen.records.showing import show_revision
from opencen.records.titles import record_title
from opencen.records.types import address_of, domain, domain_names
from opencen.seizures.permissions import VALIDATE_CASES
from opencen.seizures.queries.cases import view_case
from opencen.seizures.queries.history import change_views
from opencen.seizures.queries.shapes import CaseView, ChangeView, FindingView
from opencen.seizures.queries.stated import StatedView, view_stated

PAGE = 50
Order = Literal["oldest", "quality", "newest"]
Since = Literal["return", "first", "validation"]


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """Which waiting cases to show, in which order."""

    offices: tuple[str, ...] = ()
    with_warnings: bool = False
    resubmitted: bool = False
    batch: str = ""
    order: Order = "oldest"
    page: int = 1


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One waiting record."""

    id: UUID
    type: str
    reference: str
    title: str
    office: str
    state: str
    since: datetime
    waiting: timedelta
    quality: int
    warnings: int
    revision: int
    is_resubmitted: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """A backlog that was handed in at once: it is validated by a sample."""

    name: str
    count: int
    sample: int
    since: datetime


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """A page of the queue, with the numbers behind its filters."""

    rows: tuple[QueueRow, ...]
    total: int
    with_warnings: int
    resubmitted: int
    batches: tuple[Batch, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ReviewDetail:
    """A waiting record as its reviewer looks at it."""

    case: CaseView | StatedView
    url: str
    since: Since
    since_revision: int
    changes: tuple[ChangeView, ...]
    findings: tuple[FindingView, ...]
    unanswered: int
    may_decide: bool
    why_not: str
    next_id: UUID | None
    previous_id: UUID | None


def reviewed_kinds(actor: Actor) -> list[str]:
    """List the databases whose records wait for review and that this actor may validate."""
    return [name for name in domain_names() if domain(name).needs_validation and actor.may(f"{name}:validate")]


def require_reviewer(actor: Actor) -> None:
    """Raise unless the actor validates records of a database; where none is installed, there is no review."""
    if not any(domain(name).needs_validation for name in domain_names()):
        raise NotFound("type.unknown", type="case")
    if not reviewed_kinds(actor):
        raise Forbidden("permission.missing", permission=VALIDATE_CASES)


def waiting_records(actor: Actor) -> QuerySet[Record]:
    """Return the records that wait for review and that this actor may see; none for who may not validate."""
    kinds = reviewed_kinds(actor)
    if not kinds:
        return Record.objects.none()
    return visible_to(actor).filter(type__in=kinds, state__in=REVIEWABLE)


def count_waiting(actor: Actor) -> int:
    """Count what waits for this actor: the records that somebody else wrote."""
    return waiting_records(actor).exclude(author_id=actor.id).count()


def review_queue(actor: Actor, filters: QueueFilters | None = None) -> ReviewQueue:
    """Return what waits, single cases row by row and backlogs as batches."""
    filters = filters or QueueFilters()
    waiting = _narrowed(waiting_records(actor), filters)
    single = waiting.filter(batch=filters.batch)
    returned = ReviewNote.objects.filter(record_id__in=single.values("id")).values("record_id")
    again = single.filter(id__in=returned)
    chosen = again if filters.resubmitted else single
    chosen = chosen.filter(warnings__gt=0) if filters.with_warnings else chosen
    total = chosen.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, filters.page), pages)
    records = list(_ordered(chosen, filters.order)[(page - 1) * PAGE : page * PAGE])
    rows = _rows(actor, records)
    with_warnings, resubmitted = single.filter(warnings__gt=0).count(), again.count()
    batches = () if filters.batch else tuple(_batches(waiting))
    return ReviewQueue(tuple(rows), total, with_warnings, resubmitted, batches, page, pages)


def _narrowed(waiting: QuerySet[Record], filters: QueueFilters) -> QuerySet[Record]:
    tree = office_tree()
    offices = [tree.by_code[code] for code in filters.offices if code in tree.by_code]
    if not filters.offices:
        return waiting
    return waiting.filter(office_id__in=frozenset[UUID]().union(*(tree.below(office.id) for office in offices)))


def _ordered(rows: QuerySet[Record], order: Order) -> QuerySet[Record]:
    fields = {"oldest": ("changed_at", "id"), "quality": ("quality", "changed_at"), "newest": ("-changed_at", "id")}
    return rows.order_by(*fields[order])


def _rows(actor: Actor, records: Sequence[Record]) -> list[QueueRow]:
    ids = [record.id for record in records]
    mine, returned = _written_by(actor, records), _returned_before(ids)
    at, tree = now(), office_tree()
    rows = []
    for record in records:
        office = tree.by_id.get(record.office_id)
        rows.append(
            QueueRow(
                id=record.id,
                type=record.type,
                reference=record.reference or "",
                title=record_title(record, actor.language),
                office=office.name if office else "",
                state=record.state,
                since=record.changed_at,
                waiting=at - record.changed_at,
                quality=record.quality,
                warnings=record.warnings,
                revision=record.revision,
                is_resubmitted=record.id in returned,
                is_mine=record.id in mine,
            )
        )
    return rows


def _written_by(actor: Actor, records: Sequence[Record]) -> set[UUID]:
    """Find the records that the actor wrote a revision of since their last validation."""
    since = {record.id: record.validated_revision or 0 for record in records}
    rows = Revision.objects.filter(record_id__in=list(since), author_id=actor.id).values_list("record_id", "number")
    return {record_id for record_id, number in rows if number > since[record_id]}


def _returned_before(ids: Collection[UUID]) -> set[UUID]:
    return set(ReviewNote.objects.filter(record_id__in=list(ids)).values_list("record_id", flat=True))


def _batches(waiting: QuerySet[Record]) -> list[Batch]:
    rows = waiting.exclude(batch="").values("batch").annotate(count=Count("id"), since=Max("created_at"))
    ordered = rows.order_by("batch")
    return [Batch(row["batch"], row["count"], sample_size(row["count"]), row["since"]) for row in ordered]


def sample_size(count: int) -> int:
    """Say how many of a backlog to look at: about its square root plus two, all of a small one.

    A lot sampled so and found clean holds, with 95 % confidence, few errors; see docs/guides/validator.md.
    """
    return min(count, isqrt(count) + 2)


def review_detail(actor: Actor, record_id: UUID, since: Since = "return") -> ReviewDetail:
    """Return a waiting record with what changed since the last look and what the machine doubts."""
    require_reviewer(actor)
    record = visible_to(actor).filter(pk=record_id, type__in=reviewed_kinds(actor)).first()
    if record is None:
        raise NotFound("record.not_found")
    revision = Revision.objects.get(record_id=record.id, number=record.revision)
    stated: CaseView | StatedView
    if record.type == "case":
        stated = view_case(actor, record, revision, is_doubted=True)
    else:
        stated = view_stated(actor, record, revision)
    base = _base_revision(record, since)
    changes = tuple(_changes_since(actor, record, base, stated.document)) if base else ()
    why_not = _why_not(actor, record)
    next_id, previous_id = _neighbours(actor, record)
    return ReviewDetail(
        case=stated,
        url=address_of(record.type, record.id),
        since=since,
        since_revision=base,
        changes=changes,
        findings=stated.findings,
        unanswered=sum(1 for found in stated.findings if not found.reason),
        may_decide=not why_not,
        why_not=why_not,
        next_id=next_id,
        previous_id=previous_id,
    )


def _base_revision(record: Record, since: Since) -> int:
    """Return the revision to compare with, 0 where there is none before the present one."""
    if since == "first":
        return 1 if record.revision > 1 else 0
    notes = ReviewNote.objects.filter(record_id=record.id).aggregate(last=Max("revision"))["last"] or 0
    validated = record.validated_revision or 0
    base = int(max(validated, notes) if since == "return" else validated)
    return base if base < record.revision else 0


def _changes_since(actor: Actor, record: Record, base: int, document: dict[str, Any]) -> Sequence[ChangeView]:
    row = Revision.objects.get(record_id=record.id, number=base)
    return list(change_views(show_revision(actor, row, record.type), document, actor.language, record.type))


def _why_not(actor: Actor, record: Record) -> str:
    """Return the code that says why this actor may not decide, or nothing."""
    if record.state not in REVIEWABLE:
        return "record.not_waiting"
    if actor.id in authors_since_validation(record):
        return "review.own_record"
    if MergeTask.objects.filter(record_id=record.id, settled_at=None).exists():
        return "record.merge_open"
    return ""


def _neighbours(actor: Actor, record: Record) -> tuple[UUID | None, UUID | None]:
    """Return the records behind and before this one in the queue, oldest first."""
    waiting = waiting_records(actor).filter(batch=record.batch).exclude(pk=record.id)
    later = waiting.filter(changed_at__gte=record.changed_at).order_by("changed_at")
    earlier = waiting.filter(changed_at__lt=record.changed_at).order_by("-changed_at")
    after, before = (rows.values_list("id", flat=True).first() for rows in (later, earlier))
    return after or before, before


__all__ = [
    "Batch",
    "QueueFilters",
    "QueueRow",
    "ReviewDetail",
    "ReviewQueue",
    "count_waiting",
    "require_reviewer",
    "review_detail",
    "review_queue",
    "reviewed_kinds",
    "sample_size",
    "waiting_records",
]
