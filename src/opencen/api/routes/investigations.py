"""Investigations: list, open, read; tasks, log, links, team and stages; one's tasks and notices."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from opencen.api.answers.investigations import (
    InvestigationAnswer,
    InvestigationList,
    InvestigationNotice,
    InvestigationOpened,
    InvestigationState,
    MadeAnswer,
    SeenAnswer,
    TaskAnswer,
)
from opencen.api.auth import caller
from opencen.investigations import journal, linking, notices, stages, tasks, team
from opencen.investigations.access import KIND, find
from opencen.investigations.deadlines import calendar_of
from opencen.investigations.opening import NewInvestigation, open_investigation
from opencen.investigations.queries import Asked, get_investigation, list_investigations, my_notices, my_tasks
from opencen.kernel.actor import Actor
from opencen.printing.investigation_file import print_investigation
from opencen.records.types import domain

router = Router()
READ, RECORD = "investigation:read", "investigation:record"


class ListQuery(Schema):
    """What of the list is asked for."""

    text: str = Field("", max_length=400)
    area: str = Field("", max_length=60)
    stage: str = Field("", max_length=40)
    whose: Literal["", "mine", "tasks", "late"] = ""
    state: Literal["open", "closed", "all"] = "open"
    page: int = Field(1, ge=1, le=100_000)


class OpenBody(Schema):
    """A new investigation; the caller leads it."""

    title: str = Field(min_length=1, max_length=400)
    template: str = Field(max_length=40)
    purpose: str = Field("", max_length=20_000)
    members: list[UUID] = Field(default_factory=list, max_length=50)
    record: UUID | None = None


class TaskBody(Schema):
    """A new task."""

    title: str = Field(min_length=1, max_length=200)
    assignee: UUID
    due: date | None = None
    text: str = Field("", max_length=4000)


class TaskEndBody(Schema):
    """How a task ended."""

    state: Literal["done", "dropped"]
    result: str = Field(min_length=1, max_length=4000)


class TaskChangeBody(Schema):
    """Who does it now, and until when."""

    assignee: UUID | None = None
    due: date | None = None


class EntryBody(Schema):
    """A new line of the log."""

    kind: Literal["contact", "decision", "communication", "note"]
    text: str = Field(min_length=1, max_length=8000)
    at: AwareDatetime | None = None
    party: str = Field("", max_length=200)
    channel: Literal["", "telephone", "letter", "e_mail", "meeting", "message"] = ""
    direction: Literal["", "in", "out"] = ""
    corrects: UUID | None = None


class LinkBody(Schema):
    """A record by its id or reference."""

    record: str = Field(min_length=1, max_length=60)
    note: str = Field("", max_length=300)


class WhyBody(Schema):
    """Why."""

    reason: str = Field(max_length=1000)


class MemberBody(Schema):
    """A member's part."""

    role: Literal["lead", "deputy", "officer"]


class StageBody(Schema):
    """The stage to move to, and the one that was looked at."""

    stage: str = Field(max_length=40)
    before: str = Field(max_length=40)
    reason: str = Field("", max_length=1000)


class DeadlineBody(Schema):
    """Another deadline of the stage."""

    due: date
    reason: str = Field(max_length=1000)


def _worker(request: HttpRequest, permission: str, investigation_id: UUID | None = None) -> Actor:
    """Return the caller; what is off or not there for it answers so before anything else is asked."""
    actor = caller(request)
    domain(KIND)
    actor.require(permission)
    if investigation_id is not None:
        find(actor, investigation_id)
    return actor


@router.get("", response=InvestigationList, summary="List the investigations of one's teams")
def list_rows(request: HttpRequest, asked: Query[ListQuery]) -> dict[str, Any]:
    """Return one page, those due first."""
    found = list_investigations(_worker(request, READ), Asked(**asked.dict()))
    return {"total": found.total, "late": found.late, "rows": [asdict(row) for row in found.rows]}


