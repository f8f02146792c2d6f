"""The lists of cases and of checks."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opencen.accounts.queries import office_tree
from opencen.formats.format import export_formats
from opencen.kernel.actor import Actor
from opencen.records.facets import HEAD_FACETS, Facet
from opencen.records.holds import held_among
from opencen.records.search.queries import search
from opencen.records.types import domain
from opencen.seizures.titles import record_title, route_text
from opencen.web.actors import actor_in
from opencen.web.lists import SORTS, SWITCHES, Address, chips_of, facet_panels, pages_of, read_request


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """List cases with facets and search."""
    return _list(request, "case", "seizures")


@require_safe
def control_list(request: HttpRequest) -> HttpResponse:
    """List checks with facets and search."""
    return _list(request, "control", "controls")


def facets_of(kind: str) -> list[Facet]:
    """Return the facets that a list offers: the domain's own, then those of every record."""
    own = list(domain(kind).facets)
    names = {facet.name for facet in own}
    return [*own, *(f for f in HEAD_FACETS if f.name not in names and f.name != "type")]


SILENT = ("month", "batch")
"""Filters that figures and imports link with, and that would be too long as a panel."""


def _list(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    actor = actor_in(request)
    actor.require(f"{kind}:read")
    facets = facets_of(kind)
    asked = read_request(request.GET, kind, facets)
    result = search(actor, asked)
    held = held_among(result.ids)
    context = {
        "rail_active": place,
        "kind": kind,
        "rows": [_row(record, actor, held) for record in result.rows],
        "result": result,
        "facets": facet_panels(
            [facet for facet in facets if facet.name not in SILENT], result, request.GET, actor.language
        ),
        "chips": chips_of(facets, request.GET, actor.language),
        "pages": pages_of(asked, result, request.GET),
        "sorts": [{"name": name, "label": label, "on": name == asked.sort} for name, label in SORTS.items()],
        "switches": [
            {"name": n, "label": label, "on": n in request.GET, "url": Address(request.GET).with_value(n, "1")}
            for n, label in SWITCHES.items()
        ],
        "search_text": asked.text,
        "asked": asked,
        "formats": export_formats(kind) if actor.may("case:export") else [],
        "may_record": actor.may(f"{kind}:record"),
        "query": request.GET.urlencode(),
    }
    return render(request, "records/list.html", context)


def _row(record: Any, actor: Actor, held: set[Any]) -> dict[str, Any]:
    summary = orjson.loads(record.summary)
    office = office_tree().by_id.get(record.office_id)
    return {
        "id": record.id,
        "reference": record.reference,
        "title": record_title(record.type, summary, actor.language),
        "route": route_text(summary, actor.language) if record.type == "case" else "",
        "office": office.name if office else "",
        "at": summary.get("at"),
        "state": "hold" if record.id in held else record.state,
        "photos": summary.get("photos", 0),
        "quality": record.quality,
        "warnings": record.warnings,
        "url": f"/{record.type}s/{record.id}",
    }
