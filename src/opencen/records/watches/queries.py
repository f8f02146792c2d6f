"""Reads of watch entries, under the lock of the record they point to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from opencen.accounts.queries import names_of
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound
from opencen.records.lock import visible_to
from opencen.records.titles import record_title
from opencen.records.types import address_of, domain_names
from opencen.records.watches.models import ASKED_BEFORE, Hit, StandingReview, Watch
from opencen.records.watches.permissions import READ_WATCHES

WATCHED = ("suspect", "company", "conveyance")
FILTERS = ("in_force", "ending", "planned", "ended", "all")
PAGE = 50


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit as pages show it."""

    id: UUID
    at: datetime
    place: str
    outcome: str
    note: str
    case_id: UUID | None
    by: str


@dataclass(frozen=True, slots=True)
class WatchView:
    """One watch entry as pages show it; its status is that of the moment it was read."""

    id: UUID
    reference: str
    record_id: UUID
    record_type: str
    record_reference: str
    title: str
    action: str
    authority: str
    order_number: str
    starts_at: datetime
    ends_at: datetime
    places: str
    instructions: str
    contact: str
    status: str
    owner: str
    is_own: bool
    ended_at: datetime | None
    end_cause: str
    hits: int
    found: tuple[HitView, ...] = ()

    @property
    def url(self) -> str:
        """Return the address of the entry's page."""
        return f"/watches/{self.id}"

    @property
    def record_url(self) -> str:
        """Return the address of the watched record's page."""
        return address_of(self.record_type, self.record_id)

    @property
    def days_left(self) -> int:
        """Return how many whole days it still lasts."""
        return max(0, (self.ends_at - now()).days)


def is_there() -> bool:
    """Tell whether this installation has anything that can be watched."""
    return bool(set(WATCHED) & set(domain_names()))


def visible_watches(actor: Actor) -> QuerySet[Watch]:
    """Return the watch entries that exist for an actor: those on records that it sees."""
    if not actor.may(READ_WATCHES):
        return Watch.objects.none()
    # Asked of each entry: a database that knows no statistics of few entries would read all records of one's offices.
    return Watch.objects.filter(Exists(visible_to(actor).filter(pk=OuterRef("record_id")))).select_related("record")


def in_force(rows: QuerySet[Watch], at: datetime | None = None) -> QuerySet[Watch]:
    """Keep what has begun and not ended at a moment."""
    at = at or now()
    return rows.filter(ended_at=None, starts_at__lte=at, ends_at__gt=at)


def _filtered(rows: QuerySet[Watch], name: str) -> QuerySet[Watch]:
    at = now()
    if name == "in_force":
        return in_force(rows, at)
    if name == "ending":
        return in_force(rows, at).filter(ends_at__lte=at + ASKED_BEFORE)
    if name == "planned":
        return rows.filter(ended_at=None, starts_at__gt=at, ends_at__gt=at)
    if name == "ended":
        return rows.filter(~Q(ended_at=None) | Q(ends_at__lte=at))
    return rows


def list_watches(
    actor: Actor, *, name: str = "in_force", action: str = "", offset: int = 0, limit: int = PAGE
) -> tuple[list[WatchView], int]:
    """List watch entries with how many there are, what ends first before the rest."""
    actor.require(READ_WATCHES)
    rows = _filtered(visible_watches(actor), name)
    rows = rows.filter(action=action) if action else rows
    order = ("-ends_at", "-id") if name in ("ended", "all") else ("ends_at", "id")
    return _views(actor, list(rows.order_by(*order)[offset : offset + limit])), rows.count()


def count_by_filter(actor: Actor) -> dict[str, int]:
    """Count the entries of each filter."""
    rows = visible_watches(actor)
    return {name: _filtered(rows, name).count() for name in FILTERS}


def watches_of(actor: Actor, record_id: UUID) -> list[WatchView]:
    """List the entries of one record: those in force first, each with its hits."""
    if not visible_to(actor).filter(pk=record_id).exists():
        raise NotFound("record.not_found")
    found = _views(actor, list(visible_watches(actor).filter(record_id=record_id).order_by("-ends_at", "-id")), True)
    return sorted(found, key=lambda view: view.status == "ended")


