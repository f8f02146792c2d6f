"""Reads of published lists: the sources with their dates and counts, and the history of their loads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count

from opencen.accounts.queries import names_of
from opencen.formats.watchlists.models import Entry, Load, Source
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.records.permissions import LOAD_LISTS

SHOWN = 30


@dataclass(frozen=True, slots=True)
class LoadView:
    """One load as pages show it."""

    id: UUID
    source: str
    state: str
    dated: date | None
    counts: dict[str, Any]
    error: dict[str, Any]
    total: int
    done: int
    seconds: float
    by: str
    asked_at: datetime
    ended_at: datetime | None

    @property
    def percent(self) -> int:
        """Return how far it is."""
        return round(self.done * 100 / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source with what stands of it now."""

    name: str
    title: str
    format: str
    dated: date | None
    loaded_at: datetime | None
    present: dict[str, int]
    gone: int
    loads: list[LoadView]

    @property
    def total(self) -> int:
        """Return how many entries the list has now."""
        return sum(self.present.values())


def list_sources(actor: Actor) -> list[SourceView]:
    """List the sources with their counts and the newest loads."""
    actor.require(LOAD_LISTS)
    present: dict[str, dict[str, int]] = {}
    for source, kind, count in (
        Entry.objects.filter(gone_at=None).order_by().values_list("source_id", "type").annotate(Count("id"))
    ):
        present.setdefault(source, {})[kind] = count
    gone = dict(Entry.objects.exclude(gone_at=None).order_by().values_list("source_id").annotate(Count("id")))
    loads = list(Load.objects.order_by("-asked_at")[: SHOWN * 4])
    names = names_of({load.asked_by for load in loads})
    return [
        SourceView(
            name=row.name,
            title=row.title,
            format=row.format,
            dated=row.dated,
            loaded_at=row.loaded_at,
            present=present.get(row.name, {}),
            gone=gone.get(row.name, 0),
            loads=[_view(load, names) for load in loads if load.source_id == row.name][:SHOWN],
        )
        for row in Source.objects.order_by("title")
    ]


def read_load(actor: Actor, load_id: UUID) -> LoadView:
    """Return one load, or raise NotFound."""
    actor.require(LOAD_LISTS)
    load = Load.objects.filter(pk=load_id).first()
    if load is None:
        raise NotFound("watchlist.load_unknown")
    return _view(load, names_of({load.asked_by}))


def _view(load: Load, names: dict[UUID, str]) -> LoadView:
    return LoadView(
        id=load.id,
        source=load.source_id,
        state=load.state,
        dated=load.dated,
        counts=orjson.loads(load.counts),
        error=orjson.loads(load.error) if load.error else {},
        total=load.total,
        done=load.done,
        seconds=load.seconds,
        by=names.get(load.asked_by, ""),
        asked_at=load.asked_at,
        ended_at=load.ended_at,
    )
