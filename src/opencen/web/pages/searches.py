"""Saved searches and what is new to them: where the bell leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, NotFound
from opencen.records.saved import services
from opencen.records.saved.queries import AlertView, list_alerts, list_saved
from opencen.records.texts import error_text
from opencen.records.watches.queries import asked_of, reviews_for
from opencen.seizures.titles import record_title
from opencen.web.actors import actor_in
from opencen.web.pages.investigations.panels import notice_rows
from opencen.web.pages.watches import watch_row

SHOWN = 10


@require_http_methods(["GET", "POST"])
def searches_page(request: HttpRequest) -> HttpResponse:
    """List saved searches with what is new in each; posted, save one."""
    actor = actor_in(request)
    problem = ""
    if request.method == "POST":
        problem = _save(request, actor)
        if not problem:
            return HttpResponseRedirect("/searches")
    by_search: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for alert in list_alerts(actor):
        by_search[alert.search].append(alert_row(alert, actor.language))
    searches = [
        {"saved": saved, "alerts": by_search[saved.id][:SHOWN], "more": max(0, saved.new - SHOWN)}
        for saved in list_saved(actor)
    ]
    searches.sort(key=lambda found: not found["alerts"])
    context = {
        "rail_active": "",
        "searches": searches,
        "problem": problem,
        "notices": notice_rows(actor),
        "watches_asked": [watch_row(view, actor.language) for view in asked_of(actor)],
        "reviews": reviews_for(actor),
        "has_news": any(found["alerts"] for found in searches),
    }
    return render(request, "records/searches.html", context, status=422 if problem else 200)


def _save(request: HttpRequest, actor: Actor) -> str:
    form = request.POST
    try:
        services.save_search(
            actor,
            kind=form.get("kind", ""),
            name=form.get("name", ""),
            query=form.get("query", ""),
            audience=form.get("audience", "private"),
            follows="follows" in form,
        )
    except Invalid as error:
        return error_text(error, actor.language)
    return ""


@require_POST
def act(request: HttpRequest, search_id: UUID, name: str) -> HttpResponse:
    """Follow, leave or remove a saved search, or mark what is new in it as seen."""
    actor = actor_in(request)
    acts: dict[str, Callable[[], object]] = {
        "follow": lambda: services.follow_search(actor, search_id=search_id, follows=True),
        "leave": lambda: services.follow_search(actor, search_id=search_id, follows=False),
        "remove": lambda: services.remove_search(actor, search_id=search_id),
        "seen": lambda: services.mark_seen(actor, search_id=search_id),
    }
    if name not in acts:
        raise NotFound()
    acts[name]()
    return HttpResponseRedirect("/searches")


@require_POST
def mark_all(request: HttpRequest) -> HttpResponse:
    """Mark everything new as seen."""
    services.mark_seen(actor_in(request))
    return HttpResponseRedirect("/searches")


def alert_row(alert: AlertView, language: str) -> dict[str, Any]:
    """Return what is new as pages show it."""
    return {
        "url": alert.url,
        "reference": alert.reference,
        "title": record_title(alert.type, alert.summary, language),
        "state": alert.state,
        "at": alert.at,
    }
