"""Reads of statistics: which sources there are, and their sums by any dimension; never mixed with cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from opencen.formats.models import StatisticsFigure, StatisticsSource
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Forbidden, Invalid, NotFound

DIMENSIONS = ("period", "year", "commodity", "commodity_text", "unit")


def sources_seen_by(actor: Actor) -> QuerySet[StatisticsSource]:
    """Return the sources that exist for an actor: one's own, and those of the offices one sees."""
    if not (actor.may("import:run") or actor.may("analysis:read")):
        raise Forbidden("permission.missing", permission="analysis:read")
    found = StatisticsSource.objects.filter(is_current=True)
    if actor.office_ids is None:
        return found
    return found.filter(Q(created_by=actor.id) | Q(office_id__in=actor.office_ids))


def list_sources(actor: Actor) -> list[dict[str, Any]]:
    """List the sources with their periods, measures and further dimensions, the newest first."""
    found = []
    for source in sources_seen_by(actor).order_by("-created_at"):
        measures = StatisticsFigure.objects.filter(source=source).values_list("measure", "unit").distinct().order_by()
        sample = StatisticsFigure.objects.filter(source=source).values_list("further", flat=True).first() or {}
        found.append(
            {
                "id": source.id, "title": source.title, "country": source.country, "batch_id": source.batch_id,
                "created_at": source.created_at,
                "first_period": source.first_period, "last_period": source.last_period,
                "measures": sorted(set(measures)), "dimensions": [*DIMENSIONS, *sample],
            }
        )  # fmt: skip
    return found


def read_source(actor: Actor, source_id: UUID) -> dict[str, Any]:
    """Return one source as it is listed, or raise NotFound."""
    found = next((source for source in list_sources(actor) if source["id"] == source_id), None)
    if found is None:
        raise NotFound("statistics.not_found")
    return found


def sum_figures(
    actor: Actor, *, source_id: UUID, measure: str, unit: str = "", by: Sequence[str] = ("period",)
) -> list[dict[str, Any]]:
    """Add up one measure of a source by its dimensions; sums in different units are never added."""
    source = sources_seen_by(actor).filter(pk=source_id).first()
    if source is None:
        raise NotFound("statistics.not_found")
    figures = StatisticsFigure.objects.filter(source=source, measure=measure)
    figures = figures.filter(unit=unit) if unit else figures
    sums: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    units: set[str] = set()
    for figure in figures.iterator(chunk_size=2000):
        units.add(figure.unit)
        sums[tuple(_dimension(figure, name) for name in by)] += Decimal(figure.value)
    if len(units) > 1:
        raise Invalid("quantity.mixed_families", units=sorted(units), families=[])
    return [{**dict(zip(by, key, strict=True)), "value": value} for key, value in sorted(sums.items())]


def _dimension(figure: StatisticsFigure, name: str) -> str:
    if name == "year":
        return figure.period[:4]
    return str(getattr(figure, name)) if name in DIMENSIONS else str(figure.further.get(name, ""))
