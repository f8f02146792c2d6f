"""How an office does: completeness, timeliness, unknown answers, what would help most, and what was entered twice."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from opencen.analysis.measures.rates import FieldRate, Rates
from opencen.analysis.measures.reporting import count_standings
from opencen.analysis.measures.selection import STATES, Selection
from opencen.analysis.quality.queries import WAITS_LONG, Improvement, OfficeQuality, offices_in_view, read_quality
from opencen.analysis.wording import STANDINGS
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict, Invalid
from opencen.records.texts import error_text, write_path
from opencen.seizures.queries.doubles import find_doubles
from opencen.seizures.services import relate_as_same_event, tell_apart
from opencen.web.actors import actor_in
from opencen.web.pages.dashboard.links import list_url, with_offices_below
from opencen.web.pages.dashboard.words import long_month, month_name
from opencen.web.templatetags.formatting import number, percent

Context = dict[str, Any]
# Where a field stands in the form, and by which name a list is narrowed to it (empty: by none).
FIELDS = {
    "location_type": ("location_type", "location_type"),
    "direction": ("direction", "direction"),
    "e_commerce": ("e_commerce", ""),
    "detection_method": ("detection_method", "detection_method"),
    "departure": ("", "departure"),
    "destination": ("", "destination"),
    "commodity": ("lines.commodity", "commodity"),
    "concealment_place": ("lines.concealment.place", "concealment"),
    "mode": ("conveyances.mode", "mode"),
}
LEGS = {"departure": gettext_lazy("Departure"), "destination": gettext_lazy("Destination")}
DONE = {
    "relate": gettext_lazy("Related as one event: it counts once. The later case waits for validation again."),
    "apart": gettext_lazy("Kept as two events."),
}


@require_http_methods(["GET", "POST"])
def quality_page(request: HttpRequest) -> HttpResponse:
    """Show how one office does, or all in view; posted, settle a pair of cases."""
    actor = actor_in(request)
    code = request.GET.get("office", "")[:40]
    problem = ""
    if request.method == "POST":
        problem = _settle(request, actor)
        if not problem:
            done = urlencode({"office": code, "settled": request.POST.get("act", "")[:10]})
            return HttpResponseRedirect(f"/quality?{done}#doubles")
    found = read_quality(actor, code)
    context = {**_context(actor, found), "problem": problem, "settled": DONE.get(request.GET.get("settled", ""), "")}
    return render(request, "quality/quality.html", context, status=422 if problem else 200)


def _context(actor: Actor, found: OfficeQuality) -> Context:
    """Gather what the page shows."""
    chosen = Selection(found.months[0], found.months[-1], states=STATES, offices=_codes(found))
    doubles = _doubles(actor, found)
    name = found.office.name if found.office else _("All offices")
    return {
        "rail_active": "quality",
        "title": _("Quality: %(office)s") % {"office": name},
        "found": found,
        "first": long_month(found.months[0]),
        "last": long_month(found.months[-1]),
        "name": name,
        "choices": [
            {
                "label": each.name,
                "url": f"?office={each.code}",
                "on": each == found.office,
                "depth": each.path.count("/"),
            }
            for each in offices_in_view(actor)
        ],
        "sees_all": actor.office_ids is None,
        "tiles": _tiles(found),
        "trend": _trend(found, chosen),
        "fields": [_field(each, found, chosen, actor.language) for each in found.fields],
        "offices": [
            _office_row(line.office.code, line.office.name, line.rates, line.returned) for line in found.offices
        ],
        "standing": [
            {"month": month_name(month), "state": state, "word": f"{long_month(month)}: {STANDINGS[state]}"}
            for month, state in found.standing
        ],
        "suggestions": _suggestions(found, chosen, doubles["count"], actor.language),
        "doubles": doubles,
        "may_record": actor.may("case:record"),
    }


def _settle(request: HttpRequest, actor: Actor) -> str:
    """Relate two cases as one event, or tell them apart with a reason; say in words why not."""
    actor.require("case:record")
    try:
        first, second = _id(request, "first"), _id(request, "second")
        if request.POST.get("act") == "relate":
            relate_as_same_event(actor, first=first, second=second)
        else:
            tell_apart(actor, first=first, second=second, reason=request.POST.get("reason", ""))
    except (Invalid, Conflict) as error:
        return error_text(error, actor.language)
    return ""


def _id(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Invalid("double.unnamed", path=name) from None


def _codes(found: OfficeQuality) -> tuple[str, ...]:
    return (found.office.code,) if found.office else ()


def _tiles(found: OfficeQuality) -> list[Context]:
    """Write the rates, each with the country's beside it where it is shown."""
    rates, country = found.rates, found.country
    months = count_standings(state for _month, state in found.standing)
    tiles = [
        {"label": _("Completeness"), "value": _percent(rates.completeness), "note": _beside(country, "completeness")},
        {"label": _("Days to enter"), "value": _days(rates.days_to_enter), "note": _beside(country, "days_to_enter")},
        {
            "label": _("Days to validate"),
            "value": _days(rates.days_to_validate),
            "note": _beside(country, "days_to_validate"),
        },
        {"label": _("Unknown"), "value": _share(rates.unknown), "note": _beside(country, "unknown")},
        {"label": _("Returned"), "value": number(found.returned), "note": _("cases, by a validator")},
    ]
    if months["due"]:
        tiles.append(
            {
                "label": _("Months in time"),
                "value": _("%(count)s of %(all)s") % {"count": number(months["in_time"]), "all": number(months["due"])},
                "note": _("first record by the 15th of the next"),
            }
        )
    return tiles


