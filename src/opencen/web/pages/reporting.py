"""Reports that other bodies ask for: choose a period, see what is missing, take the file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from opencen.codelists.catalogue import get_list
from opencen.formats.reporting.choosing import Period, find_report, list_reports, require_reporting
from opencen.formats.reporting.making import Fill, Preview, make_report, preview_report
from opencen.formats.reporting.profile import Report
from opencen.formats.reporting.subject import LEGAL
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid
from opencen.kernel.languages import comma
from opencen.records.texts import error_text, write_path
from opencen.web.actors import actor_in
from opencen.web.templatetags.formatting import number

EXAMPLES = 3


@require_GET
def reports_page(request: HttpRequest) -> HttpResponse:
    """List the reports there are."""
    actor = actor_in(request)
    require_reporting(actor)
    rows = [
        {
            "name": report.name,
            "title": _(report.title),
            "body": _(report.body),
            "columns": len(report.columns),
            "empty": sum(not column.sources for column in report.columns),
            "per_line": report.per_line,
        }
        for report in list_reports()
    ]
    return render(request, "reporting/list.html", {"rail_active": "reporting", "reports": rows})


@require_GET
def report_page(request: HttpRequest, name: str) -> HttpResponse:
    """Preview a report: what each column holds, and which cases would fill it."""
    actor = actor_in(request)
    report = find_report(name)
    problem = ""
    try:
        period = _period(request, report)
        made = preview_report(actor, name=name, period=period)
    except Invalid as error:
        problem = error_text(error, actor.language)
        period = _usual(report)
        made = preview_report(actor, name=name, period=period)
    context = {
        "rail_active": "reporting",
        "crumbs": [{"label": _("Reports"), "url": "/reports"}, {"label": _(report.title)}],
        "report": report,
        "title": _(report.title),
        "body": _(report.body),
        "made": made,
        "problem": problem,
        "period": period,
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "periods": [
            {"label": label, "url": _address(period.section, *span), "on": span == (period.since, period.until)}
            for label, span in _spans()
        ],
        "sections": _sections(report, period, actor.language),
        "columns": [_column(report, place, fill, made, actor.language) for place, fill in enumerate(made.columns)],
        "tiles": _tiles(made),
        "query": urlencode({"from": period.since, "to": period.until, "section": period.section}),
    }
    return render(request, "reporting/preview.html", context)


@require_GET
def report_file(request: HttpRequest, name: str, format: str) -> HttpResponse:
    """Hand a report out as a file."""
    actor = actor_in(request)
    require_reporting(actor)
    made = make_report(
        actor,
        name=name,
        period=_period(request, find_report(name)),
        format=format,
        complete_only="complete" in request.GET,
        with_names="names" in request.GET,
    )
    return FileResponse(  # type: ignore[return-value]  # a FileResponse is a response
        io.BytesIO(made.content), as_attachment=True, filename=made.name, content_type=made.content_type
    )


def _period(request: HttpRequest, report: Report) -> Period:
    usual = _usual(report)
    since = _day(request, "from") or usual.since
    until = _day(request, "to") or max(usual.until, since)
    section = request.GET.get("section", "")[:60]
    if section and section not in get_list("commodity"):
        raise Invalid("code.unknown", path="section", list="commodity", value=section)
    return Period(since, until, section)


def _day(request: HttpRequest, name: str) -> date | None:
    text = request.GET.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("date.invalid", path=name, value=text[:20], would_be=("2026-06-12",)) from None


def _usual(report: Report) -> Period:
    """Return the period one most often asks for: the last seven days, or this year so far."""
    today = now().date()
    return (
        Period(today - timedelta(days=6), today) if report.is_weekly else Period(today.replace(month=1, day=1), today)
    )


def _spans() -> list[tuple[str, tuple[date, date]]]:
    today = now().date()
    last = today.year - 1
    return [
        (_("Last 7 days"), (today - timedelta(days=6), today)),
        (_("This year"), (today.replace(month=1, day=1), today)),
        (_("Last year"), (date(last, 1, 1), date(last, 12, 31))),
    ]


def _address(section: str, since: date, until: date) -> str:
    return "?" + urlencode({"from": since, "to": until, "section": section})


def _sections(report: Report, period: Period, language: str) -> list[dict[str, Any]]:
    """Return the parts of the goods that one may choose: those the report names, and what is below them."""
    codes = get_list("commodity")
    heads: Iterable[str] = report.sections or codes.children()
    offered = [code for head in heads for code in (head, *(codes.children(head) if report.sections else ()))]
    return [
        {"code": code, "label": codes.label(code, language), "on": code == period.section}
        for code in offered
        if ":" not in code
    ]


def _column(report: Report, place: int, fill: Fill, made: Preview, language: str) -> dict[str, Any]:
    """Write how far one column is filled, and where one would fill it."""
    sources = report.columns[place].sources
    wrong = {"not_a_day": _("no exact day"), "not_a_number": _("no number above zero")}
    cases = [{"url": f"/cases/{key}", "reference": reference or key[:8]} for key, reference in fill.cases.items()]
    return {
        "number": place + 1,
        "fill": fill,
        "may_be_absent": report.columns[place].may_be_absent,
        "share": 100 * fill.filled // made.rows if made.rows else 0,
        "fields": comma(language).join(dict.fromkeys(_source(path, language) for path in sources)),
        "wrong": [{"text": wrong[code], "rows": count} for code, count in fill.wrong.items()],
        "examples": cases[:EXAMPLES],
        "more": fill.case_count - EXAMPLES,
        "cases": cases,
    }


def _source(path: str, language: str) -> str:
    """Name where a column is filled: a field of the case, or the proceedings about it."""
    return _("Legal follow-up") if path.startswith(f"{LEGAL}.") else write_path(path, language, "case")


def _tiles(made: Preview) -> list[dict[str, Any]]:
    """Write how many rows there are, and what is left out for which reason."""
    words = {
        "not_validated": _("%(count)s not validated yet"),
        "held": _("%(count)s under an operational hold"),
        "same_event": _("%(count)s told a second time"),
    }
    reasons = [words[name] % {"count": number(count)} for name, count in made.left_out.items() if count]
    why = comma(get_language() or "en").join(reasons)
    return [
        {"label": _("Rows"), "value": number(made.rows)},
        {"label": _("Complete rows"), "value": number(made.complete), "note": _("hold all that is required")},
        {"label": _("Cases"), "value": number(made.cases)},
        {"label": _("Cases left out"), "value": number(sum(made.left_out.values())), "note": why},
    ]
