"""Frozen figures with what changed since, and the extracts of other bodies beside one's own count."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from opencen.analysis.kept.freezing import compare_freeze, freeze_figure, list_freezes
from opencen.analysis.kept.sources import list_sources, load_source, remove_source
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, NotFound
from opencen.records.texts import error_text
from opencen.seizures.titles import record_title
from opencen.web.actors import actor_in

PAGE = "/analysis/freezes"
MOST_BYTES = 20_000_000


@require_http_methods(["GET", "POST"])
def freezes_page(request: HttpRequest) -> HttpResponse:
    """List frozen figures and extracts; posted, freeze a figure, load an extract or remove one."""
    actor = actor_in(request)
    problem = ""
    if request.method == "POST":
        try:
            _act(request, actor)
            return HttpResponseRedirect(PAGE)
        except Invalid as error:
            problem = str(error_text(error, actor.language))
    year = now().year - 1
    context = {
        "rail_active": "analysis",
        "freezes": list_freezes(actor),
        "sources": list_sources(actor),
        "problem": problem,
        "may_load": actor.may("import:run") and actor.office_ids is None,
        "address": f"/analysis/figures/cases_by_section?from={year}-01&to={year}-12",
        "crumbs": [{"label": _("Analysis"), "url": "/analysis"}, {"label": _("Frozen figures")}],
    }
    return render(request, "analysis/freezes.html", context, status=422 if problem else 200)


def _act(request: HttpRequest, actor: Actor) -> None:
    form = request.POST
    if form.get("act") == "freeze":
        freeze_figure(actor, name=form.get("name", ""), address=form.get("address", ""))
    elif form.get("act") == "load":
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > MOST_BYTES:
            raise Invalid("field.missing", path="file")
        load_source(actor, name=form.get("name", ""), content=file.read())
    elif form.get("act") == "remove":
        try:
            source = UUID(form.get("source", ""))
        except ValueError:
            raise NotFound("source.not_found") from None
        remove_source(actor, source_id=source)
    else:
        value = form.get("act", "")[:20]
        raise Invalid("figure.unknown_choice", path="act", value=value, expected="freeze, load, remove")


@require_GET
def freeze_page(request: HttpRequest, freeze_id: UUID) -> HttpResponse:
    """Show a frozen figure beside itself now, with the cases that came or changed since."""
    actor = actor_in(request)
    found = compare_freeze(actor, freeze_id)
    lists = [
        {
            "title": title,
            "rows": [
                {
                    "url": f"/cases/{head.id}",
                    "title": record_title("case", head.summary, actor.language),
                    "reference": head.reference,
                    "state": head.state,
                    "at": head.occurred_on,
                }
                for head in heads
            ],
        }
        for title, heads in (
            (_("Came since"), found.added),
            (_("Changed since"), found.changed),
            (_("Counted then, no more"), found.left),
        )
    ]
    context = {
        "rail_active": "analysis",
        "found": found,
        "lists": lists,
        "crumbs": [
            {"label": _("Analysis"), "url": "/analysis"},
            {"label": _("Frozen figures"), "url": PAGE},
            {"label": found.view.name},
        ],
    }
    return render(request, "analysis/freeze.html", context)
