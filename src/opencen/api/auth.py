"""Who calls the API: a signed-in user's session with its CSRF token, or a scoped token."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from opencen.accounts.queries import actor_of_token
from opencen.kernel.actor import Actor


class SessionActor(APIKeyCookie):
    """Take the actor of the session; a change needs the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Return the session's actor."""
        found: Actor | None = getattr(request, "actor", None)
        return found


class TokenActor(HttpBearer):
    """Take the actor behind a bearer token."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the token's actor, within its scopes."""
        return actor_of_token(token)


def caller(request: HttpRequest) -> Actor:
    """Return the actor that authentication found."""
    found: Any = request.auth  # type: ignore[attr-defined]  # set by Ninja
    assert isinstance(found, Actor)
    return found
