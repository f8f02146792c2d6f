"""Statistics that others publish: the sources, and their sums beside the country's own figures of the same time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opencen.analysis.queries import ask, selection_from
from opencen.codelists.catalogue import get_list
from opencen.formats.statistics.queries import list_sources, read_source, sum_figures
from opencen.formats.statistics.services import remove_source
from opencen.kernel.actor import Actor
from opencen.kernel.errors import OpenCenError
from opencen.web.actors import actor_in
from opencen.web.templatetags.formatting import number

PAGE = "/import/statistics"
KINDS = {"cases": "cases", "quantity": "quantity", "value": "value"}
MOST_ROWS = 400


@require_safe
def sources_page(request: HttpRequest) -> HttpResponse:
    """List the sources there are."""
    actor = actor_in(request)
    crumbs = [{"label": _("Import"), "url": "/import"}, {"label": _("Statistics")}]
    context = {"rail_active": "import", "sources": list_sources(actor), "crumbs": crumbs}
    return render(request, "imports/statistics.html", context)


@require_safe
def source_page(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Show the sums of a source by one of its dimensions, with the country's own beside them."""
    actor = actor_in(request)
    source = read_source(actor, source_id)
    pairs = [{"name": f"{kind}:{unit}", "label": _measure_word(kind, unit)} for kind, unit in source["measures"]]
    names = {pair["name"] for pair in pairs}
    chosen = request.GET.get("measure", "") if request.GET.get("measure") in names else pairs[0]["name"]
    by = request.GET.get("by", "") if request.GET.get("by") in source["dimensions"] else "year"
    kind, _colon, unit = chosen.partition(":")
    sums = sum_figures(actor, source_id=source_id, measure=kind, unit=unit, by=(by,))
    if by not in ("period", "year"):
        sums.sort(key=lambda found: -found["value"])
    own = _own_figures(actor, source, by, kind, unit)
    context = {
        "rail_active": "import",
        "source": source,
        "measures": pairs,
        "measure": chosen,
        "dimensions": [{"name": name, "label": _dimension_word(name)} for name in source["dimensions"]],
        "by": by,
        "by_label": _dimension_word(by),
        "rows": [_row(by, found, own, actor.language) for found in sums[:MOST_ROWS]],
        "more": max(0, len(sums) - MOST_ROWS),
        "compares": own is not None,
        "may_remove": actor.may("import:run"),
        "crumbs": [
            {"label": _("Import"), "url": "/import"},
            {"label": _("Statistics"), "url": PAGE},
            {"label": source["title"]},
        ],
    }
    return render(request, "imports/statistics_source.html", context)


@require_POST
def remove(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Remove a source."""
    remove_source(actor_in(request), source_id=source_id)
    return HttpResponseRedirect(PAGE)


def _row(by: str, found: dict[str, Any], own: dict[str, Any] | None, language: str) -> dict[str, Any]:
    member = str(found[by])
    text = member
    if by == "commodity":
        text = get_list("commodity").label(member, language) if member else _("in no list of this system")
    ours = own.get(member) if own is not None else None
    return {
        "member": text or "—",
        "value": _shown(found["value"]),
        "own": _shown(ours) if ours is not None else "",
    }


def _shown(value: Any) -> str:
    plain = Decimal(str(value))
    return number(int(plain)) if plain == plain.to_integral_value() else number(float(round(plain, 2)))


def _own_figures(actor: Actor, source: dict[str, Any], by: str, kind: str, unit: str) -> dict[str, Any] | None:
    """Return the country's own figures of the same months by the same dimension; None where they cannot be set beside.

    Cases are counted, quantities are of mass; a published name of goods holds everything below its code.
    """
    down = {"period": "month", "year": "year", "commodity": "commodity"}.get(by)
    if down is None or not actor.may("analysis:read") or (kind == "quantity" and unit != "kg") or kind == "value":
        return None
    since, until = source["first_period"], source["last_period"]
    months = {"from": [_month(since, "01")], "to": [_month(until, "12")]}
    measure = "quantity" if kind == "quantity" else "seizures" if down == "commodity" else "cases"
    asked = {"measure": measure, "rows": down, "columns": "direction", "family": "mass" if kind == "quantity" else ""}
    try:
        answer = ask(actor, "pivot", selection_from(months), asked)
    except OpenCenError:
        return None
    pairs = zip(answer.details["rows"], answer.details["row_totals"], strict=True)
    found = {str(member): total for member, total in pairs if member is not None and total is not None}
    return _rolled_up(found) if down == "commodity" else found


def _month(period: str, usual: str) -> str:
    """Read a period as a month; a year or a quarter begins or ends with its usual one."""
    year, _dash, rest = period.partition("-")
    return f"{year}-{rest}" if rest.isdigit() else f"{year}-{usual}"


def _rolled_up(found: dict[str, Any]) -> dict[str, Any]:
    """Add what lies below each code to it."""
    sums: dict[str, Any] = {}
    for code, total in found.items():
        parts = code.split(".")
        for end in range(1, len(parts) + 1):
            above = ".".join(parts[:end])
            sums[above] = sums.get(above, 0) + total
    return sums


def _measure_word(kind: str, unit: str) -> str:
    words = {"cases": _("Cases"), "quantity": _("Quantity"), "value": _("Value")}
    return f"{words.get(kind, kind)} ({unit})" if unit else words.get(kind, kind)


def _dimension_word(name: str) -> str:
    words = {
        "period": _("Month"),
        "year": _("Year"),
        "commodity": _("Goods, by code"),
        "commodity_text": _("Goods, as published"),
        "unit": _("Unit"),
    }
    return words.get(name, name)
