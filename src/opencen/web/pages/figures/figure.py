"""One figure on a page of its own, a table of any two dimensions among them, and the cases behind a cell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from opencen.accounts.queries import office_tree
from opencen.analysis.answers import member_column
from opencen.analysis.cells import heads_of
from opencen.analysis.kept.beside import QUESTION, extracts_beside
from opencen.analysis.labels import label_code, label_member, label_office
from opencen.analysis.measures.dimensions import DIMENSIONS, dimension
from opencen.analysis.measures.selection import EMPTY, Selection
from opencen.analysis.measures.ways import WAYS, split_way
from opencen.analysis.queries import Figures, find_question, list_questions, open_figures, selection_from
from opencen.analysis.question import Question
from opencen.analysis.questions.pivot import MEASURE_WORDS, OF_CHECKS
from opencen.analysis.wording import BASES
from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.records.texts import error_text
from opencen.seizures.titles import record_title
from opencen.web.actors import actor_in
from opencen.web.pages.dashboard.filters import filter_bar
from opencen.web.pages.dashboard.links import list_url
from opencen.web.pages.dashboard.words import period_text
from opencen.web.pages.figures.drawing import draw_answer, figure_url
from opencen.web.pages.figures.strip import UNNEEDED, reporting_strip

Context = dict[str, Any]
MOST_CASES = 200


@require_GET
def figure_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one figure within the selection that the address names; what cannot be counted says why."""
    actor = actor_in(request)
    question = find_question(name)
    figures = open_figures(actor)
    chosen = selection_from(dict(request.GET.lists()))
    asked = {key: request.GET.get(key, "")[:80] for key in question.parameters}
    if "own" in question.parameters and not asked["own"]:
        asked["own"] = _own_office(actor)
    problem, chart, answer = "", None, None
    try:
        answer = figures.ask(name, chosen, asked)
        chart = draw_answer(answer, chosen, actor.language, asked, str(question.title))
    except Invalid as error:
        problem = error_text(error, actor.language)
    context: Context = {
        "rail_active": "analysis",
        "title": question.title,
        "sub": BASES[answer.base if answer else question.base],
        "counted": str(answer.columns[-1].label) if answer and "measure" in question.parameters else "",
        "period": period_text(chosen),
        "crumbs": [
            {"label": _("Analysis"), "url": "/analysis"},
            {"label": _("Figures"), "url": "/analysis/figures"},
            {"label": str(question.title)},
        ],
        "filters": filter_bar(actor, chosen, asked, address=request.path),
        "as_of": figures.as_of,
        "sees_all": actor.office_ids is None,
        "offices_seen": len(actor.office_ids or ()),
        "fields": _fields(question, asked, actor.language),
        "kept": [pair for pair in chosen.to_query() if pair[1]] + _all_time(chosen),
        "chart": chart,
        "chart_id": name,
        "problem": problem,
        "cases_url": list_url(chosen),
        "address": figure_url(name, chosen, {key: value for key, value in asked.items() if value}),
        "roles": sorted(actor.roles),
        "others": [one for one in list_questions() if one.name != name],
        "extracts": _extracts(figures, chosen, actor.language) if name == QUESTION else (),
        "strip": None if name in UNNEEDED else reporting_strip(figures, chosen),
    }
    return render(request, "analysis/figure.html", context, status=422 if problem else 200)


def _extracts(figures: Figures, chosen: Selection, language: str) -> list[Context]:
    """Write the extracts of other bodies beside one's own count by section."""
    return [
        {
            "name": one.name,
            "years": f"{one.first}" if one.first == one.last else f"{one.first}–{one.last}",
            "rows": [
                (label_code("commodity", section, language) if section else _("Not stated"), counts)
                for section, counts in one.rows
            ],
            "total": one.total,
        }
        for one in extracts_beside(figures, chosen)
    ]


def _all_time(chosen: Selection) -> list[tuple[str, str]]:
    return [("all", "1")] if chosen.since is None and chosen.until is None else []


