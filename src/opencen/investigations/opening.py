"""Opening an investigation: its record through the one door, its closed group, its team and its first stage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from opencen.accounts.models import User
from opencen.accounts.queries import office_tree
from opencen.accounts.services import set_compartment
from opencen.investigations.access import KIND, check_person, find, read_text
from opencen.investigations.events import OPENED
from opencen.investigations.journal import add_line
from opencen.investigations.linking import link_seen
from opencen.investigations.models import Investigation, Member
from opencen.investigations.notices import tell
from opencen.investigations.permissions import RECORD_INVESTIGATIONS
from opencen.investigations.templating import Stage, Template, find_template
from opencen.kernel.actor import Actor, system_actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, NotFound
from opencen.kernel.ids import uuid7
from opencen.log.service import record_act, service
from opencen.records.intake import SubmissionIn, submit
from opencen.records.lock import visible_to
from opencen.records.models import Record
from opencen.records.types import domain

MOST_MEMBERS = 50


@dataclass(frozen=True, slots=True)
class NewInvestigation:
    """What is said when an investigation is opened; who opens it leads it where nobody else is named."""

    title: str
    template: str
    purpose: str = ""
    lead: UUID | None = None
    members: tuple[UUID, ...] = ()
    record: UUID | None = None
    how: str = "hand"
    background: str = ""


@service(RECORD_INVESTIGATIONS)
def open_investigation(actor: Actor, *, new: NewInvestigation) -> Investigation:
    """Open an investigation in a closed group of its own, whose members are the team."""
    domain(KIND)
    template = find_template(new.template)
    lead = User.objects.filter(pk=new.lead or actor.id).first()
    if lead is None or lead.office_id is None:
        raise Invalid("investigation.person_unknown", path="lead")
    if len(new.members) > MOST_MEMBERS:
        raise Invalid("investigation.team_large", path="members", limit=MOST_MEMBERS)
    origin = _origin(actor, new.record)
    row = _make_row(actor, new, template, lead)
    insider = replace(actor, compartments=actor.compartments | {row.compartment_id})
    _state(insider, row, new, template, lead)
    for user_id in dict.fromkeys((lead.id, *new.members)):
        check_person(user_id, Record.objects.get(pk=row.pk), "members")
        role = "lead" if user_id == lead.id else "officer"
        member = Member.objects.create(investigation=row, user_id=user_id, role=role, since=now())
        if user_id not in (actor.id, lead.id):
            tell(user_id, row, "team", f"team:{row.pk}:{member.since.isoformat()}:{role}"[:80])
    add_line(row, actor, "opened", how=new.how, template=template.name)
    if origin is not None:
        link_seen(insider, row, origin, "")
    record_act(OPENED, KIND, row.pk, template=template.name, how=new.how, compartment=str(row.compartment_id))
    return find(insider, row.pk) if actor.kind == "user" and actor.id == lead.id else row


def _origin(actor: Actor, record_id: UUID | None) -> Record | None:
    if record_id is None:
        return None
    found = visible_to(actor).filter(pk=record_id).first()
    if found is None:
        raise NotFound("record.not_found", path="record")
    return found


def _make_row(actor: Actor, new: NewInvestigation, template: Template, lead: User) -> Investigation:
    """Make the closed group and the first stage."""
    record_id, at = uuid7(), now()
    group = set_compartment(
        system_actor("accounts:manage"), name=f"investigation {record_id}", members=[lead.id, *new.members]
    )
    first = template.stages[0]
    return Investigation.objects.create(
        record_id=record_id,
        compartment_id=group.id,
        template=template.name,
        stage=first.key,
        stage_since=at,
        stage_due=due_of(first, at.date()),
        lead_id=lead.id,
        opened_by=actor.id,
        opened_at=at,
        opened_how=new.how,
    )


def due_of(stage: Stage, began: date) -> date | None:
    """Return the day on which a stage is due."""
    return began + timedelta(days=stage.days) if stage.days else None


def _state(actor: Actor, row: Investigation, new: NewInvestigation, template: Template, lead: User) -> None:
    """Hand the document in; what the door finds in it comes back as one error."""
    office = office_tree().by_id[lead.office_id] if lead.office_id else None
    document: dict[str, Any] = {
        "title": read_text(new.title, "title", 400),
        "offence_area": template.area,
        "office": office.code if office else None,
        "opened_on": now().astimezone(ZoneInfo(actor.time_zone)).date().isoformat(),
        "purpose": read_text(new.purpose, "purpose", 20_000, is_needed=False),
        "background": read_text(new.background, "background", 20_000, is_needed=False),
    }
    stated = {name: value for name, value in document.items() if value}
    given = SubmissionIn(KIND, row.pk, uuid7(), stated, compartment=row.compartment_id)
    receipt = submit(actor, given)
    if not receipt.is_accepted:
        worst = receipt.findings[0]
        raise Invalid(worst.code, path=worst.path, **worst.data)
