"""Reads of saved searches and of their alerts, through the lock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from opencen.accounts.queries import names_of
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.records.lock import visible_to
from opencen.records.saved.models import Alert, Follower, SavedSearch
from opencen.records.titles import head_summary
from opencen.records.types import address_of, domain_names

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved search as lists and pages show it; `new` counts what may be seen and was not yet."""

    id: UUID
    name: str
    type: str
    query: str
    audience: str
    is_own: bool
    by: str
    follows: bool
    new: int

    @property
    def url(self) -> str:
        """Return the address of the list."""
        return f"{address_of(self.type)}?{self.query}"


@dataclass(frozen=True, slots=True)
class AlertView:
    """One record that is new to a search."""

    search: UUID
    record_id: UUID
    type: str
    reference: str
    summary: dict[str, Any]
    state: str
    at: datetime

    @property
    def url(self) -> str:
        """Return the address of the record's page."""
        return address_of(self.type, self.record_id)


def readable_by(actor: Actor) -> QuerySet[SavedSearch]:
    """Return the searches that exist for an actor: its own, and those shared with it, of databases it may read."""
    kinds = [name for name in domain_names() if actor.may(f"{name}:read")]
    shared = Q(audience="all")
    if actor.office_id is not None:
        shared |= Q(audience="office", office_id=actor.office_id)
    return SavedSearch.objects.filter(Q(owner_id=actor.id) | shared, type__in=kinds)


def list_saved(actor: Actor, kind: str = "") -> list[SavedView]:
    """List the searches of an actor with what is new in each, its own first."""
    rows = list(readable_by(actor).filter(**({"type": kind} if kind else {})).order_by("name", "id"))
    followed = set(Follower.objects.filter(user_id=actor.id).values_list("search_id", flat=True)) if rows else set()
    counts: dict[UUID, int] = {}
    if followed:
        counted = unseen(actor).order_by().values_list("follower__search_id").annotate(Count("id"))
        counts = dict(counted)
    names = names_of({row.owner_id for row in rows if row.owner_id != actor.id})
    views = [_view(row, actor, names, followed, counts) for row in rows]
    return sorted(views, key=lambda view: not view.is_own)


def find_saved(actor: Actor, search_id: UUID) -> SavedView:
    """Return one search; another's that was not shared does not exist for one."""
    found = next((view for view in list_saved(actor) if view.id == search_id), None)
    if found is None:
        raise NotFound("search.not_found")
    return found


def unseen(actor: Actor) -> QuerySet[Alert]:
    """Return the alerts that an actor has not marked as seen, of records that it may see now."""
    seen = Exists(visible_to(actor).filter(pk=OuterRef("record_id")))
    return Alert.objects.filter(seen, user_id=actor.id, seen_at=None)


def count_unseen(actor: Actor) -> int:
    """Count an actor's new alerts."""
    return unseen(actor).count()


def list_alerts(actor: Actor, limit: int = 200) -> list[AlertView]:
    """List an actor's new alerts, the newest first."""
    rows = unseen(actor).select_related("record", "follower").order_by("-at", "-id")[:limit]
    return [
        AlertView(
            row.follower.search_id,
            row.record_id,
            row.record.type,
            row.record.reference or "",
            head_summary(row.record),
            row.record.state,
            row.at,
        )
        for row in rows
    ]


def _view(
    row: SavedSearch, actor: Actor, names: dict[UUID, str], followed: Iterable[UUID], counts: dict[UUID, int]
) -> SavedView:
    return SavedView(
        id=row.id,
        name=row.name,
        type=row.type,
        query=row.query,
        audience=row.audience,
        is_own=row.owner_id == actor.id,
        by=names.get(row.owner_id, ""),
        follows=row.id in followed,
        new=counts.get(row.id, 0),
    )


@dataclass(frozen=True, slots=True)
class SavedName:
    """A saved search as a menu shows it."""

    name: str
    url: str
    is_own: bool


def list_names(actor: Actor, kind: str, limit: int = 20) -> list[SavedName]:
    """List the searches of a database for a menu, one's own first, in one query."""
    rows = readable_by(actor).filter(type=kind).order_by("name", "id").values_list("name", "query", "owner_id")
    found = [
        SavedName(name, f"{address_of(kind)}?{query}", owner == actor.id) for name, query, owner in rows[: limit * 5]
    ]
    return sorted(found, key=lambda saved: not saved.is_own)[:limit]
