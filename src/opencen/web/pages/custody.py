"""Custody: what is overdue or does not agree, one exhibit with its acts, the exhibits of a case, labels to print."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict, Invalid, NotFound, OpenCenError
from opencen.kernel.text import whole_number
from opencen.printing.labels import print_labels, sheets
from opencen.records.media import SAFE_HEADERS
from opencen.seizures.custody import queries, services
from opencen.seizures.custody.clocks import COLUMNS, set_values, shipped
from opencen.seizures.custody.kinds import KINDS
from opencen.seizures.custody.permissions import CONFIGURE, DISPOSE, READ, RECORD
from opencen.seizures.custody.queries import ExhibitRow, ExhibitView
from opencen.seizures.small_records.parties import party_names
from opencen.seizures.titles import record_title
from opencen.web.actors import actor_in
from opencen.web.acts import (
    UNITS,
    correction_of,
    form_of,
    posted_act,
    posted_answers,
    read_form,
    read_moment,
    say_error,
)
from opencen.web.pages.administration.shared import places_of

Context = dict[str, Any]
VIEW_LABELS = {
    "overdue": gettext_lazy("Overdue"),
    "off": gettext_lazy("Does not agree"),
    "held": gettext_lazy("In store"),
    "out": gettext_lazy("Handed over"),
    "ended": gettext_lazy("Disposed of"),
}
STATUS_LABELS = {**VIEW_LABELS, "withdrawn": gettext_lazy("Withdrawn")}
DUE_LABELS = {
    "store": gettext_lazy("to be put into a store"),
    "laboratory": gettext_lazy("to go to the laboratory"),
    "result": gettext_lazy("result of the laboratory"),
    "return": gettext_lazy("to come back"),
    "inventory": gettext_lazy("to be inventoried"),
}
COLUMN_LABELS = {
    "store_hours": gettext_lazy("Into a store within, hours"),
    "laboratory_hours": gettext_lazy("To the laboratory within, hours"),
    "result_days": gettext_lazy("Result within, days"),
    "inventory_days": gettext_lazy("Inventory every, days"),
    "tolerance_percent": gettext_lazy("Tolerance, per cent"),
    "tolerance_least": gettext_lazy("Tolerance at least, kg"),
}
QUICK = ("weighed", "moved", "came_back")


@require_http_methods(["GET", "POST"])
def custody_page(request: HttpRequest) -> HttpResponse:
    """List exhibits; a scanned label opens its exhibit; posted, one quick act by label."""
    actor = actor_in(request)
    problem = ""
    if request.method == "POST":
        problem = _quick(request, actor)
        if not problem:
            return HttpResponseRedirect("/custody?done=1#quick")
    scanned = request.GET.get("label", "")
    if found := queries.find_by_label(actor, scanned):
        return HttpResponseRedirect(f"/custody/{found}")
    if scanned:
        problem = _("No exhibit that you may see has the label %(label)s.") % {"label": scanned[:40]}
    view = request.GET.get("view", "overdue")
    view = view if view in queries.VIEWS else "overdue"
    number = max(1, whole_number(request.GET.get("page", "1"), 1))
    page = queries.list_exhibits(actor, view, (number - 1) * queries.PAGE)
    context = {
        "rail_active": "custody",
        "view": view,
        "views": [(name, label, page.counts[name]) for name, label in VIEW_LABELS.items()],
        "rows": [_row(row) for row in page.rows],
        "page": page,
        "problem": problem,
        "done": request.GET.get("done") == "1",
        "may_record": actor.may(RECORD),
        "quick": [(name, _(KINDS[name].label)) for name in QUICK],
        "units": UNITS,
        "posted": request.POST,
        "may_configure": actor.may(CONFIGURE),
    }
    return render(request, "custody/list.html", context, status=422 if problem and request.method == "POST" else 200)


def _quick(request: HttpRequest, actor: Actor) -> str:
    """Record one act by label: a weight with its unit, or a place; say in words why not."""
    actor.require(RECORD)
    kind, value = request.POST.get("act", ""), request.POST.get("value", "").strip()
    exhibit_id = queries.find_by_label(actor, request.POST.get("label", ""))
    try:
        if exhibit_id is None:
            raise NotFound("custody.not_found")
        if kind not in QUICK:
            raise NotFound("custody.unknown_act")
        number, _space, unit = value.partition(" ")
        given = {"amount": number, "unit": unit} if kind == "weighed" else {"place": value}
        services.record_custody(actor, exhibit_id=exhibit_id, kind=kind, given=given)
    except (Invalid, Conflict, NotFound) as error:
        return say_error(error, actor.language)
    return ""


@require_safe
def exhibit_page(request: HttpRequest, exhibit_id: UUID) -> HttpResponse:
    """Show an exhibit: where it is, what is left of it, what is due, and every act."""
    return _exhibit(request, exhibit_id)


@require_POST
def record_act(request: HttpRequest, exhibit_id: UUID, name: str) -> HttpResponse:
    """Record an act upon an exhibit, or correct one."""
    actor = actor_in(request)
    queries.find_exhibit(actor, exhibit_id)
    actor.require(RECORD)
    kind = KINDS.get(name)
    if kind is None:
        raise NotFound("custody.unknown_act")

    def record(given: Context, at: datetime | None, corrects: UUID | None) -> UUID:
        made = services.record_custody(actor, exhibit_id=exhibit_id, kind=name, given=given, at=at, corrects=corrects)
        return made.id

    try:
        made = posted_act(request, actor, kind, record)
    except (Invalid, Conflict) as error:
        return _exhibit(request, exhibit_id, error=error, name=name)
    return HttpResponseRedirect(f"/custody/{made}")


def _exhibit(
    request: HttpRequest, exhibit_id: UUID, *, error: OpenCenError | None = None, name: str = ""
) -> HttpResponse:
    actor = actor_in(request)
    view = queries.view_exhibit(actor, exhibit_id)
    context = {
        "rail_active": "custody",
        "view": view,
        "row": _row(view.row),
        "samples": [_row(sample) for sample in view.samples],
        "status": STATUS_LABELS[view.row.status],
        "dues": [{"label": DUE_LABELS[due.name], "until": due.until} for due in view.dues],
        "may_record": actor.may(RECORD),
        "forms": _forms(request, actor, view, error, name),
        "problem": say_error(error, actor.language) if error else "",
        "open_form": name or request.GET.get("act", ""),
        "correction": correction_of(request, actor, view.acts, KINDS, view.parties) if actor.may(RECORD) else None,
        "amounts": _amounts(view),
        "qr": qr_code(view.row.label.replace("-", "")),
    }
    return render(request, "custody/exhibit.html", context, status=422 if error else 200)


def _amounts(view: ExhibitView) -> list[tuple[Any, str]]:
    """Write the mass balance: what came in, where it went, what should be there."""
    rows = [
        (_("Came in"), "came_in"),
        (_("Samples"), "samples"),
        (_("Used up by the laboratory"), "used"),
        (_("Disposed of"), "disposed"),
        (_("Difference explained"), "explained"),
        (_("Should be there"), "present"),
    ]
    kept = ("came_in", "present")
    return [(label, view.amounts[name]) for label, name in rows if name in kept or getattr(view.state, name)]


def _forms(
    request: HttpRequest, actor: Actor, view: ExhibitView, error: OpenCenError | None, name: str
) -> list[Context]:
    """Return the forms of the acts that may follow now."""
    status = view.row.status
    offered = {
        "held": ("moved", "weighed", "handed_over", "sampled", "inventoried", "resealed", "result", "disposed"),
        "out": ("came_back", "result", "disposed"),
    }.get(status, ())
    if not actor.may(RECORD):
        return []
    names = [kind for kind in offered if kind != "disposed" or actor.may(DISPOSE)]
    posted = posted_answers(request, KINDS.get(name)) if error else None
    return [form_of(KINDS[kind], actor, posted if kind == name else None, view.parties) for kind in names]


@require_http_methods(["GET", "POST"])
def case_custody(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the exhibits of a case with the mass balance; posted, take one in."""
    actor = actor_in(request)
    problem = ""
    if request.method == "POST":
        queries.lines_of_case(actor, case_id)
        actor.require(RECORD)
        try:
            services.take_in(
                actor,
                case_id=case_id,
                line=request.POST.get("line", ""),
                given=read_form(request, actor, KINDS["taken_in"]),
                at=read_moment(request, actor),
            )
        except (Invalid, Conflict) as error:
            problem = say_error(error, actor.language)
        else:
            return HttpResponseRedirect(f"/cases/{case_id}/custody?taken=1#take-in")
    record, document, lines = queries.lines_of_case(actor, case_id)
    posted = posted_answers(request, KINDS["taken_in"]) if problem else None
    context = {
        "rail_active": "seizures",
        "record": record,
        "title": record_title("case", queries.summary_of(record), actor.language),
        "rows": [_row(row) for row in queries.exhibits_of(actor, record)],
        "balance": queries.balance_of(actor, case_id),
        "lines": lines,
        "may_record": actor.may(RECORD),
        "form": form_of(KINDS["taken_in"], actor, posted, list(party_names(document).items())),
        "line": request.POST.get("line", lines[0].id if len(lines) == 1 else ""),
        "problem": problem,
        "is_adding": request.GET.get("taken") == "1",
    }
    return render(request, "custody/case.html", context, status=422 if problem else 200)


