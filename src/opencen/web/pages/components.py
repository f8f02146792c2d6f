"""The page of the design system: every part of the pages in its states, for those who build or translate them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opencen.web.components import sample_parts


@require_safe
def show_components(request: HttpRequest) -> HttpResponse:
    """Show every part with invented content; any signed-in user may look."""
    return render(request, "components.html", sample_parts())
