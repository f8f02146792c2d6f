"""Reads of accounts: the office tree in memory, and the actor behind a user."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import DateTimeField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language

from opencen.accounts.models import Compartment, Grant, Office, Token, User
from opencen.accounts.roles import permissions_of
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound
from opencen.log.stamps import Stamped

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class OfficeInfo:
    """An office as forms, references and the lock use it; its name is said in the reader's language."""

    id: UUID
    code: str
    own_name: str
    parent: UUID | None
    path: str
    kind: str
    country: str
    location_type: str
    place: str
    time_zone: str
    labels: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Return the name in the language that is being spoken now."""
        return self.label(get_language() or "")

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of the office, by which it may be asked for."""
        return tuple(dict.fromkeys((self.own_name, *(text for _, text in self.labels))))

    def label(self, language: str) -> str:
        """Return the name in a language, else the one it was given first."""
        return dict(self.labels).get(language.partition("-")[0], self.own_name)


class OfficeTree:
    """All offices in memory: a country has tens to hundreds."""

    def __init__(self, offices: Iterable[OfficeInfo]) -> None:
        self.by_id = {office.id: office for office in offices}
        self.by_code = {office.code: office for office in self.by_id.values()}

    def below(self, office_id: UUID) -> frozenset[UUID]:
        """Return an office and everything below it."""
        root = self.by_id.get(office_id)
        if root is None:
            return frozenset()
        return frozenset(o.id for o in self.by_id.values() if o.path == root.path or o.path.startswith(root.path + "/"))

    def is_root(self, office_id: UUID) -> bool:
        """Tell whether an office stands at the top of the tree."""
        office = self.by_id.get(office_id)
        return office is not None and office.parent is None


def _load_offices() -> OfficeTree:
    rows = Office.objects.values_list(
        "id", "code", "name", "parent_id", "path", "kind", "country", "location_type", "place", "time_zone",
        "labels",
    )  # fmt: skip
    return OfficeTree([OfficeInfo(*row[:-1], tuple(sorted(row[-1].items()))) for row in rows])


_offices = Stamped("offices", _load_offices)


def office_tree() -> OfficeTree:
    """Return the office tree."""
    return _offices.get()


def actor_of(user: User) -> Actor:
    """Make the actor behind a user: the union of the permissions and offices of all grants in force."""
    grants, compartments = _held_by(user)
    tree = office_tree()
    is_national = any(tree.is_root(office_id) for _, office_id in grants)
    offices = frozenset[UUID]().union(*(tree.below(office_id) for _, office_id in grants))
    return Actor(
        id=user.id,
        kind="user",
        name=user.name,
        office_id=user.office_id,
        office_ids=None if is_national else offices,
        permissions=frozenset({"account:own"}).union(*(permissions_of(role) for role, _ in grants)),
        clearance=user.clearance,
        compartments=compartments,
        language=user.language,
        time_zone=user.time_zone,
        roles=frozenset(role for role, _ in grants),
    )


def _held_by(user: User) -> tuple[list[tuple[str, UUID]], frozenset[UUID]]:
    """Return (role, office) of the grants in force and the closed groups of a user, by one question of the database."""
    never = Cast(Value(None), DateTimeField())
    granted = Grant.objects.filter(user_id=user.id).values_list("role", "office_id", "until")
    closed = Compartment.members.through.objects.filter(user_id=user.id)
    rows = granted.union(closed.values_list(Value(""), "compartment_id", never), all=True)
    in_force = [(role, key) for role, key, until in rows if until is None or until > now()]
    return [row for row in in_force if row[0]], frozenset(key for role, key in in_force if not role)


def actor_named(username: str) -> Actor | None:
    """Return the actor behind an active user by the name it signs in with."""
    found = User.objects.filter(username=username, is_active=True).first()
    return actor_of(found) if found is not None else None


def actors_of(ids: Iterable[UUID]) -> list[Actor]:
    """Return the actors behind those of some users whose accounts are open."""
    return [actor_of(user) for user in User.objects.filter(id__in=set(ids), is_active=True).order_by("id")]


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the display names of users by id, in one query."""
    return dict(User.objects.filter(id__in=set(ids)).values_list("id", "name"))


def name_of_user(field: str) -> Coalesce:
    """Return the display name of the user that a field of a larger question names."""
    return Coalesce(Subquery(User.objects.filter(pk=OuterRef(field)).values("name")[:1]), Value(""))


@dataclass(frozen=True, slots=True)
class UserInfo:
    """A user as administration shows it."""

    id: UUID
    username: str
    name: str
    office: str
    language: str
    clearance: int
    is_active: bool
    roles: tuple[tuple[UUID, str, str], ...]


def list_users(actor: Actor) -> list[UserInfo]:
    """List every user with its grants."""
    actor.require("accounts:manage")
    tree = office_tree()
    grants: dict[UUID, list[tuple[UUID, str, str]]] = {}
    for grant in Grant.objects.order_by("role"):
        grants.setdefault(grant.user_id, []).append((grant.id, grant.role, tree.by_id[grant.office_id].code))
    users = User.objects.order_by("name", "username")
    return [_user_info(user, tree, tuple(grants.get(user.id, ()))) for user in users]


def find_user(actor: Actor, user_id: UUID) -> UserInfo:
    """Return one user with its grants, or raise NotFound."""
    found = next((user for user in list_users(actor) if user.id == user_id), None)
    if found is None:
        raise NotFound("user.unknown")
    return found


def _user_info(user: User, tree: OfficeTree, grants: tuple[tuple[UUID, str, str], ...]) -> UserInfo:
    office = tree.by_id.get(user.office_id) if user.office_id else None
    name = office.name if office else ""
    return UserInfo(user.id, user.username, user.name, name, user.language, user.clearance, user.is_active, grants)


def actor_of_token(secret: str) -> Actor | None:
    """Return the actor behind a token: its user's actor with no more than the token's scopes."""
    found = Token.objects.select_related("user").filter(digest=token_digest(secret), revoked_at=None).first()
    if found is None or found.expires_at <= now() or not found.user.is_active:
        return None
    actor = actor_of(found.user)
    return replace(actor, permissions=actor.permissions & frozenset(found.scopes))


def token_digest(secret: str) -> str:
    """Return the digest by which a token is found; tokens are random, so a plain hash suffices."""
    return sha256(secret.encode()).hexdigest()


def draft_key_of(actor: Actor) -> tuple[str, str]:
    """Return the key (id, base64) under which the actor's drafts on a device are encrypted."""
    user = User.objects.get(pk=actor.id)
    return sha256(user.draft_key.encode()).hexdigest()[:16], user.draft_key


def list_tokens(actor: Actor) -> list[Token]:
    """List one's own tokens, newest first."""
    return list(Token.objects.filter(user_id=actor.id).order_by("-created_at"))
