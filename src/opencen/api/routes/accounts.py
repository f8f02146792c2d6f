"""Oneself, users, offices, roles and tokens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from opencen.accounts import services
from opencen.accounts.permissions import PERMISSIONS
from opencen.accounts.queries import UserInfo, find_user, list_tokens, list_users, office_tree
from opencen.accounts.roles import ROLES
from opencen.api.answers.entry import RolesAnswer
from opencen.api.answers.system import (
    AccountAnswer,
    GrantAnswer,
    GrantEnded,
    OfficeAdded,
    OfficeAnswer,
    OneTimePassword,
    PreferencesAnswer,
    Revoked,
    TokenMade,
    TokensAnswer,
    UserAdded,
    UsersAnswer,
)
from opencen.api.auth import SESSION_ONLY, caller
from opencen.api.pages import PageQuery, part_of, plain
from opencen.kernel.actor import Actor

router = Router()


class Preferences(Schema):
    """One's own language and time zone."""

    language: str | None = Field(None, max_length=8)
    time_zone: str | None = Field(None, max_length=64)


class TokenBody(Schema):
    """A token for a program."""

    name: str = Field(min_length=1, max_length=120)
    scopes: list[str] = Field(min_length=1, max_length=60)
    days: int = Field(90, ge=1, le=366)


class UserBody(Schema):
    """A new user."""

    username: str = Field(min_length=3, max_length=64)
    name: str = Field(min_length=1, max_length=120)
    office_id: UUID
    language: str = Field("en", max_length=8)


class UserChange(Schema):
    """Close or reopen an account, or set its clearance."""

    is_active: bool | None = None
    clearance: int | None = Field(None, ge=0, le=3)


class GrantBody(Schema):
    """A role over an office and everything below it."""

    role: str = Field(max_length=32)
    office_id: UUID
    until: AwareDatetime | None = None


class OfficeBody(Schema):
    """A new office; its code stands in every reference, so it never changes."""

    code: str = Field(min_length=2, max_length=8)
    name: str = Field(min_length=1, max_length=120)
    country: str = Field(min_length=2, max_length=2)
    parent: UUID | None = None
    kind: str = Field("office", max_length=16)
    location_type: str = Field("", max_length=64)
    place: str = Field("", max_length=8)
    time_zone: str = Field("UTC", max_length=64)
    labels: dict[str, str] = Field(default_factory=dict, max_length=10)


class OfficeNames(Schema):
    """The names of an office: its own, and those in other languages by their code."""

    name: str = Field(min_length=1, max_length=120)
    labels: dict[str, str] = Field(default_factory=dict, max_length=10)


@router.get("/account", response=AccountAnswer, summary="Say who calls, and what one may do")
def read_account(request: HttpRequest) -> dict[str, Any]:
    """Return oneself."""
    return _actor_json(caller(request))


@router.patch("/account", auth=SESSION_ONLY, response=PreferencesAnswer, summary="Choose one's language and time zone")
def set_preferences(request: HttpRequest, body: Preferences) -> dict[str, Any]:
    """Change one's preferences."""
    actor = caller(request)
    services.set_preferences(actor, language=body.language, time_zone=body.time_zone)
    return {"language": body.language or actor.language, "time_zone": body.time_zone or actor.time_zone}


@router.get("/account/tokens", response=TokensAnswer, summary="List one's tokens")
def list_own_tokens(request: HttpRequest, asked: Query[PageQuery]) -> dict[str, Any]:
    """Return names and scopes; secrets are shown once, when a token is made."""
    actor = caller(request)
    actor.require("account:own")
    names = ("id", "name", "scopes", "created_at", "expires_at", "revoked_at")
    return part_of([{name: getattr(token, name) for name in names} for token in list_tokens(actor)], asked)


@router.post(
    "/account/tokens",
    auth=SESSION_ONLY,
    response=TokenMade,
    summary="Make a token: only for a person who has signed in",
)
def make_token(request: HttpRequest, body: TokenBody) -> dict[str, Any]:
    """Make a token within what one may do; its secret is shown this once."""
    token, secret = services.make_token(caller(request), name=body.name, scopes=body.scopes, days=body.days)
    return {"id": token.id, "secret": secret, "scopes": token.scopes, "expires_at": token.expires_at}


