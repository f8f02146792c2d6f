"""Who calls the API: a signed-in user's session with its CSRF token, or a scoped token; and how often."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from opencen.accounts.queries import actor_of_token, token_digest
from opencen.api.limits import count_call, count_failure
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.records.types import domain_names


class SessionActor(APIKeyCookie):
    """Take the actor of the session; a change needs the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Return the session's actor."""
        found: Actor | None = getattr(request, "actor", None)
        if found is not None:
            count_call(f"user:{found.id}")
        return found


class TokenActor(HttpBearer):
    """Take the actor behind a bearer token."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the token's actor, within its scopes; who guesses is slowed down."""
        source = str(request.META.get("REMOTE_ADDR", ""))
        count_failure(source, is_new=False)
        found = actor_of_token(token)
        if found is None:
            count_failure(source, is_new=True)
            return None
        count_call(f"token:{token_digest(token)}")
        return found


SESSION_ONLY = [SessionActor()]


def caller(request: HttpRequest) -> Actor:
    """Return the actor that authentication found."""
    found: Any = request.auth  # type: ignore[attr-defined]  # set by Ninja
    assert isinstance(found, Actor)
    return found


def caller_where(request: HttpRequest, database: str) -> Actor:
    """Return who calls, where a database is installed; what is off answers as if it were not there."""
    actor = caller(request)
    if database not in domain_names():
        raise NotFound()
    return actor


def caller_of(request: HttpRequest) -> Actor | None:
    """Return who calls an address outside the API's own routes, by the same two ways."""
    header = request.headers.get("Authorization", "")
    kind, _, token = header.partition(" ")
    if kind.lower() == "bearer":
        return TokenActor().authenticate(request, token)
    return SessionActor().authenticate(request, None)
