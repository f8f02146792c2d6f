"""Acts upon accounts: offices, users, grants, tokens, and signing in."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from opencen.accounts.events import (
    COMPARTMENT_CHANGED,
    GRANT_ENDED,
    GRANTED,
    OFFICE_ADDED,
    OFFICE_NAMED,
    PASSWORD_SET,
    SIGNED_IN,
    SIGNED_OUT,
    TOKEN_MADE,
    TOKEN_REVOKED,
    USER_ADDED,
    USER_CHANGED,
)
from opencen.accounts.models import Compartment, Grant, Office, Token, User
from opencen.accounts.queries import token_digest
from opencen.accounts.roles import ROLES
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.kernel.languages import LANGUAGES
from opencen.log.service import record_act, service
from opencen.log.stamps import change_stamp

TOKEN_PREFIX = "oct_"  # noqa: S105 - a mark by which a leaked token is recognised, not a secret
MAX_TOKEN_DAYS = 366
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]")
COUNTRY = re.compile(r"[A-Z]{2}")
HIGHEST_CLEARANCE = 3
LONGEST_NAME = 120
LONGEST_PASSWORD = 256


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What is stated of a new office."""

    code: str
    name: str
    country: str
    parent: UUID | None = None
    kind: str = "office"
    location_type: str = ""
    place: str = ""
    time_zone: str = "UTC"
    labels: Mapping[str, str] = field(default_factory=dict)


@service("accounts:manage")
def add_office(actor: Actor, *, office: NewOffice) -> Office:
    """Add an office below its parent; its code stands in every reference, so it never changes."""
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,7}", office.code):
        raise Invalid("office.code_shape", path="code", value=office.code[:40])
    if not COUNTRY.fullmatch(office.country):
        raise Invalid("office.country_shape", path="country", value=office.country[:40])
    _check_length("name", office.name, LONGEST_NAME)
    for path, limit in (("kind", 16), ("location_type", 64), ("place", 8)):
        _check_length(path, getattr(office, path), limit, is_needed=False)
    _check_zone(office.time_zone)
    if Office.objects.filter(code=office.code).exists():
        raise Conflict("office.code_taken", path="code", value=office.code)
    parent = Office.objects.filter(pk=office.parent).first() if office.parent else None
    if office.parent and parent is None:
        raise NotFound("office.unknown", path="parent")
    path = f"{parent.path}/{office.code}" if parent else office.code
    _check_length("parent", path, 200)
    row = Office.objects.create(
        code=office.code,
        name=office.name.strip(),
        labels=_labels(office.labels),
        parent=parent,
        path=path,
        kind=office.kind,
        country=office.country,
        location_type=office.location_type,
        place=office.place,
        time_zone=office.time_zone,
        opened_on=now().date(),
    )
    change_stamp("offices")
    record_act(OFFICE_ADDED, "office", row.id)
    return row


@service("accounts:manage")
def name_office(actor: Actor, *, office_id: UUID, name: str, labels: Mapping[str, str]) -> Office:
    """Call an office otherwise, or by its names in other languages; its code and its records stay."""
    _check_length("name", name, LONGEST_NAME)
    office = Office.objects.filter(pk=office_id).first()
    if office is None:
        raise NotFound("office.unknown", path="office")
    office.name, office.labels = name.strip(), _labels(labels)
    office.save(update_fields=["name", "labels"])
    change_stamp("offices")
    record_act(OFFICE_NAMED, "office", office.id, languages=sorted(office.labels))
    return office


def _labels(labels: Mapping[str, str]) -> dict[str, str]:
    kept = {language: text.strip() for language, text in labels.items() if text.strip()}
    for language, text in kept.items():
        if language not in LANGUAGES:
            raise Invalid("user.language_unknown", path="labels", value=language[:20])
        _check_length(f"labels.{language}", text, LONGEST_NAME)
    return kept


@service("accounts:manage")
def add_user(
    actor: Actor, *, username: str, name: str, office_id: UUID, language: str = "en", must_change: bool = True
) -> tuple[User, str]:
    """Add a user with a one-time password, shown once; the user must change it at first sign-in.

    Only the demonstration, where everybody is invented, lets its users keep the password.
    """
    if not USERNAME.fullmatch(username):
        raise Invalid("user.name_shape", path="username", value=username[:64])
    _check_length("name", name, LONGEST_NAME)
    _check_language(language)
    if User.objects.filter(username=username).exists():
        raise Conflict("user.name_taken", path="username", value=username)
    office = Office.objects.filter(pk=office_id).first()
    if office is None:
        raise NotFound("office.unknown", path="office_id")
    password = one_time_password()
    user = User(
        username=username,
        name=name,
        office=office,
        language=language,
        time_zone=office.time_zone,
        must_change_password=must_change,
        draft_key=_new_key(),
    )
    user.set_password(password)
    user.save()
    record_act(USER_ADDED, "user", user.id, office=str(office.id))
    return user, password


@service("accounts:manage")
def set_user(actor: Actor, *, user_id: UUID, is_active: bool | None = None, clearance: int | None = None) -> User:
    """Close or reopen an account, or set its clearance."""
    user = _user(user_id)
    if clearance is not None and not 0 <= clearance <= HIGHEST_CLEARANCE:
        raise Invalid("user.clearance", path="clearance", limit=HIGHEST_CLEARANCE)
    if is_active is False and user.id == actor.id:
        raise Conflict("user.own_account", path="is_active")
    changed = []
    if is_active is not None:
        user.is_active = is_active
        changed.append("is_active")
    if clearance is not None:
        user.clearance = clearance
        changed.append("clearance")
    user.save(update_fields=changed or None)
    record_act(USER_CHANGED, "user", user.id, fields=changed)
    return user


