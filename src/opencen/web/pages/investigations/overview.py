"""The board, the list and one's tasks; opening an investigation, by itself or from a record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opencen.codelists.catalogue import get_list
from opencen.investigations import notices
from opencen.investigations.linking import find_record
from opencen.investigations.opening import NewInvestigation, open_investigation
from opencen.investigations.queries import Asked, list_investigations, my_tasks, people_for, show_board
from opencen.investigations.queries.lists import PAGE
from opencen.investigations.templating import templates
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict, Invalid
from opencen.kernel.text import whole_number
from opencen.records.texts import error_text, translate
from opencen.records.titles import record_title
from opencen.web.actors import actor_in

VIEWS = ("board", "list", "tasks")
STATES = ("open", "closed", "all")
WHOSE = ("", "mine", "tasks", "late")


@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """Show the investigations of one's teams: as a board by stage, as a list, or one's tasks in them."""
    actor = actor_in(request)
    query = request.GET
    view = query.get("view", "board")
    view = view if view in VIEWS else "board"
    asked = _asked(request)
    found = show_board(actor, asked) if view == "board" else list_investigations(actor, asked)
    context = {
        "rail_active": "investigations",
        "view": view,
        "views": _views(request, view),
        "found": found,
        "asked": asked,
        "tasks": my_tasks(actor, 100) if view == "tasks" else [],
        "areas": _areas(actor),
        "whose_choices": [(key, label) for key, label in zip(WHOSE, _whose(), strict=True)],
        "state_choices": list(zip(STATES, (_("Under way"), _("Closed"), _("All")), strict=True)),
        "is_filtered": bool(asked.text or asked.area or asked.whose or asked.stage or asked.state != "open"),
        "may_open": actor.may("investigation:record"),
        "pages": _pages(request, asked, found.total) if view == "list" else None,
    }
    return render(request, "investigations/overview.html", context)


def _asked(request: HttpRequest) -> Asked:
    query = request.GET
    page = query.get("page", "1")
    state = query.get("state", "open")
    return Asked(
        text=query.get("q", "")[:400],
        area=query.get("area", "")[:60],
        stage=query.get("stage", "")[:40],
        whose=query.get("whose", "") if query.get("whose", "") in WHOSE else "",
        state=state if state in STATES else "open",
        page=max(1, whole_number(page, 1)),
    )


def _whose() -> tuple[str, ...]:
    return (_("All of my teams"), _("Led by me"), _("With tasks of mine"), _("Overdue"))


def _areas(actor: Actor) -> list[tuple[str, str]]:
    codes = get_list("offence_area")
    return [(code, codes.label(code, actor.language)) for code in codes.codes]


def _views(request: HttpRequest, view: str) -> list[dict[str, Any]]:
    icons = {"board": "table", "list": "list-details", "tasks": "checks"}
    labels = {"board": _("Board"), "list": _("List"), "tasks": _("My tasks")}
    found = []
    for name in VIEWS:
        changed = request.GET.copy()
        changed["view"] = name
        changed.pop("page", None)
        found.append({"url": f"?{changed.urlencode()}", "label": labels[name], "icon": icons[name], "on": name == view})
    return found


def _pages(request: HttpRequest, asked: Asked, total: int) -> dict[str, Any]:
    def at(number: int) -> str:
        changed = request.GET.copy()
        changed["page"] = str(number)
        return f"?{changed.urlencode()}"

    first = (asked.page - 1) * PAGE + 1
    last = min(asked.page * PAGE, total)
    return {
        "first": min(first, total),
        "last": last,
        "total": total,
        "previous_url": at(asked.page - 1) if asked.page > 1 else "",
        "next_url": at(asked.page + 1) if last < total else "",
    }


@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """Ask what an investigation is about; posted, open it."""
    actor = actor_in(request)
    actor.require("investigation:record")
    problem = path = ""
    if request.method == "POST":
        try:
            row = open_investigation(actor, new=_read_new(request, actor))
        except (Invalid, Conflict) as error:
            problem, path = str(error_text(error, actor.language, "investigation")), error.path
        else:
            return HttpResponseRedirect(f"/investigations/{row.pk}")
    source = request.POST if request.method == "POST" else request.GET
    origin = find_record(actor, source["record"]) if source.get("record") else None
    context = {
        "rail_active": "investigations",
        "problem": problem,
        "problem_path": path,
        "form": source,
        "members": source.getlist("members"),
        "origin": origin,
        "origin_title": record_title(origin, actor.language) if origin else "",
        "templates": [
            {"name": found.name, "label": translate(found.label, actor.language)} for found in templates().values()
        ],
        "people": [person for person in people_for(actor) if person[0] != actor.id],
    }
    return render(request, "investigations/new.html", context, status=422 if problem else 200)


def _read_new(request: HttpRequest, actor: Actor) -> NewInvestigation:
    form = request.POST
    record = find_record(actor, form["record"]).pk if form.get("record") else None
    return NewInvestigation(
        title=form.get("title", ""),
        template=form.get("template", ""),
        purpose=form.get("purpose", ""),
        members=tuple(read_id(text, "members") for text in form.getlist("members") if text),
        record=record,
        how="case" if record else "hand",
    )


def read_id(text: str, path: str) -> UUID:
    """Read an id from a form."""
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("request.invalid", path=path) from None


@require_POST
def mark_notices(request: HttpRequest) -> HttpResponse:
    """Mark what one was told as seen."""
    notices.mark_seen(actor_in(request))
    return HttpResponseRedirect("/searches")
