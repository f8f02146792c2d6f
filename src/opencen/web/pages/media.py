"""Photos and documents, served from a safe place: never what a browser would run."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from opencen.records import media
from opencen.web.actors import actor_in


@require_safe
def show(request: HttpRequest, sha256: str, size: str) -> HttpResponse:
    """Show a copy without metadata, or the original to who may open it."""
    actor = actor_in(request)
    copy = (
        media.open_original(actor, sha256=sha256) if size == "original" else media.open_derivative(actor, sha256, size)
    )
    return HttpResponse(copy.content, content_type=copy.content_type, headers=media.SAFE_HEADERS)
