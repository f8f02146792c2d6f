"""What leaves the page of an investigation as a file: its deadlines for a calendar, and the whole on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from opencen.investigations.deadlines import calendar_of, my_deadlines
from opencen.printing.investigation_file import print_investigation
from opencen.web.actors import actor_in


@require_safe
def calendar(request: HttpRequest, investigation_id: UUID) -> HttpResponse:
    """Hand the deadlines of an investigation out as a calendar file."""
    name, content = calendar_of(actor_in(request), investigation_id)
    return _calendar(name, content)


@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Hand one's own tasks out as a calendar file."""
    name, content = my_deadlines(actor_in(request))
    return _calendar(name, content)


@require_safe
def print_file(request: HttpRequest, investigation_id: UUID) -> HttpResponse:
    """Set the whole investigation as a PDF, in the language asked for."""
    name, content = print_investigation(actor_in(request), investigation_id, language=request.GET.get("language", ""))
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _calendar(name: str, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
