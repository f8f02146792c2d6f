"""Structured logs without personal data: who by id, where by path template, errors by type and place."""

from __future__ import annotations

import logging
import re
import time
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from pythonjsonlogger.json import JsonFormatter

from opencen.kernel.ids import uuid7

LOGGER = logging.getLogger("opencen.request")
REQUEST_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")
# These put paths, addresses or values into their messages; what happened is in the request's own line.
SILENCED = ("django.request", "django.security", "django.server", "axes")

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlainFormatter(JsonFormatter):
    """Write one JSON object a line; of an error only its type and places, for its text may quote a record."""

    def formatException(self, ei: ExceptionInfo) -> str:
        """Name the type and the places of an error, never its text."""
        frames = traceback.extract_tb(ei[2])
        places = [f"{frame.filename.rsplit('/opencen/')[-1]}:{frame.lineno} {frame.name}" for frame in frames]
        return " > ".join([*places, ei[0].__name__ if ei[0] else ""])


class Quiet(logging.Filter):
    """Drop the messages of libraries that would write personal data."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep errors' types and places, drop everything else."""
        if record.name.startswith(SILENCED):
            record.msg, record.args = "request failed", ()
            return record.exc_info is not None
        return True


class RequestLogMiddleware:
    """Write one line a request, and give the request the id that a person may quote."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on and note how it went."""
        given = request.headers.get("X-Request-ID", "")
        request_id = given if REQUEST_ID.match(given) else uuid7().hex
        request.request_id = request_id  # type: ignore[attr-defined]  # read by the error page
        start = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        if not request.path.startswith(("/static/", "/healthz", "/readyz")):
            LOGGER.info("request", extra=describe_request(request, response, request_id, time.perf_counter() - start))
        return response


def describe_request(
    request: HttpRequest, response: HttpResponseBase, request_id: str, seconds: float
) -> dict[str, Any]:
    """Say what a log line holds of a request."""
    match = request.resolver_match
    actor = getattr(request, "actor", None)
    return {
        "request_id": request_id,
        "method": request.method,
        "route": f"/{match.route}" if match else "none",
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "actor": str(actor.id) if actor else None,
    }
