"""A figure's picture as it may be taken away: drawn of covered numbers alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from opencen.analysis.answers import Answer
from opencen.analysis.covering import number_columns
from opencen.analysis.labels import label_member
from opencen.analysis.measures.members import is_silent
from opencen.analysis.measures.protection import LEAST
from opencen.analysis.measures.selection import Selection
from opencen.analysis.queries import find_question, selection_from
from opencen.analysis.services import export_picture
from opencen.analysis.wording import covered_text
from opencen.web.actors import actor_in
from opencen.web.pages.dashboard import panels
from opencen.web.pages.dashboard.views import MAP_QUESTIONS, draw_map
from opencen.web.pages.figures.drawing import draw_answer

Chart = dict[str, Any]
# What the drawing itself needs; links and tables stay behind.
DRAWN = (
    "kind", "title", "series", "categories", "open", "last", "reported", "rows", "columns", "flows", "shares", "home",
    "legend", "inset", "points", "column_totals", "total", "all_word", "missing_legend",
)  # fmt: skip


@require_GET
def figure_picture(request: HttpRequest, name: str) -> JsonResponse:
    """Hand out what a figure's picture is drawn of."""
    actor = actor_in(request)
    chosen = selection_from(dict(request.GET.lists()))
    asked = {key: request.GET.get(key, "")[:80] for key in find_question(name).parameters}
    answer = export_picture(actor, name=name, selection=chosen, parameters=asked)
    drawn = draw_picture(answer, chosen, actor.language, asked)
    note = covered_text(answer, actor.language) if answer.details.get("covered") else ""
    return JsonResponse(
        {**{key: drawn[key] for key in DRAWN if key in drawn}, "covered": note, "covered_word": _("covered")}
    )


def draw_picture(answer: Answer, chosen: Selection, language: str, parameters: Mapping[str, str]) -> Chart:
    """Draw an answer as the page does; what is covered in it has no number, and on a map no place."""
    name = answer.question
    if name in MAP_QUESTIONS.values():
        return draw_map(_without_covered(answer), chosen, language)
    if name == "cases_by_section":
        key = answer.columns[0]
        bars = [(label_member(key, row[0], language), row) for row in answer.rows]
        return panels.section_picture(
            [{"label": label, "seizures": row[2], "silent": is_silent(row[0])} for label, row in bars]
        )
    if name == "operational_panel":
        return panels.operational_picture(panels.operational_charts(answer, chosen, language))
    if name == "section_by_location":
        return panels.location_grid(answer, chosen, language)
    return draw_answer(answer, chosen, language, parameters, str(find_question(name).title))


def _without_covered(answer: Answer) -> Answer:
    """Leave out the rows of a map that are covered, and the countries that a handful of seizures name."""
    numbers = number_columns(answer)
    kept = [place for place, row in enumerate(answer.rows) if all(row[at] is not None for at in numbers)]
    details = dict(answer.details)
    if "countries" in details:
        details["countries"] = {code: count for code, count in details["countries"].items() if count >= LEAST}
    rows = tuple(answer.rows[place] for place in kept)
    links = tuple(answer.links[place] for place in kept) if answer.links else ()
    return replace(answer, rows=rows, links=links, details=details)
