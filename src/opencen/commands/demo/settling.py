"""Settle the invented service: offices, units, users with passwords, a partner and a national field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from opencen.accounts.queries import actor_of, list_users, office_tree
from opencen.accounts.services import (
    NewOffice,
    add_office,
    add_user,
    grant_role,
    set_user,
)
from opencen.commands.demo.country import DISTRICTS, HEADQUARTERS, POSTS, UNITS, Member
from opencen.commands.demo.office_names import names_of
from opencen.kernel.actor import Actor, system_actor
from opencen.records.fields import NewField, add_field

ZONE = "Africa/Tunis"


@dataclass(frozen=True, slots=True)
class Person:
    """A user of the demonstration with the password that was given out."""

    member: Member
    actor: Actor
    password: str


def keeper() -> Actor:
    """Return who settles things before there is anybody."""
    return system_actor("accounts:manage", "fields:manage", "exchange:manage", "codelists:manage")


def settle_country() -> None:
    """Add headquarters, districts, offices and units."""
    made: dict[str, UUID] = {}

    def add(code: str, name: str, parent: str, kind: str, location: str = "", place: str = "") -> None:
        office = NewOffice(code, name, "TN", made.get(parent), kind, location, place, ZONE, names_of(code))
        made[code] = add_office(keeper(), office=office).id

    add(HEADQUARTERS, "Headquarters", "", "headquarters")
    for code, name in DISTRICTS:
        add(code, name, HEADQUARTERS, "district")
    for post in POSTS:
        add(post.code, post.name, post.district, "office", post.location, post.place)
    for code, name, above in UNITS:
        add(code, name, above, "unit")


def settle_hub() -> None:
    """Add the hub's own office; each member's records get one of their own with its card."""
    add_office(
        keeper(), office=NewOffice("HUB", "Demonstration hub", "XX", kind="headquarters", labels=names_of("HUB"))
    )


def settle_people(members: Iterable[Member]) -> dict[str, Person]:
    """Add users with a role each; they may keep the password that is printed, as nobody outside a demonstration may."""
    offices = office_tree().by_code
    people = {}
    for member in members:
        user, password = add_user(
            keeper(),
            username=member.username,
            name=member.name,
            office_id=offices[member.office].id,
            language=member.language,
            must_change=False,
        )
        grant_role(keeper(), user_id=user.id, role=member.role, office_id=offices[member.covers].id)
        if member.role in ("national_contact_point", "legal"):
            set_user(keeper(), user_id=user.id, clearance=2)
        user.refresh_from_db()
        people[member.username] = Person(member, actor_of(user), password)
    return people


def is_settled() -> bool:
    """Tell whether there are users already."""
    return bool(list_users(keeper()))


def settle_field() -> None:
    """Add a field of the country's own to the case, as an administrator would."""
    labels = {"en": "Seizure register number", "fr": "Numéro du registre des saisies"}
    add_field(keeper(), field=NewField("case", "register_number", "text", labels, nominal=False, hint="RS 000000"))
