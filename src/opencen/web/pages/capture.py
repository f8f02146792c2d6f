"""The page that carries the entry application."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from opencen.capture.messages import messages_in
from opencen.records.queries import get_record
from opencen.records.types import domain
from opencen.web.actors import actor_in

PLACES = {"case": "seizures", "control": "controls"}


@require_safe
def new_entry(request: HttpRequest, kind: str) -> HttpResponse:
    """Open the entry application for a new record."""
    return _show(request, kind, "")


@require_safe
def edit_entry(request: HttpRequest, kind: str, record_id: UUID) -> HttpResponse:
    """Open the entry application for a record that one may see, or for a draft that only this device knows."""
    if "draft" not in request.GET:
        get_record(actor_in(request), kind, record_id)
    return _show(request, kind, str(record_id))


def _show(request: HttpRequest, kind: str, record_id: str) -> HttpResponse:
    actor = actor_in(request)
    domain(kind)
    actor.require(f"{kind}:record")
    context = {
        "rail_active": PLACES.get(kind, "home"),
        "kind": kind,
        "record_id": record_id,
        "language": actor.language,
        "csrf": get_token(request),
        "messages_json": messages_in(actor.language),
        "direction_rtl": get_language_bidi(),
    }
    return render(request, "capture/entry.html", context)