@router.delete("/account/tokens/{uuid:token_id}", response=Revoked, summary="Revoke one of one's tokens")
def revoke_token(request: HttpRequest, token_id: UUID) -> dict[str, Any]:
    """Revoke a token."""
    services.revoke_token(caller(request), token_id=token_id)
    return {"id": token_id, "is_revoked": True}


@router.get("/roles", response=RolesAnswer, summary="List roles and permissions")
def list_roles(request: HttpRequest) -> dict[str, Any]:
    """Return the permission catalogue and what each role holds of it."""
    caller(request)
    return {
        "permissions": [plain(found) for found in PERMISSIONS],
        "roles": {name: list(held) for name, held in ROLES.items()},
    }


@router.get("/offices", response=list[OfficeAnswer], summary="List the offices")
def list_offices(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the whole tree; offices are no secret."""
    caller(request)
    found = []
    for office in sorted(office_tree().by_id.values(), key=lambda office: office.path):
        stated = {name: value for name, value in plain(office).items() if name != "own_name"}
        found.append(stated | {"name": office.own_name, "labels": dict(office.labels)})
    return found


@router.put("/offices/{uuid:office_id}/names", response=OfficeAdded, summary="Name an office in each language")
def name_office(request: HttpRequest, office_id: UUID, body: OfficeNames) -> dict[str, Any]:
    """Call an office otherwise; its code and its records stay."""
    row = services.name_office(caller(request), office_id=office_id, name=body.name, labels=body.labels)
    return {"id": row.id, "code": row.code, "path": row.path}


@router.post("/offices", response=OfficeAdded, summary="Add an office")
def add_office(request: HttpRequest, body: OfficeBody) -> dict[str, Any]:
    """Add an office below its parent."""
    row = services.add_office(caller(request), office=services.NewOffice(**body.dict()))
    return {"id": row.id, "code": row.code, "path": row.path}


@router.get("/users", response=UsersAnswer, summary="List the users with their grants")
def read_users(request: HttpRequest, asked: Query[PageQuery]) -> dict[str, Any]:
    """Return every user by name."""
    return part_of(list_users(caller(request)), asked)


@router.post("/users", response=UserAdded, summary="Add a user")
def add_user(request: HttpRequest, body: UserBody) -> dict[str, Any]:
    """Add a user; the one-time password is shown this once and must be changed at first sign-in."""
    user, password = services.add_user(
        caller(request), username=body.username, name=body.name, office_id=body.office_id, language=body.language
    )
    return {"id": user.id, "username": user.username, "one_time_password": password}


@router.patch("/users/{uuid:user_id}", response=UserInfo, summary="Close or reopen an account, or set its clearance")
def set_user(request: HttpRequest, user_id: UUID, body: UserChange) -> dict[str, Any]:
    """Change a user."""
    actor = caller(request)
    services.set_user(actor, user_id=user_id, is_active=body.is_active, clearance=body.clearance)
    found: dict[str, Any] = plain(find_user(actor, user_id))
    return found


@router.post("/users/{uuid:user_id}/password", response=OneTimePassword, summary="Give a user a new one-time password")
def reset_password(request: HttpRequest, user_id: UUID) -> dict[str, Any]:
    """Reset a password; the new one is shown this once."""
    return {"one_time_password": services.reset_password(caller(request), user_id=user_id)}


@router.post("/users/{uuid:user_id}/grants", response=GrantAnswer, summary="Give a user a role over an office")
def grant_role(request: HttpRequest, user_id: UUID, body: GrantBody) -> dict[str, Any]:
    """Give a role; it may end by itself."""
    grant = services.grant_role(
        caller(request), user_id=user_id, role=body.role, office_id=body.office_id, until=body.until
    )
    return {"id": grant.id, "role": grant.role, "until": grant.until}


@router.delete("/grants/{uuid:grant_id}", response=GrantEnded, summary="Take a role away")
def end_grant(request: HttpRequest, grant_id: UUID) -> dict[str, Any]:
    """End a grant."""
    services.end_grant(caller(request), grant_id=grant_id)
    return {"id": grant_id, "is_ended": True}


def _actor_json(actor: Actor) -> dict[str, Any]:
    office = office_tree().by_id.get(actor.office_id) if actor.office_id else None
    return {
        "id": actor.id,
        "name": actor.name,
        "office": office.code if office else None,
        "is_national": actor.office_ids is None,
        "roles": sorted(actor.roles),
        "permissions": sorted(actor.permissions),
        "clearance": actor.clearance,
        "language": actor.language,
        "time_zone": actor.time_zone,
    }
