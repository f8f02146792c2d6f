"""Audit: who did what, and whether the log is sound."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from opencen.accounts import auditing
from opencen.kernel.text import whole_number
from opencen.web.actors import actor_in
from opencen.web.pages.administration.shared import perform, show


@require_http_methods(["GET", "POST"])
def audit_page(request: HttpRequest) -> HttpResponse:
    """Show the log's state and newest entries; posted, verify the whole chain."""
    actor = actor_in(request)
    actor.require("log:read")
    context: dict[str, Any] = {"verification": None}
    if request.method == "POST":
        context["verification"], _problem = perform(request, actor, {"verify": lambda: auditing.verify(actor)})
    before = request.GET.get("before", "")
    subject, act = request.GET.get("subject", "")[:64], request.GET.get("act", "")[:64]
    number = whole_number(before, 0, 10**17) or None
    entries = auditing.list_entries(actor, before=number, subject=subject, act=act)
    context |= {
        "log": auditing.log_state(actor),
        "entries": entries,
        "subject": subject,
        "act_name": act,
        "older": entries[-1].number if len(entries) == auditing.PAGE else None,
    }
    return show(request, actor, "audit", context)
