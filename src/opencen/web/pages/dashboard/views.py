"""The page of figures, and a figure's numbers as a file."""

from __future__ import annotations

from statistics import mean
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from opencen.accounts.queries import office_tree
from opencen.analysis.answers import Answer
from opencen.analysis.labels import label_code, label_member
from opencen.analysis.measures.selection import Selection
from opencen.analysis.queries import Figures, find_question, open_figures, selection_from
from opencen.analysis.services import export_figure
from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.web.actors import actor_in
from opencen.web.pages.dashboard import panels
from opencen.web.pages.dashboard.filters import filter_bar
from opencen.web.pages.dashboard.links import PAGE, list_url, page_url, way_url
from opencen.web.pages.dashboard.own import own_panel
from opencen.web.pages.dashboard.words import change_text, period_text

Context = dict[str, Any]
MAPS = ("flow", "legs", "involvement", "points")
MAP_QUESTIONS = {"flow": "corridors", "legs": "route_legs", "involvement": "involvement", "points": "points"}
SEGMENT_SHOWN = 6


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the figures within the selection that the address names."""
    actor = actor_in(request)
    figures = open_figures(actor)
    chosen = selection_from(dict(request.GET.lists()))
    view = {name: request.GET.get(name, "")[:40] for name in ("map", "panel", "offices")}
    home = _national_text(actor)
    context: Context = {
        "rail_active": "analysis",
        "title": _("%(place)s, %(period)s") % {"place": home, "period": period_text(chosen)},
        "crumbs": [{"label": _("Analysis"), "url": "/analysis"}, {"label": _("Dashboard")}],
        "filters": filter_bar(actor, chosen, view),
        "as_of": figures.as_of,
        "sees_all": actor.office_ids is None,
        "offices_seen": len(actor.office_ids or ()),
        "empty_url": page_url(Selection(states=chosen.states), view),
        **_first_row(figures, chosen, view),
        "own": own_panel(figures, chosen, view),
        "corridors": _map_panel(figures, chosen, view),
        "operational": _operational(figures, chosen, view),
        **_grids(figures, chosen, view),
        "address": page_url(chosen, view),
        "roles": sorted(actor.roles),
        "report_url": page_url(chosen, {PAGE: reverse("national_report")}),
    }
    return render(request, "analysis/dashboard.html", context)


@require_GET
def figure_download(request: HttpRequest, name: str, format: str) -> HttpResponse:
    """Hand out the numbers of one figure as a file."""
    actor = actor_in(request)
    chosen = selection_from(dict(request.GET.lists()))
    known = find_question(name).parameters
    parameters = {key: request.GET.get(key, "") for key in known}
    made = export_figure(actor, name=name, selection=chosen, format=format, parameters=parameters)
    response = HttpResponse(made.content, content_type=made.content_type)
    response["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    return response


def _national_text(actor: Actor) -> str:
    if actor.office_ids is None:
        return _("National picture")
    office = office_tree().by_id.get(actor.office_id) if actor.office_id else None
    return office.name if office else _("Your offices")


def _first_row(figures: Figures, chosen: Selection, view: dict[str, str]) -> Context:
    """Compute tiles, months and sections."""
    tiles = figures.ask("tiles", chosen)
    months = figures.ask("cases_by_month", chosen)
    sections = figures.ask("cases_by_section", chosen)
    rows = panels.section_rows(sections, chosen, figures.actor.language)
    by_section = panels.with_tools({"title": _("By section")}, sections, chosen, view)
    return {
        "tiles": panels.make_tiles(tiles, chosen),
        "months": panels.with_tools(panels.months_chart(months, chosen), months, chosen, view),
        "sections": {
            **by_section,
            "rows": rows,
            "picture": {**panels.section_picture(rows), "picture_url": by_section["picture_url"]},
            "total": {**sections.totals, "change": change_text(sections.totals["change"]), "url": list_url(chosen)},
            "year": chosen.since.year - 1 if chosen.since else "",
        },
        "has_cases": bool(months.totals["cases"]),
    }


def _map_panel(figures: Figures, chosen: Selection, view: dict[str, str]) -> Context:
    """Compute the map that is chosen, with its table."""
    kind = view["map"] if view["map"] in MAPS else "flow"
    answer = figures.ask(MAP_QUESTIONS[kind], chosen)
    chart = draw_map(answer, chosen, figures.actor.language)
    words = {"flow": _("Flow"), "legs": _("Legs"), "involvement": _("Involvement"), "points": _("Points")}
    segments = [
        {"label": words[name], "url": page_url(chosen, {**view, "map": name}, "corridors"), "on": name == kind}
        for name in MAPS
    ]
    more = answer.rows[panels.ROWS_SHOWN :] if kind != "points" else chart["points"][panels.ROWS_SHOWN :]
    seizures = sum(row[2] for row in more) if kind == "flow" else 0
    found = panels.with_tools(chart, answer, chosen, view)
    return {**found, "segments": segments, "more": len(more), "more_seizures": seizures}


def draw_map(answer: Answer, chosen: Selection, language: str) -> Context:
    """Draw an answer as the map that shows it."""
    home = settings.NODE_COUNTRY
    if answer.question == "corridors":
        return panels.corridor_chart(answer, chosen, language, home, _home_inset(home, language))
    if answer.question == "route_legs":
        return panels.legs_chart(answer, chosen, language, home, _home_inset(home, language))
    if answer.question == "involvement":
        return panels.involvement_chart(answer, chosen, language, home)
    return panels.points_chart(answer, _points(answer, chosen, language))


def _points(answer: Answer, chosen: Selection, language: str) -> list[Context]:
    """Place the places: by their own coordinates, else by those of their code."""
    places, precisions = get_list("place"), get_list("coordinate_precision")
    points = []
    for row in answer.rows:
        locode, lat, lon, precision, count = row
        attributes = found.attributes if (found := places.get(locode)) else {}
        spot = (lat, lon) if lat is not None else (attributes.get("latitude"), attributes.get("longitude"))
        if spot[0] is None or spot[1] is None:
            continue
        metres = precisions.attribute(precision, "metres", 0) if precision else 0
        label = label_member(answer.columns[0], locode, language) if locode else f"{spot[0]:.2f}, {spot[1]:.2f}"
        radius, url = (metres or 0) / 1000, way_url(answer.question, chosen, row)
        points.append({"lat": spot[0], "lon": spot[1], "label": label, "value": count, "radius_km": radius, "url": url})
    return points


def _home_inset(home: str, language: str) -> Context | None:
    """Frame the surroundings of the offices: arcs to neighbours vanish on a map of the world."""
    places = get_list("place")
    codes = [places.get(office.place) for office in office_tree().by_id.values() if office.place]
    spots = [code.attributes for code in codes if code is not None and "latitude" in code.attributes]
    if not spots:
        return None
    lat, lon = mean(float(s["latitude"]) for s in spots), mean(float(s["longitude"]) for s in spots)
    title = _("Around %(country)s") % {"country": label_code("country", home, language)}
    return {"title": title, "box": [round(lon - 24), round(lat - 9), round(lon + 32), round(lat + 12)]}


def _operational(figures: Figures, chosen: Selection, view: dict[str, str]) -> Context:
    """Compute the operational panel of the section chosen, else of the largest."""
    language = figures.actor.language
    sections = [row[0] for row in figures.ask("cases_by_section", chosen).rows if row[0]]
    section = view["panel"] if view["panel"] in sections else next(iter(sections), "")
    answer = figures.ask("operational_panel", chosen, {"section": section})
    segments = [
        {
            "label": label_code("commodity", code, language),
            "url": page_url(chosen, {**view, "panel": code}, "operational_panel"),
            "on": code == section,
        }
        for code in sections[:SEGMENT_SHOWN]
    ]
    total = {"seizures": answer.totals["seizures"]}
    found = panels.with_tools({"title": _("Operational panel")}, answer, chosen, view, section=section)
    charts = panels.operational_charts(answer, chosen, language)
    picture = {
        **panels.operational_picture(charts),
        "picture_url": found["picture_url"],
        "file_name": found["file_name"],
    }
    return {**found, **total, "segments": segments, "charts": charts, "picture": picture}


def _grids(figures: Figures, chosen: Selection, view: dict[str, str]) -> Context:
    """Compute the two grids."""
    locations = figures.ask("section_by_location", chosen)
    reporting = figures.ask("reporting_by_office_month", chosen)
    grid = panels.location_grid(locations, chosen, figures.actor.language)
    offices = panels.reporting_grid(reporting, chosen, all_offices=view["offices"] == "all")
    return {
        "locations": panels.with_tools(grid, locations, chosen, view),
        "reporting": {
            **panels.with_tools(offices, reporting, chosen, view),
            "all_url": page_url(chosen, {**view, "offices": "all"}, "reporting_by_office_month"),
        },
    }
