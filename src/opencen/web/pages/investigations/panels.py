"""What other pages show of investigations: one's tasks on Home, notices where the bell leads, a panel at a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from opencen.investigations.queries import investigations_of, is_there, my_notices, my_tasks
from opencen.kernel.actor import Actor
from opencen.records.titles import record_title

ICONS = {
    "task_given": "checks",
    "task_ended": "circle-check",
    "task_due": "clock",
    "task_late": "alert-triangle",
    "stage_due": "clock",
    "stage_late": "alert-triangle",
    "team": "users",
    "opened": "folders",
    "closed": "lock",
    "overlap": "alert-triangle",
}


def notice_rows(actor: Actor) -> list[dict[str, Any]]:
    """Return what an actor was told, in words."""
    return [_row(notice, actor) for notice in my_notices(actor)]


def _row(notice: Any, actor: Actor) -> dict[str, Any]:
    record = notice.investigation.record
    place = {"task": "#tasks", "stage": "#way", "team": "#team"}.get(notice.kind.partition("_")[0], "")
    return {
        "icon": ICONS.get(notice.kind, "bell"),
        "text": _words(notice.kind, notice.task.title if notice.task else ""),
        "reference": record.reference or "",
        "title": record_title(record, actor.language),
        "url": f"/investigations/{record.pk}{place}",
        "at": notice.at,
    }


def _words(kind: str, task: str) -> str:
    words = {
        "task_given": _("New task: %(task)s"),
        "task_ended": _("Task ended: %(task)s"),
        "task_due": _("Task due soon: %(task)s"),
        "task_late": _("Task overdue: %(task)s"),
        "stage_due": _("The stage is due soon"),
        "stage_late": _("The stage is past its deadline"),
        "team": _("You are in the team"),
        "opened": _("Opened by a rule; you lead it"),
        "closed": _("The investigation was closed"),
        "overlap": _("Another team holds the same: speak with its owner"),
    }
    found = words.get(kind, kind)
    return found % {"task": task} if "%(task)s" in found else found


def home_tasks(actor: Actor) -> list[Any]:
    """Return an actor's open tasks for the home page."""
    return my_tasks(actor, 8)


def record_investigations(actor: Actor, record_id: UUID) -> dict[str, Any]:
    """Return the investigations of a record that an actor sees, and whether it may open one from it."""
    may_open = is_there(actor) and actor.may("investigation:record")
    return {"linked": investigations_of(actor, record_id), "may_open": may_open, "record": record_id}