@router.post("", response=InvestigationOpened, summary="Open an investigation in a closed group of its own")
def open_one(request: HttpRequest, body: OpenBody) -> dict[str, Any]:
    """Open it; the caller leads, the members are the team."""
    how = "case" if body.record else "hand"
    new = NewInvestigation(body.title, body.template, body.purpose, None, tuple(body.members), body.record, how)
    row = open_investigation(_worker(request, RECORD), new=new)
    return {"id": row.pk, "reference": row.record.reference}


@router.get("/tasks", response=list[TaskAnswer], summary="List one's own open tasks")
def list_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """Return them, what is overdue first."""
    return [asdict(task) for task in my_tasks(_worker(request, READ), 500)]


@router.get("/notices", response=list[InvestigationNotice], summary="List what one was told and has not marked as seen")
def list_notices(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the newest first."""
    return [
        {
            "kind": notice.kind,
            "investigation": notice.investigation_id,
            "reference": notice.investigation.record.reference,
            "task": notice.task_id,
            "at": notice.at,
        }
        for notice in my_notices(_worker(request, READ))
    ]


@router.post("/notices/seen", response=SeenAnswer, summary="Mark what one was told as seen")
def see_notices(request: HttpRequest) -> dict[str, int]:
    """Mark everything."""
    return {"seen": notices.mark_seen(_worker(request, READ))}


@router.get("/{uuid:investigation_id}", response=InvestigationAnswer, summary="Read an investigation")
def read_one(request: HttpRequest, investigation_id: UUID) -> dict[str, Any]:
    """Return the document with team, tasks, log and linked records."""
    view = get_investigation(_worker(request, READ), investigation_id)
    links = [{**asdict(link), "url": link.url} for link in view.links]
    told = asdict(view)
    del told["facts"]
    return {**told, "links": links}


@router.post("/{uuid:investigation_id}/tasks", response=MadeAnswer, summary="Give a task")
def give_task(request: HttpRequest, investigation_id: UUID, body: TaskBody) -> dict[str, UUID]:
    """Give it to somebody of the team; who would not see it is refused with the reason."""
    actor = _worker(request, RECORD, investigation_id)
    given = tasks.NewTask(body.title, body.assignee, body.due, body.text)
    return {"id": tasks.give_task(actor, investigation_id=investigation_id, task=given).id}


@router.patch("/{uuid:investigation_id}/tasks/{uuid:task_id}", response=MadeAnswer, summary="Hand a task on")
def change_task(request: HttpRequest, investigation_id: UUID, task_id: UUID, body: TaskChangeBody) -> dict[str, UUID]:
    """Give it to somebody else, or set another day."""
    actor = _worker(request, RECORD, investigation_id)
    row = tasks.hand_task_on(
        actor, investigation_id=investigation_id, task_id=task_id, assignee=body.assignee, due=body.due
    )
    return {"id": row.id}


@router.post("/{uuid:investigation_id}/tasks/{uuid:task_id}/end", response=MadeAnswer, summary="End a task")
def end_task(request: HttpRequest, investigation_id: UUID, task_id: UUID, body: TaskEndBody) -> dict[str, UUID]:
    """End it with its result, or drop it with the reason."""
    actor = _worker(request, RECORD, investigation_id)
    row = tasks.end_task(
        actor, investigation_id=investigation_id, task_id=task_id, state=body.state, result=body.result
    )
    return {"id": row.id}


@router.post("/{uuid:investigation_id}/log", response=MadeAnswer, summary="Write into the log of an investigation")
def write_entry(request: HttpRequest, investigation_id: UUID, body: EntryBody) -> dict[str, UUID]:
    """Write a line; it stays as it is, and a correction is another line that names it."""
    actor = _worker(request, RECORD, investigation_id)
    entry = journal.NewEntry(**body.dict())
    return {"id": journal.write_entry(actor, investigation_id=investigation_id, entry=entry).id}


@router.post("/{uuid:investigation_id}/links", response=MadeAnswer, summary="Link a record of any kind")
def link(request: HttpRequest, investigation_id: UUID, body: LinkBody) -> dict[str, UUID]:
    """Link a record that the caller may see."""
    actor = _worker(request, RECORD, investigation_id)
    row = linking.link_record(actor, investigation_id=investigation_id, record=body.record, note=body.note)
    return {"id": row.id}


@router.post("/{uuid:investigation_id}/links/{uuid:link_id}/end", response=MadeAnswer, summary="Take a link out")
def unlink(request: HttpRequest, investigation_id: UUID, link_id: UUID, body: WhyBody) -> dict[str, UUID]:
    """Take it out with the reason; that it was there stays in the log."""
    actor = _worker(request, RECORD, investigation_id)
    linking.unlink_record(actor, investigation_id=investigation_id, link_id=link_id, reason=body.reason)
    return {"id": link_id}


@router.put("/{uuid:investigation_id}/team/{uuid:user_id}", response=MadeAnswer, summary="Set a member of the team")
def set_member(request: HttpRequest, investigation_id: UUID, user_id: UUID, body: MemberBody) -> dict[str, UUID]:
    """Take somebody in, or give a member another part."""
    actor = _worker(request, RECORD, investigation_id)
    return {"id": team.set_member(actor, investigation_id=investigation_id, user_id=user_id, role=body.role).id}


@router.delete("/{uuid:investigation_id}/team/{uuid:user_id}", response=MadeAnswer, summary="Take a member out")
def end_member(request: HttpRequest, investigation_id: UUID, user_id: UUID) -> dict[str, UUID]:
    """Take somebody out of the team."""
    actor = _worker(request, RECORD, investigation_id)
    team.end_member(actor, investigation_id=investigation_id, user_id=user_id)
    return {"id": user_id}


@router.post("/{uuid:investigation_id}/stage", response=InvestigationState, summary="Move to another stage")
def move_stage(request: HttpRequest, investigation_id: UUID, body: StageBody) -> dict[str, Any]:
    """Move on where the stages left have what they ask for; back with a reason."""
    actor = _worker(request, RECORD, investigation_id)
    return _state(stages.move_stage(actor, investigation_id=investigation_id, **body.dict()))


@router.post("/{uuid:investigation_id}/deadline", response=InvestigationState, summary="Set the stage's deadline")
def set_deadline(request: HttpRequest, investigation_id: UUID, body: DeadlineBody) -> dict[str, Any]:
    """Set another day, with the reason."""
    actor = _worker(request, RECORD, investigation_id)
    return _state(stages.set_deadline(actor, investigation_id=investigation_id, **body.dict()))


@router.post("/{uuid:investigation_id}/close", response=InvestigationState, summary="Close an investigation")
def close(request: HttpRequest, investigation_id: UUID, body: WhyBody) -> dict[str, Any]:
    """Close it as another person than who stated the outcome."""
    actor = _worker(request, RECORD, investigation_id)
    return _state(stages.close_investigation(actor, investigation_id=investigation_id, reason=body.reason))


@router.post("/{uuid:investigation_id}/reopen", response=InvestigationState, summary="Reopen an investigation")
def reopen(request: HttpRequest, investigation_id: UUID, body: WhyBody) -> dict[str, Any]:
    """Reopen it with the reason."""
    actor = _worker(request, RECORD, investigation_id)
    return _state(stages.reopen_investigation(actor, investigation_id=investigation_id, reason=body.reason))


@router.get("/{uuid:investigation_id}/calendar.ics", summary="Fetch the deadlines as a calendar file")
def calendar(request: HttpRequest, investigation_id: UUID) -> HttpResponse:
    """Return the stage and the open tasks as calendar entries."""
    _name, content = calendar_of(_worker(request, READ), investigation_id)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@router.get("/{uuid:investigation_id}/file.pdf", summary="Fetch the whole investigation as a PDF")
def paper(
    request: HttpRequest, investigation_id: UUID, language: Annotated[str, Field(max_length=8)] = ""
) -> HttpResponse:
    """Return it in the language asked for."""
    _name, content = print_investigation(_worker(request, READ), investigation_id, language=language)
    return HttpResponse(content, content_type="application/pdf")


def _state(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "stage": row.stage, "stage_due": row.stage_due, "closed_at": row.closed_at}