def case_panel(actor: Actor, case_id: UUID, reference: str, *, is_known: bool) -> Context | None:
    """Return what the case's page says of custody; asked only where the log of the case knows of an exhibit."""
    if not actor.may(READ):
        return None
    rows = queries.exhibits_of_case(actor, case_id, reference) if is_known else ()
    return {"rows": [_row(row) for row in rows], "may_record": actor.may(RECORD)}


@require_safe
def labels_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the labels of a case's exhibits, or of one, and offer the sheets that they are printed on."""
    actor = actor_in(request)
    record, _document, _lines = queries.lines_of_case(actor, case_id)
    rows = [row for row in queries.exhibits_of(actor, record) if row.status != "withdrawn"]
    wanted = request.GET.get("exhibit", "")
    shown = [row for row in rows if not wanted or str(row.id) == wanted]
    context = {
        "rail_active": "custody",
        "record": record,
        "labels": [{"row": row, "qr": qr_code(row.label.replace("-", ""))} for row in shown],
        "sheets": [(sheet.name, sheet.title(actor.language)) for sheet in sheets().values()],
        "exhibit": wanted if len(shown) == 1 else "",
    }
    return render(request, "custody/labels.html", context)


@require_safe
def labels_file(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Set the labels as a PDF for a label sheet or a label printer."""
    try:
        exhibit = UUID(request.GET["exhibit"]) if request.GET.get("exhibit") else None
    except ValueError:
        raise NotFound("custody.not_found") from None
    skip = whole_number(request.GET.get("skip", ""), 0)
    sheet = request.GET.get("sheet", "")
    name, content = print_labels(actor_in(request), case_id, sheet=sheet, skip=skip, exhibit_id=exhibit)
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
def receipt(request: HttpRequest, act_id: UUID) -> HttpResponse:
    """Show the scanned paper of an act."""
    copy = services.open_receipt(actor_in(request), act_id=act_id)
    return HttpResponse(copy.content, content_type=copy.content_type, headers=SAFE_HEADERS)


@require_http_methods(["GET", "POST"])
def clocks_page(request: HttpRequest) -> HttpResponse:
    """Show the clocks and tolerances by goods; posted, set those of one kind."""
    actor = actor_in(request)
    actor.require(CONFIGURE)
    problem = ""
    if request.method == "POST":
        try:
            given = {name: request.POST.get(name, "") for name in COLUMNS}
            services.set_clocks(actor, commodity=request.POST.get("commodity", "").strip(), given=given)
        except Invalid as error:
            problem = say_error(error, actor.language)
        else:
            return HttpResponseRedirect("/administration/custody")
    settings = set_values()
    rows = [
        {
            "commodity": commodity,
            "label": queries.goods_label(commodity, actor.language) if commodity else _("All goods"),
            "cells": [
                {
                    "name": name,
                    "label": COLUMN_LABELS[name],
                    "shipped": shipped().get(commodity, {}).get(name, ""),
                    "value": settings.get(commodity, {}).get(name, ""),
                }
                for name in COLUMNS
            ],
        }
        for commodity in sorted({*shipped(), *settings})
    ]
    context = {
        "rail_active": "administration",
        "places": places_of(actor),
        "tab": "clocks",
        "rows": rows,
        "columns": COLUMN_LABELS.values(),
        "names": COLUMN_LABELS.items(),
        "problem": problem,
    }
    return render(request, "custody/clocks.html", context, status=422 if problem else 200)


def _row(row: ExhibitRow) -> Context:
    """Return a row with its words."""
    return {"row": row, "status": STATUS_LABELS[row.status], "due": DUE_LABELS.get(row.due_for, "")}


def qr_code(text: str) -> SafeString:
    """Draw a QR code as SVG: dark on light in every colour scheme, so that a scanner reads it from the screen too."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(scale=4, border=2, light="#fff", dark="#000")
    return mark_safe(drawn)  # noqa: S308 - drawn from a label code
