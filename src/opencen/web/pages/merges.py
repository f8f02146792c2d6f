"""Contradictions: both values of each field side by side, one choice for each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict, Invalid
from opencen.kernel.text import whole_number
from opencen.records import merging
from opencen.records.texts import error_text, finding_text, write_at, write_path
from opencen.records.types import address_of
from opencen.web.actors import actor_in
from opencen.web.places import place_of


@require_safe
def merges_page(request: HttpRequest) -> HttpResponse:
    """List the open contradictions of one's records."""
    found = merging.list_merges(actor_in(request))
    return render(request, "records/merges.html", {"rail_active": "seizures", "merges": found})


@require_http_methods(["GET", "POST"])
def merge_page(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Show a contradiction; posted, settle it by the choices."""
    actor = actor_in(request)
    problems: list[str] = []
    if request.method == "POST":
        problems = _settle(request, actor, task_id)
        if not problems:
            return HttpResponseRedirect("/merges")
    view = merging.read_merge(actor, task_id)
    kind = view.record.type
    context = {
        "rail_active": place_of(kind).rail,
        "view": view,
        "rows": [_row(found, view, number, request) for number, found in enumerate(view.contradictions)],
        "problems": problems,
        "url": address_of(kind, view.record.id),
    }
    return render(request, "records/merge.html", context, status=422 if problems else 200)


def _settle(request: HttpRequest, actor: Actor, task_id: UUID) -> list[str]:
    """Settle, or say in words why not; reasons for warnings are asked again."""
    form = request.POST
    choices = {path: form.get(f"choice.{number}", "") for number, path in enumerate(form.getlist("path"))}
    revision = form.get("revision", "")
    reasons = {name.removeprefix("reason."): str(text) for name, text in form.items() if name.startswith("reason.")}
    try:
        document = merging.choose_document(actor, task_id, choices)
        number = whole_number(revision, 0)
        receipt = merging.settle_merge(actor, task_id=task_id, document=document, revision=number, reasons=reasons)
    except (Invalid, Conflict) as error:
        return [error_text(error, actor.language)]
    return [finding_text(found, actor.language) for found in receipt.findings] if not receipt.is_accepted else []


def _row(found: merging.Contradiction, view: merging.MergeView, number: int, request: HttpRequest) -> dict[str, Any]:
    actor, kind, present = actor_in(request), view.record.type, view.present

    def write(value: Any) -> str:
        return write_at(found.path, value, actor.language, kind) if value is not None else ""

    return {
        "path": found.path,
        "label": write_path(found.path, actor.language, kind, present),
        "number": number,
        "before": write(found.before),
        "present": write(found.present),
        "later": write(found.later),
        "chosen": request.POST.get(f"choice.{number}", ""),
    }
