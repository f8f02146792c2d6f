"""Tell a supervisor whether this process lives and whether it can answer."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from opencen.config.heartbeat import read_heartbeat
from opencen.config.migration import list_pending


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process lives; touches nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and is up to date; say how the worker is."""
    state = {"database": describe_database(), "worker": describe_worker()}
    return JsonResponse(state, status=200 if state["database"] == "ready" else 503)


def describe_database() -> str:
    """Name the database's state: ready, behind, or away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "behind" if list_pending() else "ready"
    except DatabaseError:
        return "away"


def describe_worker() -> str:
    """Name the worker's state: running, failing, or silent."""
    beat = read_heartbeat()
    if beat is None or beat.age_seconds > 30:
        return "silent"
    return "failing" if beat.failing else "running"