def _own_office(actor: Actor) -> str:
    office = office_tree().by_id.get(actor.office_id) if actor.office_id else None
    return office.code if office else ""


def _fields(question: Question, asked: dict[str, str], language: str) -> list[Context]:
    """Make the choices of a figure's own parameters."""
    fields = []
    for name in question.parameters:
        options = _options(question, name, language)
        chosen = asked[name] or (options[0]["code"] if options else "")
        if name in ("rows", "columns") and not asked[name]:
            chosen = _default_side(name, asked.get("measure", ""))
        fields.append({"name": name, "label": _words(name), "options": options, "chosen": chosen})
    return fields


def _default_side(name: str, measure: str) -> str:
    if measure in OF_CHECKS:
        return "office" if name == "rows" else "detection_method"
    return "section" if name == "rows" else "location_type"


def _options(question: Question, name: str, language: str) -> list[dict[str, str]]:
    if name in ("rows", "columns"):
        return [{"code": found.name, "label": str(found.label)} for found in DIMENSIONS]
    if name == "section":
        codes = get_list("commodity").children()
        tops = [{"code": code, "label": label_code("commodity", code, language)} for code in codes if ":" not in code]
        return [{"code": "", "label": _("All sections")}, *tops]
    if name == "own":
        offices = sorted(office_tree().by_id.values(), key=lambda office: office.path)
        return [{"code": office.code, "label": office.name} for office in offices]
    return [{"code": code, "label": _choice(code)} for code in question.choices.get(name, ())]


def _choice(code: str) -> str:
    words = {
        "": _("Any; refused where several would mix"),
        "mass": _("Weight"),
        "count": pgettext("count", "Number"),
        "volume": _("Volume"),
        "value": _("Money"),
        **{name: str(label) for name, label in MEASURE_WORDS.items()},
    }
    return words[code] if code in words else str(dimension(code).label)


def _words(name: str) -> str:
    return {
        "measure": _("What is counted"),
        "rows": _("Rows"),
        "columns": _("Columns"),
        "family": _("Kind of unit"),
        "by": _("Laid out by"),
        "section": _("Section"),
        "own": _("Office"),
    }.get(name, name)


@require_GET
def cell_page(request: HttpRequest) -> HttpResponse:
    """List the cases behind a cell, as far as the reader may see them."""
    actor = actor_in(request)
    chosen = selection_from(dict(request.GET.lists()))
    pairs = [part.partition(":") for part in request.GET.getlist("in")[:4]]
    members = {name: code for name, _colon, code in pairs if name}
    found = open_figures(actor).records_behind(chosen, members, MOST_CASES)
    rows = [
        {
            "url": f"/cases/{record.id}",
            "title": record_title("case", record.summary, actor.language),
            "reference": record.reference,
            "state": record.state,
            "at": record.occurred_on,
            "office": label_office(record.office_id),
        }
        for record in heads_of(actor, found)
    ]
    said = [
        {"label": _member_label(name), "value": _member_words(name, code, actor.language)}
        for name, code in members.items()
    ]
    context = {
        "rail_active": "analysis",
        "rows": rows,
        "said": said,
        "period": period_text(chosen),
        "is_cut": len(found) >= MOST_CASES,
        "limit": MOST_CASES,
        "crumbs": [{"label": _("Analysis"), "url": "/analysis"}, {"label": _("Cases behind a number")}],
    }
    return render(request, "analysis/cell.html", context)


def _member_label(name: str) -> str:
    return str(WAYS[name].label if name in WAYS else dimension(name).label)


def _member_words(name: str, code: str, language: str) -> str:
    if name in WAYS:
        return " – ".join(label_code(WAYS[name].codelist, part, language) for part in split_way(name, code))
    if code == EMPTY:
        return _("Empty")
    if name == "office":
        return label_office(code)
    return code if name == "month" else label_member(member_column(name), code, language)
