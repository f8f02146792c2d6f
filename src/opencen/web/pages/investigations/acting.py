"""What one does on the page of an investigation: one form an act; what stands against it is said above the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_POST

from opencen.investigations import journal, linking, stages, tasks, team
from opencen.investigations.access import find
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Forbidden, Invalid, NotFound, OpenCenError
from opencen.records.texts import error_text
from opencen.web.actors import actor_in
from opencen.web.pages.investigations.overview import read_id
from opencen.web.pages.investigations.showing import show

Act = Callable[[Actor, UUID, QueryDict], Any]
# Where on the page one was, to come back to.
PLACES = {
    "task": "tasks", "end-task": "tasks", "hand-on": "tasks", "entry": "log", "link": "links", "unlink": "links",
    "member": "team", "end-member": "team", "stage": "way", "deadline": "way", "close": "way", "reopen": "way",
}  # fmt: skip


@require_POST
def act(request: HttpRequest, investigation_id: UUID, name: str) -> HttpResponse:
    """Do one act upon an investigation."""
    actor = actor_in(request)
    actor.require("investigation:record")
    find(actor, investigation_id)
    if name not in ACTS:
        raise NotFound()
    try:
        ACTS[name](actor, investigation_id, request.POST)
    except NotFound as error:
        if error.code in ("not_found", "investigation.not_found"):
            raise
        return show(request, actor, investigation_id, _say(error, actor), PLACES[name])
    except Forbidden as error:
        if error.code == "permission.missing":
            raise
        return show(request, actor, investigation_id, _say(error, actor), PLACES[name])
    except OpenCenError as error:
        return show(request, actor, investigation_id, _say(error, actor), PLACES[name])
    return HttpResponseRedirect(f"/investigations/{investigation_id}#{PLACES[name]}")


def _say(error: OpenCenError, actor: Actor) -> str:
    return str(error_text(error, actor.language, "investigation"))


def _day(form: QueryDict, name: str, *, is_needed: bool = False) -> date | None:
    text = form.get(name, "").strip()
    if not text and not is_needed:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("investigation.date_needed", path=name) from None


def _moment(form: QueryDict, name: str, actor: Actor) -> datetime | None:
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid("investigation.date_needed", path=name) from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(actor.time_zone))


def _give(actor: Actor, where: UUID, form: QueryDict) -> None:
    given = tasks.NewTask(
        title=form.get("title", ""),
        assignee=read_id(form.get("assignee", ""), "assignee"),
        due=_day(form, "due"),
        text=form.get("text", ""),
    )
    tasks.give_task(actor, investigation_id=where, task=given)


def _hand_on(actor: Actor, where: UUID, form: QueryDict) -> None:
    assignee = form.get("assignee", "")
    tasks.hand_task_on(
        actor,
        investigation_id=where,
        task_id=read_id(form.get("task", ""), "task"),
        assignee=read_id(assignee, "assignee") if assignee else None,
        due=_day(form, "due"),
    )


def _end(actor: Actor, where: UUID, form: QueryDict) -> None:
    task_id = read_id(form.get("task", ""), "task")
    state, result = form.get("state", "done"), form.get("result", "")
    tasks.end_task(actor, investigation_id=where, task_id=task_id, state=state, result=result)


def _write(actor: Actor, where: UUID, form: QueryDict) -> None:
    corrects = form.get("corrects", "")
    entry = journal.NewEntry(
        kind=form.get("kind", ""),
        text=form.get("text", ""),
        at=_moment(form, "at", actor),
        party=form.get("party", ""),
        channel=form.get("channel", ""),
        direction=form.get("direction", ""),
        corrects=read_id(corrects, "corrects") if corrects else None,
    )
    journal.write_entry(actor, investigation_id=where, entry=entry)


def _link(actor: Actor, where: UUID, form: QueryDict) -> None:
    linking.link_record(actor, investigation_id=where, record=form.get("record", ""), note=form.get("note", ""))


def _unlink(actor: Actor, where: UUID, form: QueryDict) -> None:
    link_id = read_id(form.get("link", ""), "link")
    linking.unlink_record(actor, investigation_id=where, link_id=link_id, reason=form.get("reason", ""))


def _member(actor: Actor, where: UUID, form: QueryDict) -> None:
    user_id = read_id(form.get("user", ""), "user")
    team.set_member(actor, investigation_id=where, user_id=user_id, role=form.get("role", ""))


def _end_member(actor: Actor, where: UUID, form: QueryDict) -> None:
    team.end_member(actor, investigation_id=where, user_id=read_id(form.get("user", ""), "user"))


def _stage(actor: Actor, where: UUID, form: QueryDict) -> None:
    stages.move_stage(
        actor,
        investigation_id=where,
        stage=form.get("stage", ""),
        before=form.get("before", ""),
        reason=form.get("reason", ""),
    )


def _deadline(actor: Actor, where: UUID, form: QueryDict) -> None:
    due = _day(form, "due", is_needed=True)
    assert due is not None
    stages.set_deadline(actor, investigation_id=where, due=due, reason=form.get("reason", ""))


def _close(actor: Actor, where: UUID, form: QueryDict) -> None:
    stages.close_investigation(actor, investigation_id=where, reason=form.get("reason", ""))


def _reopen(actor: Actor, where: UUID, form: QueryDict) -> None:
    stages.reopen_investigation(actor, investigation_id=where, reason=form.get("reason", ""))


ACTS: dict[str, Act] = {
    "task": _give,
    "hand-on": _hand_on,
    "end-task": _end,
    "entry": _write,
    "link": _link,
    "unlink": _unlink,
    "member": _member,
    "end-member": _end_member,
    "stage": _stage,
    "deadline": _deadline,
    "close": _close,
    "reopen": _reopen,
}
