"""The deadlines of an investigation, or of one person, as a calendar file."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop as N_

from opencen.investigations.access import find, today_of
from opencen.investigations.calendar_file import Deadline, write_calendar
from opencen.investigations.models import Task
from opencen.investigations.queries.lists import my_tasks, row_of
from opencen.investigations.templating import templates
from opencen.kernel.actor import Actor
from opencen.records.texts import translate


def calendar_of(actor: Actor, investigation_id: UUID) -> tuple[str, bytes]:
    """Return the name and the content of the calendar file of an investigation: its stage and its open tasks."""
    one = find(actor, investigation_id)
    row = row_of(actor, one, {}, templates())
    found = []
    if row.due is not None:
        label = translate(N_("{reference}: stage “{stage}” ends"), actor.language, reference=row.reference,
                          stage=row.stage_label)  # fmt: skip
        found.append(Deadline(f"stage-{one.pk}", row.due, label, row.title, changed=one.stage_since))
    for task in Task.objects.filter(investigation=one, state="open").exclude(due=None).order_by("due"):
        assert task.due is not None
        title = f"{row.reference}: {task.title}"
        found.append(Deadline(f"task-{task.id}", task.due, title, task.text, changed=task.given_at))
    return f"{row.reference}.ics", write_calendar(row.reference, found, _host())


def my_deadlines(actor: Actor) -> tuple[str, bytes]:
    """Return the name and the content of the calendar file of an actor's own tasks."""
    actor.require("investigation:read")
    found = [
        Deadline(f"task-{task.id}", task.due, f"{task.reference}: {task.title}", task.text, changed=task.given_at)
        for task in my_tasks(actor, 500)
        if task.due is not None
    ]
    name = translate(N_("My tasks"), actor.language)
    return f"tasks-{today_of(actor).isoformat()}.ics", write_calendar(name, found, _host())


def _host() -> str:
    return f"{settings.NODE_ID}.opencen.invalid"
