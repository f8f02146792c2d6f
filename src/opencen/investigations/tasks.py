"""Tasks: given to somebody who sees the investigation, due on a day, ended with a result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opencen.investigations.access import check_assignee, find_open, read_text
from opencen.investigations.events import TASK_ENDED, TASK_GIVEN
from opencen.investigations.models import Task
from opencen.investigations.notices import tell
from opencen.investigations.permissions import RECORD_INVESTIGATIONS
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.records.models import Record

ENDS = ("done", "dropped")


@dataclass(frozen=True, slots=True)
class NewTask:
    """What is to be done, by whom and until when."""

    title: str
    assignee: UUID
    due: date | None = None
    text: str = ""


@service(RECORD_INVESTIGATIONS)
def give_task(actor: Actor, *, investigation_id: UUID, task: NewTask) -> Task:
    """Give somebody of the team a task; somebody without access is refused with the reason."""
    investigation = find_open(actor, investigation_id)
    investigation.record = Record.objects.get(pk=investigation.pk)
    user = check_assignee(task.assignee, investigation)
    row = Task.objects.create(
        investigation=investigation,
        title=read_text(task.title, "title", 200),
        text=read_text(task.text, "text", 4000, is_needed=False),
        assignee_id=user.id,
        due=task.due,
        given_by=actor.id,
        given_at=now(),
    )
    if user.id != actor.id:
        tell(user.id, investigation, "task_given", f"given:{row.id}", row)
    record_act(TASK_GIVEN, "investigation", investigation.pk, task=str(row.id), assignee=str(user.id))
    return row


@service(RECORD_INVESTIGATIONS)
def hand_task_on(
    actor: Actor, *, investigation_id: UUID, task_id: UUID, assignee: UUID | None = None, due: date | None = None
) -> Task:
    """Give an open task to somebody else of the team, or set another day."""
    investigation = find_open(actor, investigation_id)
    investigation.record = Record.objects.get(pk=investigation.pk)
    row = _open_task(investigation.pk, task_id)
    if assignee is not None and assignee != row.assignee_id:
        user = check_assignee(assignee, investigation)
        row.assignee_id = user.id
        tell(user.id, investigation, "task_given", f"given:{row.id}:{user.id}", row)
    row.due = due if due is not None else row.due
    row.save(update_fields=["assignee_id", "due"])
    record_act(TASK_GIVEN, "investigation", investigation.pk, task=str(row.id), assignee=str(row.assignee_id))
    return row


@service(RECORD_INVESTIGATIONS)
def end_task(actor: Actor, *, investigation_id: UUID, task_id: UUID, state: str, result: str) -> Task:
    """End a task with its result, or drop it with the reason; one that is ended stays as it is."""
    investigation = find_open(actor, investigation_id)
    if state not in ENDS:
        raise Invalid("investigation.task_state", path="state", value=state[:40])
    row = _open_task(investigation.pk, task_id)
    row.result = read_text(result, "result", 4000)
    row.state, row.ended_by, row.ended_at = state, actor.id, now()
    row.save(update_fields=["result", "state", "ended_by", "ended_at"])
    if row.given_by != actor.id:
        tell(row.given_by, investigation, "task_ended", f"ended:{row.id}", row)
    record_act(TASK_ENDED, "investigation", investigation.pk, task=str(row.id), state=state)
    return row


def _open_task(investigation_id: UUID, task_id: UUID) -> Task:
    row = Task.objects.filter(pk=task_id, investigation_id=investigation_id).select_for_update().first()
    if row is None:
        raise NotFound("investigation.task_unknown")
    if row.state != "open":
        raise Conflict("investigation.task_ended", path="state")
    return row