def _beside(country: Rates | None, name: str) -> str:
    """Write the country's rate."""
    value = getattr(country, name) if country else None
    if value is None:
        return {"completeness": _("of what is asked"), "unknown": _("of answers")}.get(name, _("median"))
    written = {"completeness": _percent, "unknown": _share}.get(name, _days)(value)
    return _("the country: %(value)s") % {"value": written}


def _percent(value: float | None) -> str:
    return "–" if value is None else percent(value / 100)


def _share(value: float | None) -> str:
    return "–" if value is None else percent(value, 1)


def _days(value: float | None) -> str:
    return "–" if value is None else number(round(value, 1))


def _trend(found: OfficeQuality, chosen: Selection) -> Context:
    """Draw completeness and unknown answers by month, with the country's completeness as a tick."""
    has_years = len({month.year for month in found.months}) > 1
    own = [found.by_month.get(month, Rates()) for month in found.months]
    country = [found.country_by_month.get(month, Rates()).completeness for month in found.months]
    chart: Context = {
        "kind": "months",
        "title": _("Month by month"),
        "note": _("per cent"),
        "series": [
            {"name": _("complete"), "values": [_round(rates.completeness) for rates in own]},
            {"name": _("unknown"), "values": [_round(rates.unknown, 100) for rates in own]},
        ],
        "categories": [
            {"label": month_name(month, with_year=has_years), "url": list_url(chosen, {"month": (f"{month:%Y-%m}",)})}
            for month in found.months
        ],
    }
    if any(value is not None for value in country):
        chart["last"] = {"name": _("the country, complete"), "values": [_round(value) for value in country]}
    return chart


def _round(value: float | None, times: int = 1) -> int | None:
    return None if value is None else round(value * times)


def _label(name: str, language: str) -> str:
    path, _facet = FIELDS[name]
    return write_path(path, language, "case") if path else str(LEGS[name])


def _silent_url(name: str, chosen: Selection, *values: str) -> str:
    """Return the list of the cases whose field says nothing; a field that no list narrows by has none."""
    facet = FIELDS[name][1]
    return list_url(chosen, {facet: values}) if facet else ""


