"""Error pages: a foreign record and one that is not there answer alike."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from opencen.kernel.errors import OpenCenError
from opencen.records.texts import error_text


class ErrorMiddleware:
    """Turn an error of the domain, raised in a page, into a page that says what would be right."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a domain error with its status and text; anything else is Django's to report."""
        if not isinstance(error, OpenCenError):
            return None
        actor = getattr(request, "actor", None)
        text = error_text(error, actor.language if actor else "en")
        return show(request, error.status, text)


def show(request: HttpRequest, status: int, text: str) -> HttpResponse:
    """Render the error page."""
    titles = {404: _("Not found"), 403: _("Not allowed"), 409: _("It changed meanwhile"), 429: _("Too many requests")}
    title = titles.get(status, _("That did not work"))
    return render(request, "errors/error.html", {"title": title, "text": text}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for a page that does not exist."""
    return show(request, 404, _("There is nothing here that you may see."))


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for an act that is not allowed."""
    return show(request, 403, _("Your role does not include this."))


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of ours; nothing was stored."""
    return show(request, 500, _("Something failed on our side. Nothing was stored; please try again."))
