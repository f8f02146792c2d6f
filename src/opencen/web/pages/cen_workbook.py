"""The way to the real CEN: workbooks of what may leave, uploaded there by hand, and the note of each upload."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid
from opencen.records.texts import error_text
from opencen.release.uploads import Period, list_unnoted, list_waiting, make_cen_workbook, mark_uploaded
from opencen.seizures.titles import record_title
from opencen.web.actors import actor_in

SHOWN = 25
AT_ONCE = 1_000


@require_http_methods(["GET", "POST"])
def cen_page(request: HttpRequest) -> HttpResponse:
    """Show what may go to the CEN by workbook; posted, make the workbooks of it."""
    actor = actor_in(request)
    actor.require("case:release")
    problem, period = "", Period()
    try:
        period = _period(request)
        if request.method == "POST":
            return _download(actor, period)
    except (Conflict, Invalid) as error:
        problem = error_text(error, actor.language)
    waiting = list_waiting(actor, period, AT_ONCE)
    unnoted, rows = list_unnoted(actor)
    context = {
        "rail_active": "exchange",
        "crumbs": [{"label": _("Exchange"), "url": "/exchange"}, {"label": _("Global CEN, by workbook")}],
        "waiting": waiting,
        "at_once": len(waiting.records),
        "rows": [_row(record, actor) for record in waiting.records[:SHOWN]],
        "more": max(0, waiting.total - SHOWN),
        "unnoted": rows,
        "unnoted_total": unnoted,
        "today": now().date().isoformat(),
        "since": period.since.isoformat() if period.since else "",
        "until": period.until.isoformat() if period.until else "",
        "problem": problem,
    }
    return render(request, "exchange/cen.html", context, status=409 if problem else 200)


@require_POST
def note_upload(request: HttpRequest, case_id: UUID, upload_id: UUID) -> HttpResponse:
    """Note that a case was uploaded, on which day and under which number there."""
    actor = actor_in(request)
    day = _day(request.POST.get("uploaded_on", ""), "uploaded_on")
    if day is None:
        raise Invalid("field.missing", path="uploaded_on")
    mark_uploaded(actor, upload_id=upload_id, on=day, number=request.POST.get("number", ""))
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back if is_ours and back else f"/cases/{case_id}")


def _download(actor: Actor, period: Period) -> HttpResponse:
    waiting = list_waiting(actor, period, AT_ONCE)
    if not waiting.records:
        raise Conflict("export.nothing")
    made = make_cen_workbook(actor, record_ids=[record.pk for record in waiting.records])
    answer = HttpResponse(made.content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="cen-{now().date().isoformat()}.zip"'
    return answer


def _row(record: Any, actor: Actor) -> dict[str, Any]:
    title = record_title(record.type, orjson.loads(record.summary), actor.language)
    return {"id": record.pk, "reference": record.reference, "on": record.occurred_on, "title": title}


def _period(request: HttpRequest) -> Period:
    given = request.POST if request.method == "POST" else request.GET
    return Period(_day(given.get("from", ""), "from"), _day(given.get("to", ""), "to"))


def _day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("date.invalid", path=name, value=text[:20], would_be=("2026-06-12",)) from None