def read_watch(actor: Actor, watch_id: UUID) -> WatchView:
    """Return one entry with its hits, or NotFound: also where its record is not to be seen."""
    actor.require(READ_WATCHES)
    row = visible_watches(actor).filter(pk=watch_id).first()
    if row is None:
        raise NotFound("watch.not_found")
    return _views(actor, [row], True)[0]


def asked_of(actor: Actor) -> list[WatchView]:
    """List an actor's own entries that end within ten days: renew or end?"""
    if not actor.may(READ_WATCHES) or not is_there():
        return []
    rows = _filtered(visible_watches(actor).filter(owner_id=actor.id), "ending")
    return _views(actor, list(rows.order_by("ends_at")[:20]))


def open_reviews(actor: Actor) -> QuerySet[StandingReview]:
    """Return the reviews after a clearing that an actor may settle: of records it sees and may validate or erase."""
    seen = Exists(visible_to(actor).filter(pk=OuterRef("record_id"), type__in=_judged_by(actor)))
    return StandingReview.objects.filter(seen, decided_at=None)


def _judged_by(actor: Actor) -> list[str]:
    """Return the databases whose reviews an actor may settle."""
    return [k for k in WATCHED if k in domain_names() and (actor.may(f"{k}:validate") or actor.may(f"{k}:erase"))]


def reviews_for(actor: Actor, limit: int = 20) -> list[dict[str, Any]]:
    """List open reviews after a clearing."""
    if not is_there():
        return []
    rows = open_reviews(actor).select_related("record").order_by("asked_at")[:limit]
    return [
        {
            "id": row.id,
            "title": record_title(row.record, actor.language),
            "reference": row.record.reference or "",
            "url": address_of(row.record.type, row.record_id),
            "asked_at": row.asked_at,
        }
        for row in rows
    ]


def watch_notices(actor: Actor) -> list[QuerySet[Any, Any]]:
    """Return what the bell counts, one id a row: own entries that end soon, and reviews that wait."""
    found: list[QuerySet[Any, Any]] = []
    if is_there() and actor.may(READ_WATCHES):
        ending = _filtered(visible_watches(actor).filter(owner_id=actor.id), "ending")
        found.append(ending.select_related(None).order_by().values_list("owner_id"))
    if is_there() and _judged_by(actor):
        found.append(open_reviews(actor).order_by().values_list("record_id"))
    return found


def count_notices(actor: Actor) -> int:
    """Count what the bell tells of watch entries and reviews."""
    return sum(rows.count() for rows in watch_notices(actor))


def _views(actor: Actor, rows: Sequence[Watch], with_hits: bool = False) -> list[WatchView]:
    ids = [row.id for row in rows]
    counts = dict(Hit.objects.filter(watch_id__in=ids).order_by().values_list("watch_id").annotate(Count("id")))
    hits = list(Hit.objects.filter(watch_id__in=ids).order_by("-at", "-id")) if with_hits else []
    names = names_of({row.owner_id for row in rows} | {hit.reported_by for hit in hits})
    cases = _seen(actor, {hit.case_id for hit in hits if hit.case_id})
    at = now()
    return [
        WatchView(
            id=row.id, reference=row.reference, record_id=row.record_id, record_type=row.record.type,
            record_reference=row.record.reference or "", title=record_title(row.record, actor.language),
            action=row.action,
            authority=row.authority, order_number=row.order_number, starts_at=row.starts_at, ends_at=row.ends_at,
            places=row.places, instructions=row.instructions, contact=row.contact, status=row.status(at),
            owner=names.get(row.owner_id, ""), is_own=row.owner_id == actor.id,
            ended_at=row.ended_at or (row.ends_at if row.ends_at <= at else None), end_cause=row.end_cause,
            hits=counts.get(row.id, 0),
            found=tuple(_hit(hit, names, cases) for hit in hits if hit.watch_id == row.id),
        )
        for row in rows
    ]  # fmt: skip


def _seen(actor: Actor, ids: set[UUID]) -> set[UUID]:
    """Return which cases exist for an actor: another's is no case of a hit."""
    return set(visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _hit(hit: Hit, names: dict[UUID, str], cases: set[UUID]) -> HitView:
    by, case_id = names.get(hit.reported_by, ""), hit.case_id if hit.case_id in cases else None
    return HitView(hit.id, hit.at, hit.place, hit.outcome, hit.note, case_id, by)
