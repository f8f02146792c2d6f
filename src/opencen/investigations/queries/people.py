"""Who may be asked into a team: the people of this service whose role reads investigations."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from opencen.accounts.models import Grant
from opencen.accounts.roles import ROLES, permissions_of
from opencen.investigations.permissions import READ_INVESTIGATIONS
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now

MOST = 500


def people_for(actor: Actor) -> list[tuple[UUID, str, str]]:
    """Return (id, name, office) of active people who hold a role that reads investigations, by name."""
    actor.require(READ_INVESTIGATIONS)
    return people_with_role()


def people_with_role() -> list[tuple[UUID, str, str]]:
    """List them, whoever asks."""
    reading = [role for role in ROLES if READ_INVESTIGATIONS in permissions_of(role)]
    rows = Grant.objects.filter(Q(until=None) | Q(until__gt=now()), role__in=reading, user__is_active=True)
    found = rows.order_by("user__name").values_list("user_id", "user__name", "user__office__name").distinct()[:MOST]
    return [(user_id, name, office or "") for user_id, name, office in found]