def _field(rate: FieldRate, found: OfficeQuality, chosen: Selection, language: str) -> Context:
    country = found.country_fields.get(rate.name)
    return {
        "label": _label(rate.name, language),
        "asked": rate.asked,
        "unknown": rate.unknown,
        "unknown_url": _silent_url(rate.name, chosen, "unknown"),
        "empty": rate.empty,
        "empty_url": _silent_url(rate.name, chosen, "empty"),
        "share": _share(rate.unknown_share),
        "meter": round(100 * (rate.silent / rate.asked)) if rate.asked else 0,
        "country": _share(country.unknown_share) if country else "",
    }


def _office_row(code: str, name: str, rates: Rates, returned: int) -> Context:
    return {
        "url": f"?office={code}",
        "name": name,
        "cases": rates.cases,
        "completeness": _percent(rates.completeness),
        "days_to_enter": _days(rates.days_to_enter),
        "days_to_validate": _days(rates.days_to_validate),
        "unknown": _share(rates.unknown),
        "returned": returned,
    }


def _suggestions(found: OfficeQuality, chosen: Selection, doubles: int, language: str) -> list[Context]:
    """Write what would help most, each as the way to do it."""
    rows = [_suggestion(each, chosen, language) for each in found.suggestions]
    if doubles:
        text = ngettext(
            "%(count)s pair of cases may be one event. Look at it.",
            "%(count)s pairs of cases may be one event. Look at them.",
            doubles,
        )
        rows.append({"text": text % {"count": number(doubles)}, "url": "#doubles", "icon": "copy"})
    return rows


def _suggestion(found: Improvement, chosen: Selection, language: str) -> Context:
    count = {"count": number(found.count)}
    if found.code == "field":
        text = ngettext(
            "“%(field)s” is unknown or empty %(count)s time. Ask for it.",
            "“%(field)s” is unknown or empty %(count)s times. Ask for it.",
            found.count,
        ) % {"field": _label(found.field, language), **count}
        return {"text": text, "url": _silent_url(found.field, chosen, "unknown", "empty"), "icon": "question-mark"}
    words = {
        "returned": (
            ngettext(
                "%(count)s case came back and waits for an answer.",
                "%(count)s cases came back and wait for an answer.",
                found.count,
            ),
            "arrow-back-up",
        ),
        "waiting": (
            ngettext(
                "%(count)s case has waited for validation for over %(days)s days.",
                "%(count)s cases have waited for validation for over %(days)s days.",
                found.count,
            ),
            "hourglass",
        ),
        "incomplete": (
            ngettext(
                "%(count)s case is less than 60 %% complete. Begin with the least complete.",
                "%(count)s cases are less than 60 %% complete. Begin with the least complete.",
                found.count,
            ),
            "gauge",
        ),
        "months_missing": (
            ngettext(
                "%(count)s month without a record: nothing found, or nothing entered? A tally of checks tells.",
                "%(count)s months without a record: nothing found, or nothing entered? A tally of checks tells.",
                found.count,
            ),
            "calendar",
        ),
        "slow": (_("Half of the cases are entered more than %(count)s days after they were found."), "clock"),
    }
    text, icon = words[found.code]
    return {"text": text % {**count, "days": WAITS_LONG}, "url": _list(found, chosen), "icon": icon}


def _list(found: Improvement, chosen: Selection) -> str:
    """Return the list a suggestion is about."""
    if found.code == "months_missing":
        return "/capture/control/new"
    offices = [("office", code) for code in with_offices_below(chosen.offices)]
    return f"/cases?{urlencode([*offices, *found.link])}"


def _doubles(actor: Actor, found: OfficeQuality) -> Context:
    from_month = found.months[-6] if len(found.months) > 6 else found.months[0]
    offices = frozenset(line.office.id for line in found.offices) if found.office else None
    pairs, count = find_doubles(actor, since=from_month, offices=offices)
    return {"pairs": pairs, "count": count, "more": count - len(pairs)}
