"""The way of an investigation: from stage to stage with what each asks for, its end by a second person, and back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from opencen.investigations.access import find, find_open, read_text, require_lead
from opencen.investigations.events import CLOSED, DEADLINE_SET, REOPENED, STAGE_MOVED
from opencen.investigations.journal import add_line
from opencen.investigations.models import Investigation, Member, Task
from opencen.investigations.notices import tell
from opencen.investigations.opening import due_of
from opencen.investigations.permissions import RECORD_INVESTIGATIONS
from opencen.investigations.templating import find_template, missing_fields
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Forbidden, Invalid
from opencen.log.service import record_act, service
from opencen.records.documents import load_revision
from opencen.records.models import MergeTask, Revision

KIND = "investigation"


@service(RECORD_INVESTIGATIONS)
def move_stage(actor: Actor, *, investigation_id: UUID, stage: str, before: str, reason: str = "") -> Investigation:
    """Move to another stage; forward, every stage that is left must have what it asks for; back needs a reason.

    `before` is the stage that was looked at: where somebody else moved it meanwhile, the move is refused.
    """
    investigation = find_open(actor, investigation_id)
    require_lead(actor, investigation)
    if investigation.stage != before:
        raise Conflict("investigation.stage_moved", path="before")
    template = find_template(investigation.template)
    wanted = template.stage(stage)
    if wanted is None or stage == before:
        raise Invalid("investigation.stage_unknown", path="stage", value=stage[:40])
    start, end = template.place(before), template.place(stage)
    if end < start:
        read_text(reason, "reason", 1000)
    document = current_document(investigation.pk)
    for left in template.stages[max(start, 0) : end]:
        if missing := missing_fields(left, document):
            raise Invalid("investigation.stage_lacks", path=missing[0], fields=[{"field": path} for path in missing])
    investigation.stage, investigation.stage_since = stage, now()
    investigation.stage_due = due_of(wanted, now().date())
    investigation.save(update_fields=["stage", "stage_since", "stage_due"])
    add_line(investigation, actor, "stage", reason.strip()[:1000], before=before, after=stage)
    record_act(STAGE_MOVED, KIND, investigation.pk, stage=stage, before=before)
    return investigation


@service(RECORD_INVESTIGATIONS)
def set_deadline(actor: Actor, *, investigation_id: UUID, due: date, reason: str) -> Investigation:
    """Set another deadline for the present stage, with the reason."""
    investigation = find_open(actor, investigation_id)
    require_lead(actor, investigation)
    was = investigation.stage_due
    investigation.stage_due = due
    investigation.save(update_fields=["stage_due"])
    add_line(investigation, actor, "deadline", read_text(reason, "reason", 1000), due=due, was=was)
    record_act(DEADLINE_SET, KIND, investigation.pk, due=due.isoformat())
    return investigation


@service(RECORD_INVESTIGATIONS)
def close_investigation(actor: Actor, *, investigation_id: UUID, reason: str) -> Investigation:
    """Close an investigation whose outcome another member has stated; open tasks are ended before."""
    investigation = find_open(actor, investigation_id)
    note = read_text(reason, "reason", 1000)
    open_tasks = Task.objects.filter(investigation=investigation, state="open").count()
    if open_tasks:
        raise Conflict("investigation.close_tasks", count=open_tasks)
    if MergeTask.objects.filter(record_id=investigation.pk, settled_at=None).exists():
        raise Conflict("record.merge_open")
    outcome = current_document(investigation.pk).get("outcome") or {}
    if not outcome.get("result"):
        raise Invalid("investigation.close_outcome", path="outcome.result")
    if actor.id == outcome_author(investigation.pk):
        raise Forbidden("investigation.close_own")
    investigation.closed_at, investigation.closed_by = now(), actor.id
    investigation.save(update_fields=["closed_at", "closed_by"])
    add_line(investigation, actor, "closed", note, result=outcome["result"])
    for user_id in Member.objects.filter(investigation=investigation, ended_at=None).values_list("user_id", flat=True):
        if user_id != actor.id:
            tell(user_id, investigation, "closed", f"closed:{investigation.pk}:{now().timestamp():.0f}")
    record_act(CLOSED, KIND, investigation.pk, result=outcome["result"])
    return investigation


@service(RECORD_INVESTIGATIONS)
def reopen_investigation(actor: Actor, *, investigation_id: UUID, reason: str) -> Investigation:
    """Open a closed investigation again, with the reason, in the stage it was closed in."""
    find(actor, investigation_id)
    investigation = Investigation.objects.select_for_update().get(pk=investigation_id)
    require_lead(actor, investigation)
    if investigation.closed_at is None:
        raise Conflict("investigation.not_closed")
    note = read_text(reason, "reason", 1000)
    investigation.closed_at = investigation.closed_by = None
    stage = find_template(investigation.template).stage(investigation.stage)
    investigation.stage_since = now()
    investigation.stage_due = due_of(stage, now().date()) if stage else None
    investigation.save(update_fields=["closed_at", "closed_by", "stage_since", "stage_due"])
    add_line(investigation, actor, "reopened", note)
    record_act(REOPENED, KIND, investigation.pk)
    return investigation


def current_document(record_id: UUID) -> dict[str, Any]:
    """Return what is stated of an investigation now."""
    row = Revision.objects.filter(record_id=record_id).order_by("-number").first()
    return load_revision(row, KIND) if row is not None else {}


def outcome_author(record_id: UUID) -> UUID | None:
    """Return who stated the outcome's result as it stands: the four-eyes rule looks at it."""
    author: UUID | None = None
    result: Any = None
    for row in Revision.objects.filter(record_id=record_id).order_by("number"):
        stated = (load_revision(row, KIND).get("outcome") or {}).get("result")
        if stated != result:
            author, result = row.author_id, stated
    return author
