"""Reads of links through the lock: a link exists for who sees both its ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When, Window

from opencen.accounts.queries import name_of_user
from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, NotFound
from opencen.records.links.heads import Heads
from opencen.records.links.models import Judgement, Link
from opencen.records.lock import visible_to
from opencen.records.models import Record

VERDICTS = ("accept", "no", "unsure")
UNDO = "undo"
MOST_LINKS = 1000
PAGE = 50


@dataclass(frozen=True, slots=True)
class JudgementView:
    """What somebody said of a link, and when."""

    verdict: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link as one of its records shows it; `other` is the record at its other end."""

    id: UUID
    other: Record
    is_first: bool
    kind: str
    role: str
    since: str
    until: str
    grading: tuple[str, str, str]
    source: Record | None
    note: str
    state: str
    by: str
    at: datetime
    judgements: tuple[JudgementView, ...]


def links_of(actor: Actor, record_id: UUID, *, states: Sequence[str] = ("accept", "unsure")) -> list[LinkView]:
    """List the links of a record whose other end exists for the actor, the newest first."""
    if not visible_to(actor).filter(pk=record_id).exists():
        raise NotFound("record.not_found")
    rows = _seen_links(actor, record_id, states).order_by("-made_at", "-id")[:MOST_LINKS]
    found = list(rows)
    return _views(record_id, found, Heads(actor, _ends(found)))


@dataclass(frozen=True, slots=True)
class LinksPage:
    """One page of the links of a record that was read through the lock, the newest first, and how many there are."""

    record_id: UUID
    rows: Sequence[Any]
    total: int
    heads: Heads

    def views(self) -> list[LinkView]:
        """Put the links together with the records that they name."""
        return _views(self.record_id, self.rows, self.heads)


def links_on_page(actor: Actor, record_id: UUID, page: int) -> LinksPage:
    """Read one page of links; their heads are left to be read with those that the rest of the panel needs."""
    rows = _seen_links(actor, record_id, ("accept", "unsure")).annotate(total=Window(Count("pk")))
    start = (page - 1) * PAGE
    found = list(rows.order_by("-made_at", "-id")[start : start + PAGE])
    return LinksPage(record_id, found, found[0].total if found else 0, Heads(actor, _ends(found)))


def _seen_links(actor: Actor, record_id: UUID, states: Sequence[str]) -> QuerySet[Link]:
    """Return the links of a record whose other end exists for the actor."""
    ends = Q(first_id=record_id) | Q(second_id=record_id)
    other = Case(When(first_id=record_id, then=F("second_id")), default=F("first_id"))
    seen = Exists(visible_to(actor).filter(pk=OuterRef("other")))
    found = Link.objects.filter(ends, state__in=states).annotate(other=other).filter(seen)
    return found.annotate(maker=name_of_user("made_by"))


def roles_of(record_id: UUID) -> list[tuple[UUID, str]]:
    """Return the other ends of the links of a record that stand, with its role in each; the caller applies the lock."""
    ends = Q(first_id=record_id) | Q(second_id=record_id)
    rows = Link.objects.filter(ends, state="accept").order_by("-made_at", "-id")[:MOST_LINKS]
    found: list[tuple[UUID, str]] = []
    for first, second, role in rows.values_list("first_id", "second_id", "role"):
        inverse = get_list("link_role").attribute(role, "inverse") if role and first != record_id else None
        found.append((second if first == record_id else first, str(inverse or role)))
    return found


def linked_ends(record_id: UUID) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Return the ids of the other ends of the links that stand, to be asked for within a larger question."""
    standing = Link.objects.filter(state="accept")
    return (
        standing.filter(first_id=record_id).values_list("second_id"),
        standing.filter(second_id=record_id).values_list("first_id"),
    )


def get_link(actor: Actor, link_id: UUID) -> Link:
    """Return a link both of whose ends exist for the actor."""
    found = Link.objects.filter(pk=link_id).first()
    if found is None or visible_to(actor).filter(pk__in=(found.first_id, found.second_id)).count() != 2:
        raise NotFound("link.not_found")
    return found


def find_record(actor: Actor, text: str, *, path: str = "other") -> Record:
    """Return a record by its reference or id; one that may not be seen is unknown."""
    wanted = text.strip()
    try:
        named = Q(pk=UUID(wanted))
    except ValueError:
        named = Q(reference=wanted[:48].upper())
    found = visible_to(actor).filter(named).first()
    if found is None:
        raise Invalid("link.record_unknown", path=path, value=wanted[:48])
    return found


def standing_verdict(judgements: Iterable[str]) -> str:
    """Return what a row of judgements comes to: the newest that was not taken back, "open" where none stands."""
    stack: list[str] = []
    for verdict in judgements:
        if verdict != UNDO:
            stack.append(verdict)
        elif stack:
            stack.pop()
    return stack[-1] if stack else "open"


def _ends(rows: Iterable[Link]) -> set[UUID]:
    """Return the records that links name."""
    return {end for row in rows for end in (row.first_id, row.second_id, row.source_id) if end}


def _views(record_id: UUID, rows: Sequence[Any], known: Heads) -> list[LinkView]:
    heads = known.read(_ends(rows)) if rows else {}
    judged: dict[UUID, list[JudgementView]] = {}
    said = Judgement.objects.filter(link__in=[row.id for row in rows]).annotate(name=name_of_user("by"))
    for link_id, verdict, name, at in said.order_by("id").values_list("link_id", "verdict", "name", "at"):
        judged.setdefault(link_id, []).append(JudgementView(verdict, name, at))
    views = []
    for row in rows:
        other = heads.get(row.second_id if row.first_id == record_id else row.first_id)
        if other is not None:
            views.append(_view(row, other, heads, tuple(judged.get(row.id, ()))))
    return views


def _view(row: Any, other: Record, heads: dict[UUID, Record], said: tuple[JudgementView, ...]) -> LinkView:
    return LinkView(
        id=row.id,
        other=other,
        is_first=other.id == row.second_id,
        kind=row.kind,
        role=row.role,
        since=row.since,
        until=row.until,
        grading=(row.source_reliability, row.information_credibility, row.handling),
        source=heads.get(row.source_id) if row.source_id else None,
        note=row.note,
        state=row.state,
        by=row.maker,
        at=row.made_at,
        judgements=said,
    )
