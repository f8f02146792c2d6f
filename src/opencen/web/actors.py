"""The actor of a page's request."""

from __future__ import annotations

from django.http import HttpRequest

from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound


def actor_in(request: HttpRequest) -> Actor:
    """Return the signed-in actor; the middleware lets nobody else reach a page."""
    found: Actor | None = getattr(request, "actor", None)
    if found is None:
        raise NotFound()
    return found