@service("accounts:manage")
def reset_password(actor: Actor, *, user_id: UUID, must_change: bool = True) -> str:
    """Give a user a new one-time password and return it; it is shown once, and changed at sign-in as in `add_user`."""
    user = _user(user_id)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
    record_act(PASSWORD_SET, "user", user.id)
    return password


@service("accounts:manage")
def grant_role(actor: Actor, *, user_id: UUID, role: str, office_id: UUID, until: datetime | None = None) -> Grant:
    """Give a user a role over an office and everything below it."""
    if role not in ROLES:
        raise Invalid("role.unknown", path="role", value=role, roles=sorted(ROLES))
    user, office = _user(user_id), Office.objects.filter(pk=office_id).first()
    if office is None:
        raise NotFound("office.unknown", path="office_id")
    grant, _ = Grant.objects.update_or_create(user=user, role=role, office=office, defaults={"until": until})
    record_act(GRANTED, "user", user.id, role=role, office=str(office.id))
    return grant


@service("accounts:manage")
def end_grant(actor: Actor, *, grant_id: UUID) -> None:
    """Take a role away."""
    grant = Grant.objects.filter(pk=grant_id).first()
    if grant is None:
        raise NotFound("grant.unknown")
    record_act(GRANT_ENDED, "user", grant.user_id, role=grant.role, office=str(grant.office_id))
    grant.delete()


@service("accounts:manage")
def set_compartment(
    actor: Actor, *, name: str, members: Iterable[UUID], compartment_id: UUID | None = None
) -> Compartment:
    """Make a compartment or replace its members."""
    if compartment_id is None:
        compartment = Compartment.objects.create(name=name)
    else:
        found = Compartment.objects.filter(pk=compartment_id).first()
        if found is None:
            raise NotFound("compartment.unknown")
        compartment = found
    users = list(User.objects.filter(pk__in=list(members)))
    compartment.members.set(users)
    record_act(COMPARTMENT_CHANGED, "compartment", compartment.id, members=len(users))
    return compartment


@service("account:own")
def change_password(actor: Actor, *, password: str) -> None:
    """Set one's own password."""
    user = _user(actor.id)
    _check_length("password", password, LONGEST_PASSWORD, is_needed=False)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("password.weak", path="password", reasons=error.messages) from None
    if user.check_password(password):
        raise Invalid("password.same", path="password")
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record_act(PASSWORD_SET, "user", user.id)


@service("account:own")
def set_preferences(actor: Actor, *, language: str | None = None, time_zone: str | None = None) -> None:
    """Set one's own language and time zone."""
    user = _user(actor.id)
    if language:
        _check_language(language)
    if time_zone:
        _check_zone(time_zone)
    user.language = language or user.language
    user.time_zone = time_zone or user.time_zone
    user.save(update_fields=["language", "time_zone"])
    record_act(USER_CHANGED, "user", user.id, fields=["language", "time_zone"])


@service("account:own")
def make_token(actor: Actor, *, name: str, scopes: Iterable[str], days: int) -> tuple[Token, str]:
    """Make a token for a program that acts for oneself, within scopes that one holds; its secret is shown once."""
    _check_length("name", name, LONGEST_NAME)
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= actor.permissions:
        raise Invalid("token.scopes", path="scopes", held=sorted(actor.permissions))
    if not 1 <= days <= MAX_TOKEN_DAYS:
        raise Invalid("token.days", path="days", limit=MAX_TOKEN_DAYS)
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    row = Token.objects.create(
        user_id=actor.id,
        name=name.strip(),
        digest=token_digest(secret),
        scopes=wanted,
        created_at=now(),
        expires_at=now() + timedelta(days=days),
    )
    record_act(TOKEN_MADE, "token", row.id, scopes=wanted, expires=row.expires_at.isoformat())
    return row, secret


@service("account:own")
def revoke_token(actor: Actor, *, token_id: UUID) -> None:
    """Revoke one of one's own tokens."""
    changed = Token.objects.filter(pk=token_id, user_id=actor.id, revoked_at=None).update(revoked_at=now())
    if not changed:
        raise NotFound("token.unknown")
    record_act(TOKEN_REVOKED, "token", token_id)


@service("account:own")
def log_sign_in(actor: Actor) -> None:
    """Record that one has signed in."""
    record_act(SIGNED_IN, "user", actor.id)


@service("account:own")
def log_sign_out(actor: Actor) -> None:
    """Record that one has signed out."""
    record_act(SIGNED_OUT, "user", actor.id)


def one_time_password() -> str:
    """Make a password of four groups that can be read out over a telephone."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))


def _check_length(path: str, text: str, limit: int, *, is_needed: bool = True) -> None:
    if is_needed and not text.strip():
        raise Invalid("field.missing", path=path)
    if len(text) > limit:
        raise Invalid("text.too_long", path=path, limit=limit)


def _check_language(language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise Invalid("user.language_unknown", path="language", value=language[:20])


def _check_zone(zone: str) -> None:
    if zone not in available_timezones():
        raise Invalid("user.time_zone_unknown", path="time_zone", value=zone[:64])


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _user(user_id: UUID) -> User:
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound("user.unknown")
    return user
