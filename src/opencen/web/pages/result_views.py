"""One result in four views: table, map, gallery, figure; the switch between them keeps the query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opencen.codelists.catalogue import get_list
from opencen.records.facets import Facet
from opencen.records.search.gallery import photos_among
from opencen.records.search.request import SearchResult
from opencen.records.titles import record_title
from opencen.records.types import address_of
from opencen.seizures.queries.places import OFFICE, positions_of
from opencen.web.lists import Address, value_label

VIEWS = {
    "table": (gettext_lazy("Table"), "table"),
    "map": (gettext_lazy("Map"), "map-pin"),
    "gallery": (gettext_lazy("Photos"), "photo"),
    "figure": (gettext_lazy("Chart"), "chart-bar"),
}
MOST_POINTS = 500
MOST_BARS = 40
IN_ORDER = ("year", "month")


def views_of(query: QueryDict, chosen: str) -> list[dict[str, Any]]:
    """Return the switch."""
    address = Address(query)
    return [
        {
            "name": name,
            "label": label,
            "icon": icon,
            "on": name == chosen,
            "url": address.with_only("view", name if name != "table" else ""),
        }
        for name, (label, icon) in VIEWS.items()
    ]


def map_of(records: Sequence[Any], language: str) -> dict[str, Any]:
    """Return the points of a result, each with its precision, and how many have one."""
    positions = positions_of(records)
    points = []
    for record in records:
        at = positions.get(record.id)
        if at is None:
            continue
        title = record_title(record, language)
        label = f"{record.reference or ''} {title} ({_precision(at.precision, language)})".strip()
        url = address_of(record.type, record.id)
        points.append({"lat": at.latitude, "lon": at.longitude, "label": label, "url": url})
    data = {"kind": "points", "title": _("Where"), "points": points}
    return {"data": data, "placed": len(points), "read": len(records)}


def _precision(precision: str, language: str) -> str:
    if precision == OFFICE:
        return _("at the office that recorded it")
    codes = get_list("coordinate_precision")
    return codes.label(precision, language) if precision in codes.codes else precision


def gallery_of(records: Sequence[Any], language: str) -> list[dict[str, Any]]:
    """Return the photos of a page of a result as tiles that lead to their records."""
    heads = {record.id: record for record in records}
    tiles = []
    for record_id, sha256 in photos_among(records):
        head = heads[record_id]
        title = record_title(head, language)
        tiles.append(
            {
                "thumb_url": f"/media/{sha256}/thumb",
                "url": address_of(head.type, record_id),
                "alt": title,
                "title": title,
                "reference": head.reference or "",
            }
        )
    return tiles


def figure_of(facets: Sequence[Facet], result: SearchResult, query: QueryDict, language: str) -> dict[str, Any]:
    """Return the result counted by one facet, each bar with the list behind it."""
    by = {facet.name: facet for facet in facets}
    name = query.get("by", "")
    chosen = by[name] if name in by else _telling(facets, result)
    counts = _bars(chosen, result)
    if chosen.name in IN_ORDER:
        counts.sort(key=lambda pair: (pair[0] == "", pair[0]))
    address = Address(query)
    rows = [
        {
            "label": value_label(chosen, value, language),
            "value": count,
            "url": Address(query).with_value(chosen.name, value).replace("view=figure", "view=table"),
            "hatched": not value,
        }
        for value, count in counts[:MOST_BARS]
    ]
    choices = [
        {"name": facet.name, "label": _(facet.label), "on": facet is chosen, "url": address.with_only("by", facet.name)}
        for facet in facets
    ]
    return {"title": _(chosen.label), "rows": rows, "choices": choices, "total": result.total}


def _telling(facets: Sequence[Facet], result: SearchResult) -> Facet:
    """Choose the first facet that divides the result; one bar of all of it says nothing."""
    return next((facet for facet in facets if len(_bars(facet, result)) > 1), facets[0])


def _bars(facet: Facet, result: SearchResult) -> list[tuple[str, int]]:
    counts = list(result.facets.get(facet.name, ()))
    whole = {value for value, _count in counts} if facet.codelist else set()
    return [pair for pair in counts if not _is_below(pair[0], whole)]


def _is_below(value: str, whole: set[str]) -> bool:
    """Tell whether a code's parent is counted as well: bars show one level, so that nothing is drawn twice."""
    above, _dot, _last = value.rpartition(".")
    return above in whole
