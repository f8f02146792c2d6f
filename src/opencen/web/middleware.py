"""Puts the actor on every request, and keeps everything closed to nobody."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation

from opencen.accounts.queries import actor_of
from opencen.kernel.actor import Actor

OPEN_PATHS = ("/sign-in", "/static/", "/healthz", "/readyz", "/language", "/theme")
OWN_SIGN_IN = ("/api/", "/exchange/v1/")


class ActorMiddleware:
    """Make the signed-in user the request's actor; deny by default.

    The API and the exchange carriers decide themselves who calls; every page needs a signed-in user.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `request.actor`, speak its language and clock, or lead to the sign-in."""
        actor = self._actor(request)
        request.actor = actor  # type: ignore[attr-defined]  # Django has no typed place for it
        path = request.path_info
        if actor is None:
            if path.startswith(OPEN_PATHS) or path.startswith(OWN_SIGN_IN):
                return self.get_response(request)
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={request.get_full_path()}")
        if getattr(request.user, "must_change_password", False) and not path.startswith(
            ("/account/password", *OPEN_PATHS, "/sign-out")
        ):
            if path.startswith(OWN_SIGN_IN):
                request.actor = None  # type: ignore[attr-defined]  # a one-time password opens its own change only
                return self.get_response(request)
            return HttpResponseRedirect("/account/password")
        with translation.override(actor.language), timezone.override(ZoneInfo(actor.time_zone)):
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @staticmethod
    def _actor(request: HttpRequest) -> Actor | None:
        user = request.user
        return actor_of(user) if user.is_authenticated else None
