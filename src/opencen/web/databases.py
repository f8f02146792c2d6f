"""Pages of a database that is not installed do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from opencen.records.types import domain

View = Callable[..., HttpResponse]


def needs(database: str, view: View) -> View:
    """Answer "not found" where a database is off, before anything else is asked."""

    @wraps(view)
    def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        domain(database)
        return view(request, *args, **kwargs)

    return call
