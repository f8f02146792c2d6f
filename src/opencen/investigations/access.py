"""Who reaches an investigation: through the lock, by the team, and why somebody else cannot be given a part of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of, office_tree
from opencen.investigations.models import Investigation, Member
from opencen.investigations.permissions import READ_INVESTIGATIONS
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.records.lock import lock_condition, lock_terms
from opencen.records.models import Record
from opencen.records.types import domain

KIND = "investigation"
LEADING = ("lead", "deputy")
ROLES = ("lead", "deputy", "officer")


def seen_by(actor: Actor) -> QuerySet[Investigation]:
    """Return the investigations that exist for an actor, each with its record's head."""
    lock = lock_condition(lock_terms(actor), "record__")
    return Investigation.objects.select_related("record").filter(lock)


def find(actor: Actor, investigation_id: UUID) -> Investigation:
    """Return an investigation, or NotFound: also for one that this actor may not see."""
    domain(KIND)
    actor.require(READ_INVESTIGATIONS)
    found = seen_by(actor).filter(pk=investigation_id).first()
    if found is None:
        raise NotFound("investigation.not_found")
    return found


def find_open(actor: Actor, investigation_id: UUID) -> Investigation:
    """Return an investigation that is worked on, locked until the act is done; a closed one is reopened first."""
    find(actor, investigation_id)
    found = Investigation.objects.select_for_update().get(pk=investigation_id)
    if found.closed_at is not None:
        raise Conflict("investigation.closed")
    return found


def role_in(actor: Actor, investigation: Investigation) -> str:
    """Return what an actor is in the team; nothing for somebody who is not in it."""
    rows = Member.objects.filter(investigation=investigation, user_id=actor.id, ended_at=None)
    return rows.values_list("role", flat=True).first() or ""


def require_lead(actor: Actor, investigation: Investigation) -> None:
    """Raise Forbidden unless the actor leads the investigation or deputises."""
    if role_in(actor, investigation) not in LEADING:
        raise Forbidden("investigation.lead_only")


def check_person(user_id: UUID, record: Record, path: str) -> User:
    """Return somebody who could see an investigation once in its team, or say why that is not so."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Invalid("investigation.person_unknown", path=path)
    if not user.is_active:
        raise Invalid("investigation.person_closed", path=path, name=user.name)
    terms = lock_terms(actor_of(user))
    if KIND not in terms.types:
        raise Invalid("investigation.person_role", path=path, name=user.name)
    if terms.offices is not None and record.office_id not in terms.offices:
        office = office_tree().by_id[record.office_id]
        raise Invalid("investigation.person_office", path=path, name=user.name, office=office.name)
    if record.sensitivity > terms.clearance:
        raise Invalid("investigation.person_clearance", path=path, name=user.name)
    return user


def check_assignee(user_id: UUID, investigation: Investigation) -> User:
    """Return somebody who sees an investigation and may be given a task in it, or say why not."""
    user = check_person(user_id, investigation.record, "assignee")
    is_member = Member.objects.filter(investigation=investigation, user_id=user.id, ended_at=None).exists()
    if not is_member:
        raise Invalid("investigation.person_outside", path="assignee", name=user.name)
    return user


def today_of(actor: Actor) -> date:
    """Return the day it is where an actor is."""
    return now().astimezone(ZoneInfo(actor.time_zone)).date()


def read_text(text: str, path: str, limit: int, *, is_needed: bool = True) -> str:
    """Return a text without blanks around it, or say that it is missing or too long."""
    kept = text.replace("\x00", "").strip()
    if is_needed and not kept:
        raise Invalid("field.missing", path=path)
    if len(kept) > limit:
        raise Invalid("text.too_long", path=path, limit=limit)
    return kept
