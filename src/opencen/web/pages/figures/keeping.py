"""All figures by name, the saved and the scheduled ones, and the files the worker made of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opencen.analysis.kept import saving
from opencen.analysis.kept.making import take_made
from opencen.analysis.queries import list_questions
from opencen.analysis.wording import BASES
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, NotFound
from opencen.records.texts import error_text
from opencen.web.actors import actor_in

LIST = "/analysis/figures"


@require_GET
def figures_page(request: HttpRequest) -> HttpResponse:
    """Show my saved figures and reports, and every figure there is."""
    return _show(request, actor_in(request))


def _show(request: HttpRequest, actor: Actor, problem: str = "") -> HttpResponse:
    saved, made = saving.list_saved(actor), saving.list_made(actor)
    context: dict[str, Any] = {
        "rail_active": "analysis",
        "saved": saved,
        "made": made,
        "figures": [{"name": one.name, "title": one.title, "counts": BASES[one.base]} for one in list_questions()],
        "schedules": _schedules(),
        "audiences": _audiences(),
        "problem": problem,
        "roles": sorted(actor.roles),
        "crumbs": [{"label": _("Analysis"), "url": "/analysis"}, {"label": _("Figures")}],
    }
    return render(request, "analysis/figures.html", context, status=422 if problem else 200)


def _schedules() -> dict[str, str]:
    return {"daily": _("every day"), "weekly": _("every Monday"), "monthly": _("on the first of the month")}


def _audiences() -> dict[str, str]:
    return {
        "private": _("only you"),
        "role": _("shared with a role"),
        "office": _("shared with your office"),
        "all": _("shared with everybody"),
    }


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save a figure under a name, for whom and when as the form says."""
    actor, form = actor_in(request), request.POST
    hour = form.get("hour", "6")
    plan = saving.Plan(
        name=form.get("name", ""),
        audience=form.get("audience", "private"),
        role=form.get("role", ""),
        schedule=form.get("schedule", ""),
        hour=int(hour) if hour.isascii() and hour.isdigit() and len(hour) < 3 else -1,
        format=form.get("format", "pdf"),
    )
    try:
        saving.save_figure(actor, address=form.get("address", ""), plan=plan)
    except Invalid as error:
        return _show(request, actor, str(error_text(error, actor.language)))
    return HttpResponseRedirect(LIST)


@require_POST
def act_saved(request: HttpRequest, saved_id: UUID, name: str) -> HttpResponse:
    """Remove one's own saved figure, or move it up or down."""
    actor = actor_in(request)
    if name == "remove":
        saving.remove_figure(actor, saved_id=saved_id)
    elif name in ("up", "down"):
        saving.move_figure(actor, saved_id=saved_id, up=name == "up")
    else:
        raise NotFound()
    return HttpResponseRedirect(LIST)


@require_POST
def arrange(request: HttpRequest) -> HttpResponse:
    """Keep the order of one's own saved figures."""
    actor = actor_in(request)
    try:
        order = [UUID(part) for part in request.POST.get("order", "").split(",")[: saving.MOST_SAVED] if part]
    except ValueError:
        raise NotFound("saved_figure.not_found") from None
    saving.arrange_figures(actor, order=order)
    return HttpResponse(status=204)


@require_GET
def made_file(request: HttpRequest, made_id: UUID) -> HttpResponse:
    """Hand out a file that the worker made."""
    made = take_made(actor_in(request), made_id=made_id)
    headers = {"Content-Disposition": content_disposition_header(True, made.name) or "attachment"}
    return HttpResponse(made.content, content_type=made.content_type, headers=headers)
