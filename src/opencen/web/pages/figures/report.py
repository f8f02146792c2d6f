"""The national report for screen and paper, and the page that explains what is counted how."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from opencen.analysis.kept.making import make_file, report_of
from opencen.analysis.published import PUBLISHED, published_beside
from opencen.analysis.queries import open_figures, selection_from
from opencen.kernel.errors import Invalid
from opencen.kernel.languages import NAMES
from opencen.web.actors import actor_in
from opencen.web.pages.dashboard.filters import filter_bar
from opencen.web.pages.dashboard.words import period_text

REPORT = "/analysis/report"


@require_GET
def report_page(request: HttpRequest) -> HttpResponse:
    """Show the national report with the numbers of the screen, ready for print."""
    actor = actor_in(request)
    chosen = selection_from(dict(request.GET.lists()))
    report = report_of(actor, chosen)
    query = request.META.get("QUERY_STRING", "")
    context: dict[str, Any] = {
        "rail_active": "analysis",
        "report": report,
        "period": period_text(chosen),
        "filters": filter_bar(actor, chosen, {}, address=REPORT),
        "as_of": open_figures(actor).as_of,
        "sees_all": actor.office_ids is None,
        "offices_seen": len(actor.office_ids or ()),
        "administration": settings.NODE_NAME,
        "languages": [
            {"code": code, "name": name, "url": f"{REPORT}.pdf?{query}{'&' if query else ''}language={code}"}
            for code, name in NAMES.items()
        ],
        "book_url": f"{REPORT}.xlsx?{query}",
        "address": f"{REPORT}?{query}" if query else REPORT,
        "roles": sorted(actor.roles),
        "crumbs": [{"label": _("Analysis"), "url": "/analysis"}, {"label": _("Report")}],
    }
    return render(request, "analysis/report.html", context)


@require_GET
def report_file(request: HttpRequest, format: str) -> HttpResponse:
    """Hand out the report as a file made on the server, in the reader's language or another one."""
    query = request.META.get("QUERY_STRING", "")
    actor = actor_in(request)
    language = request.GET.get("language", actor.language)
    if language not in (actor.language, *NAMES):
        raise Invalid("language.unknown", path="language", value=language[:20])
    made = make_file(actor.speaking(language), address=f"{REPORT}?{query}", format=format)
    disposition = content_disposition_header(True, made.name) or "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(made.content, content_type=made.content_type, headers=headers)


@require_GET
def counting_page(request: HttpRequest) -> HttpResponse:
    """Explain cases, seizures, controls and quantities, with the published figures beside one's own."""
    actor = actor_in(request)
    chosen = selection_from(dict(request.GET.lists()))
    figures = open_figures(actor)
    context = {
        "rail_active": "analysis",
        "period": period_text(chosen),
        "example": _example(),
        "tables": published_beside(figures, chosen, actor.language),
        "published": PUBLISHED,
        "as_of": figures.as_of,
        "crumbs": [{"label": _("Analysis"), "url": "/analysis"}, {"label": _("How things are counted")}],
    }
    return render(request, "analysis/counting.html", context)


def _example() -> list[dict[str, str]]:
    """Count one invented night in every way."""
    return [
        {"what": _("A van with 2 kg of cannabis resin and 40 cartons of cigarettes"), "cases": "1", "seizures": "2"},
        {"what": _("The same van, recorded by the police as the same event"), "cases": "0", "seizures": "2"},
        {"what": _("Thirty vans checked, nothing found"), "cases": "0", "seizures": "0"},
        {"what": _("A traveller detained without goods"), "cases": "0", "seizures": "0"},
    ]
