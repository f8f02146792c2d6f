"""The legal follow-up: deadlines of all cases one may see, and the proceedings of one case with every act."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict, Invalid, NotFound, OpenCenError
from opencen.kernel.text import whole_number
from opencen.records.media import SAFE_HEADERS
from opencen.seizures.legal import queries, services
from opencen.seizures.legal.kinds import KINDS
from opencen.seizures.legal.permissions import READ, RECORD
from opencen.seizures.legal.queries import ProceedingRow, ProceedingView
from opencen.seizures.queries.shapes import CaseView
from opencen.web.actors import actor_in
from opencen.web.acts import (
    Parties,
    correction_of,
    form_of,
    posted_act,
    posted_answers,
    read_form,
    read_moment,
    say_error,
)
from opencen.web.templatetags.formatting import moment

Context = dict[str, Any]
VIEW_LABELS = {
    "overdue": gettext_lazy("Overdue"),
    "soon": gettext_lazy("Due in two weeks"),
    "open": gettext_lazy("In progress"),
    "closed": gettext_lazy("Closed"),
}
DUE_LABELS = {
    "deadline": gettext_lazy("deadline"),
    "appeal": gettext_lazy("time to appeal ends"),
    "payment": gettext_lazy("payment"),
    "grounds": gettext_lazy("grounds of the appeal"),
}


@require_safe
def legal_page(request: HttpRequest) -> HttpResponse:
    """List proceedings: what is overdue first."""
    actor = actor_in(request)
    view = request.GET.get("view", "overdue")
    view = view if view in queries.VIEWS else "overdue"
    number = max(1, whole_number(request.GET.get("page", "1"), 1))
    page = queries.list_proceedings(actor, view, (number - 1) * queries.PAGE)
    context = {
        "rail_active": "legal",
        "view": view,
        "views": [(name, label, page.counts[name]) for name, label in VIEW_LABELS.items()],
        "rows": [row_of(row) for row in page.rows],
        "page": page,
    }
    return render(request, "legal/list.html", context)


def row_of(row: ProceedingRow) -> Context:
    """Return a row with its words."""
    return {"row": row, "due": DUE_LABELS.get(row.due_for, "")}


@require_http_methods(["GET", "HEAD", "POST"])
def case_legal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the proceedings of a case; posted, open one."""
    actor = actor_in(request)
    error: OpenCenError | None = None
    if request.method == "POST":
        queries.case_legal(actor, case_id)
        actor.require(RECORD)
        try:
            services.open_proceeding(
                actor,
                case_id=case_id,
                item=request.POST.get("item", ""),
                given=read_form(request, actor, KINDS["opened"]),
                at=read_moment(request, actor),
            )
        except (Invalid, Conflict) as refused:
            error = refused
        else:
            return HttpResponseRedirect(f"/cases/{case_id}/legal")
    return _case(request, actor, case_id, error=error)


@require_POST
def record_act(request: HttpRequest, proceeding_id: UUID, name: str) -> HttpResponse:
    """Record an act of a proceeding, or correct one."""
    actor = actor_in(request)
    row = queries.find_proceeding(actor, proceeding_id)
    actor.require(RECORD)
    kind = KINDS.get(name)
    if kind is None:
        raise NotFound("legal.unknown_act")

    def record(given: Context, at: datetime | None, corrects: UUID | None) -> None:
        services.record_legal(actor, proceeding_id=proceeding_id, kind=name, given=given, at=at, corrects=corrects)

    try:
        posted_act(request, actor, kind, record)
    except (Invalid, Conflict) as error:
        return _case(request, actor, row.record_id, error=error, at=(str(row.id), name))
    return HttpResponseRedirect(f"/cases/{row.record_id}/legal#proceeding-{row.number}")


def _case(
    request: HttpRequest,
    actor: Actor,
    case_id: UUID,
    *,
    error: OpenCenError | None = None,
    at: tuple[str, str] = ("", ""),
) -> HttpResponse:
    found = queries.case_legal(actor, case_id)
    posted = posted_answers(request, KINDS.get(at[1] or "opened")) if error else None
    may_record = actor.may(RECORD)
    context = {
        "rail_active": "legal",
        "found": found,
        "proceedings": [
            {
                "view": view,
                "row": view.row,
                "party": view.row.party or _("The goods"),
                "dues": [
                    {"what": due.what or DUE_LABELS[due.name], "until": due.until, "id": due.act}
                    for due in view.state.dues
                ],
                "forms": _forms(actor, view, posted, at, found.parties) if may_record else [],
                "open_form": at[1] if at[0] == str(view.row.id) else "",
                "correction": _correction(request, actor, view, found.parties) if may_record else None,
            }
            for view in found.proceedings
        ],
        "may_record": may_record,
        "form": form_of(KINDS["opened"], actor, posted if not at[1] else None, found.parties),
        "item": request.POST.get("item", ""),
        "problem": say_error(error, actor.language) if error else "",
    }
    return render(request, "legal/case.html", context, status=422 if error else 200)


def _forms(
    actor: Actor, view: ProceedingView, posted: Context | None, at: tuple[str, str], parties: Parties
) -> list[Context]:
    """Return the forms of the acts that may follow; a deadline is met by choosing it."""
    is_closed = view.state.stage == "closed"
    offered = (
        ("appealed", "paid", "auctioned")
        if is_closed
        else ("deadline", "met", "hearing", "staged", "decision", "settlement", "paid", "appealed", "auctioned")
    )
    forms = []
    for name in offered:
        if name == "met" and not view.state.dues:
            continue
        form = form_of(KINDS[name], actor, posted if at == (str(view.row.id), name) else None, parties)
        forms.append(_with_deadlines(form, view))
    return forms


def _with_deadlines(form: Context, view: ProceedingView) -> Context:
    """Let a form offer the open deadlines of a proceeding, and the one that it names."""
    for field in form["fields"]:
        if field["kind"] != "party":
            continue
        open_now = {
            str(due.act): f"{due.what or DUE_LABELS[due.name]} · {moment(due.until)}" for due in view.state.dues
        }
        named = {field["value"]: view.deadlines.get(field["value"], "–")} if field["value"] else {}
        field["choices"] = list((named | open_now).items())
    return form


def _correction(request: HttpRequest, actor: Actor, view: ProceedingView, parties: Parties) -> Context | None:
    found = correction_of(request, actor, view.acts, KINDS, parties)
    return {**found, "form": _with_deadlines(found["form"], view)} if found else None


@require_safe
def paper(request: HttpRequest, act_id: UUID) -> HttpResponse:
    """Show the scanned paper of an act."""
    copy = services.open_legal_paper(actor_in(request), act_id=act_id)
    return HttpResponse(copy.content, content_type=copy.content_type, headers=SAFE_HEADERS)


def case_panel(actor: Actor, view: CaseView, *, is_known: bool) -> Context | None:
    """Return what the case's page says of the legal follow-up; asked only where its log knows of a proceeding."""
    if not actor.may(READ):
        return None
    rows = queries.rows_of_case(actor, view.head.id, view.document, view.head.reference) if is_known else ()
    return {"rows": [row_of(row) for row in rows], "may_record": actor.may(RECORD)}


def as_decided(view: CaseView, panel: Context | None) -> CaseView:
    """Show the parties of a case with the standing that decisions gave them: who was cleared is marked so."""
    rows = panel["rows"] if panel else []
    decided = {entry["row"].item: entry["row"].standing for entry in rows if entry["row"].standing}
    if not decided:
        return view
    parties = tuple(replace(party, standing=decided.get(party.id, party.standing)) for party in view.parties)
    return replace(view, parties=parties)
