"""The lists of cases and of checks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opencen.formats.format import export_formats
from opencen.formats.listing.columns import chosen_columns, columns_of, listed, words_of
from opencen.formats.listing.files import LIST_FILES
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid
from opencen.records.facets import HEAD_FACETS, Facet
from opencen.records.holds import held_among
from opencen.records.saved.queries import list_names
from opencen.records.search.address import clean_query
from opencen.records.search.named import help_lines
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest, SearchResult
from opencen.records.texts import error_text
from opencen.records.titles import title_of
from opencen.records.types import address_of, domain, export_permission
from opencen.seizures.custody.queries import find_by_label
from opencen.seizures.titles import route_text
from opencen.web.actors import actor_in
from opencen.web.lists import SORTS, SWITCHES, Address, chips_of, facet_panels, pages_of, read_request, sort_of_head
from opencen.web.pages.result_views import MOST_POINTS, VIEWS, figure_of, gallery_of, map_of, views_of
from opencen.web.places import place_of

DIRECT = 2000
"""More records than these are written by the worker, with progress."""


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """List cases with facets and search; a scanned label opens its exhibit."""
    if exhibit := find_by_label(actor_in(request), request.GET.get("q", "")):
        return HttpResponseRedirect(f"/custody/{exhibit}")
    return _list(request, "case", "seizures")


@require_safe
def control_list(request: HttpRequest) -> HttpResponse:
    """List checks with facets and search."""
    return _list(request, "control", "controls")


@require_safe
def suspect_list(request: HttpRequest) -> HttpResponse:
    """List suspects with facets and search."""
    return _list(request, "suspect", "suspects")


@require_safe
def company_list(request: HttpRequest) -> HttpResponse:
    """List companies with facets and search."""
    return _list(request, "company", "companies")


@require_safe
def conveyance_list(request: HttpRequest) -> HttpResponse:
    """List means of transport with facets and search."""
    return _list(request, "conveyance", "conveyances")


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
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "table"
    counted = facets if view == "figure" else [facet for facet in facets if facet.name not in SILENT]
    asked = _asked(read_request(request.GET, kind, facets), view, [facet.name for facet in counted])
    result, problem = _search(actor, asked)
    context = {
        "rail_active": place,
        "kind": kind,
        "place": place_of(kind),
        "list_url": address_of(kind),
        "new_url": f"/capture/{kind}/new",
        "result": result,
        "problem": problem,
        "facets": facet_panels([f for f in facets if f.name not in SILENT], result, request.GET, actor.language),
        "chips": chips_of(facets, request.GET, actor.language),
        "pages": pages_of(asked, result, request.GET) if view != "map" else None,
        "sorts": [{"name": name, "label": label, "on": name == asked.sort} for name, label in SORTS.items()],
        "switches": [
            {"name": n, "label": label, "on": n in request.GET, "url": Address(request.GET).with_value(n, "1")}
            for n, label in SWITCHES.items()
        ],
        "search_text": asked.text,
        "search_help": help_lines(kind),
        "saved": list_names(actor, kind),
        "may_record": actor.may(f"{kind}:record"),
        "query": clean_query(request.GET.urlencode()),
        "views": views_of(request.GET, view),
        "view": view,
    }
    context["heads"] = [
        {"label": _("Record"), "kind": "text", **sort_of_head("", asked.sort, request.GET)},
        *(
            {"label": column.label, "kind": column.kind, **sort_of_head(column.name, asked.sort, request.GET)}
            for column in chosen_columns(kind, request.GET.getlist("col"))
        ),
    ]
    context |= _shown(request, actor, view, result, facets) | _table(request, actor, kind, result) | _files(actor, kind)
    return render(request, "records/list.html", context, status=422 if problem else 200)


def _asked(asked: SearchRequest, view: str, counted: list[str]) -> SearchRequest:
    """Count what the page shows; a figure may be of any facet, a map is of many records."""
    asked = replace(asked, facets=tuple(counted))
    return replace(asked, offset=0, limit=MOST_POINTS) if view == "map" else asked


def _search(actor: Actor, asked: SearchRequest) -> tuple[SearchResult, str]:
    """Answer, or say beside the box what of the question cannot be read."""
    try:
        return search(actor, asked), ""
    except Invalid as error:
        if error.path != "text":
            raise
        return SearchResult([], [], 0, {}, 0.0, now()), error_text(error, actor.language)


def _shown(request: HttpRequest, actor: Actor, view: str, result: SearchResult, facets: list[Facet]) -> dict[str, Any]:
    if view == "map":
        return {"map": map_of(result.rows, actor.language)}
    if view == "gallery":
        return {"photos": gallery_of(result.rows, actor.language)}
    if view == "figure":
        return {"figure": figure_of(facets, result, request.GET, actor.language)}
    return {}


def _table(request: HttpRequest, actor: Actor, kind: str, result: SearchResult) -> dict[str, Any]:
    chosen = chosen_columns(kind, request.GET.getlist("col"))
    held = held_among(result.ids)
    rows = []
    for record in result.rows:
        row = listed(record, is_held=record.id in held)
        words = words_of(row, chosen, actor.language)
        rows.append(
            {
                "reference": row.reference,
                "title": title_of(row.type, row.summary, actor.language),
                "route": route_text(row.summary, actor.language) if row.type == "case" else "",
                "photos": row.summary.get("photos", 0),
                "at": row.summary.get("at"),
                "state": "hold" if row.is_held else row.state,
                "quality": row.quality,
                "warnings": row.warnings,
                "url": address_of(row.type, row.id),
                "cells": [{"column": column, "value": words[column.name]} for column in chosen],
            }
        )
    names = {column.name for column in chosen}
    offered = [{"name": column.name, "label": column.label, "on": column.name in names} for column in columns_of(kind)]
    return {"rows": rows, "columns": chosen, "offered": offered}


def _files(actor: Actor, kind: str) -> dict[str, Any]:
    if not actor.may(export_permission(kind)):
        return {}
    return {"list_files": list(LIST_FILES.values()), "formats": export_formats(kind), "direct": DIRECT}
