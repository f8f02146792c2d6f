"""The page of one check."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opencen.seizures.queries import get_control
from opencen.web.actors import actor_in


@require_safe
def control_page(request: HttpRequest, control_id: UUID) -> HttpResponse:
    """Show a check with everything it states."""
    found = get_control(actor_in(request), control_id)
    return render(request, "seizures/control.html", {"rail_active": "controls", "found": found, "row": found.row})
