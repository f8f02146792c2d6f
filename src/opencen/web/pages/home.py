"""Home: what others wait for comes first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from opencen.capture.messages import messages_in
from opencen.records.saved.queries import list_alerts
from opencen.records.types import domain_names
from opencen.records.watches.queries import asked_of, reviews_for
from opencen.seizures.queries import home as home_query
from opencen.web.actors import actor_in
from opencen.web.pages.deadlines import home_deadlines
from opencen.web.pages.investigations.panels import home_tasks
from opencen.web.pages.searches import alert_row
from opencen.web.pages.watches import watch_row

NEWS = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show returned cases, drafts, recent cases and the own unit's week."""
    actor = actor_in(request)
    names = domain_names()
    news = list_alerts(actor, NEWS) if names else []
    context = {
        "rail_active": "home",
        "news": [alert_row(alert, actor.language) for alert in news],
        "today": timezone.localtime(),
        "has_cases": "case" in names,
        "may_record": "case" in names and actor.may("case:record"),
        "may_check": "control" in names and actor.may("control:record"),
        "messages_json": messages_in(actor.language),
        "tasks": home_tasks(actor),
        "deadlines": home_deadlines(actor) if "case" in names else [],
        "watches_asked": [watch_row(view, actor.language) for view in asked_of(actor)],
        "reviews": reviews_for(actor),
        "home": home_query(actor) if "case" in names and actor.may("case:read") else None,
    }
    return render(request, "home.html", context)
