"""The team: who is in it sees the investigation, and nobody else does."""

from __future__ import annotations

from uuid import UUID

from opencen.accounts.services import set_compartment
from opencen.investigations.access import ROLES, check_person, find_open, require_lead
from opencen.investigations.events import TEAM_CHANGED
from opencen.investigations.journal import add_line
from opencen.investigations.models import Investigation, Member, Task
from opencen.investigations.notices import tell
from opencen.investigations.permissions import RECORD_INVESTIGATIONS
from opencen.kernel.actor import Actor, system_actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.records.models import Record


@service(RECORD_INVESTIGATIONS)
def set_member(actor: Actor, *, investigation_id: UUID, user_id: UUID, role: str) -> Member:
    """Take somebody into the team, or give a member another part; a new lead makes the former one a deputy."""
    investigation = find_open(actor, investigation_id)
    require_lead(actor, investigation)
    if role not in ROLES:
        raise Invalid("investigation.team_role", path="role", value=role[:40])
    record = Record.objects.get(pk=investigation.pk)
    user = check_person(user_id, record, "user")
    if investigation.lead_id == user.id and role != "lead":
        raise Conflict("investigation.team_lead", path="role")
    came = {"role": role, "ended_at": None, "since": now()}
    known = Member.objects.filter(investigation=investigation, user=user, ended_at=None)
    stays = {"role": role} if known.exists() else came  # who comes back is told anew, and since that day
    member, _ = Member.objects.update_or_create(
        investigation=investigation, user=user, defaults=stays, create_defaults=came
    )
    if role == "lead" and investigation.lead_id != user.id:
        Member.objects.filter(investigation=investigation, user_id=investigation.lead_id).update(role="deputy")
        investigation.lead_id = user.id
        investigation.save(update_fields=["lead_id"])
    _close_group(investigation)
    add_line(investigation, actor, "team", user=str(user.id), role=role)
    tell(user.id, investigation, "team", f"team:{investigation.pk}:{member.since.isoformat()}:{role}"[:80])
    record_act(TEAM_CHANGED, "investigation", investigation.pk, user=str(user.id), role=role)
    return member


@service(RECORD_INVESTIGATIONS)
def end_member(actor: Actor, *, investigation_id: UUID, user_id: UUID) -> None:
    """Take somebody out of the team; open tasks are given to others first."""
    investigation = find_open(actor, investigation_id)
    require_lead(actor, investigation)
    member = Member.objects.filter(investigation=investigation, user_id=user_id, ended_at=None).first()
    if member is None:
        raise NotFound("investigation.member_unknown", path="user")
    if investigation.lead_id == user_id:
        raise Conflict("investigation.team_lead", path="user")
    waiting = Task.objects.filter(investigation=investigation, assignee_id=user_id, state="open").count()
    if waiting:
        raise Conflict("investigation.team_tasks", path="user", count=waiting)
    member.ended_at = now()
    member.save(update_fields=["ended_at"])
    _close_group(investigation)
    add_line(investigation, actor, "team", user=str(user_id), ended=True)
    record_act(TEAM_CHANGED, "investigation", investigation.pk, user=str(user_id), ended=True)


def _close_group(investigation: Investigation) -> None:
    """Make the closed group what the team is now."""
    members = Member.objects.filter(investigation=investigation, ended_at=None).values_list("user_id", flat=True)
    keeper = system_actor("accounts:manage")
    name = f"investigation {investigation.pk}"
    set_compartment(keeper, name=name, members=list(members), compartment_id=investigation.compartment_id)
