"""The files: upload one, see past imports, start, stop and take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opencen.codelists.catalogue import get_list
from opencen.formats import services
from opencen.formats.offices import office_label
from opencen.formats.outcomes import BACK, OUTCOMES, TAKEN_BACK
from opencen.formats.queries import batch_of, list_batches, mapping_names
from opencen.formats.statistics.services import STATISTICS, keep_statistics, withdraw_statistics
from opencen.formats.taking_back import take_back
from opencen.formats.templates import sections
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, OpenCenError
from opencen.kernel.text import whole_number
from opencen.kernel.uploads.content import MAX_BYTES
from opencen.records.forms import offices_of
from opencen.records.texts import error_text
from opencen.records.types import domain_names
from opencen.web.actors import actor_in
from opencen.web.pages.imports.shared import batch_code, frame, page_of, sent_constants
from opencen.web.places import PLACES

TONES = {
    "done": "ok", "dry_run": "info", "running": "info", "failed": "error", "paused": "warning", "undone": "plain"
}  # fmt: skip


@require_safe
def import_page(request: HttpRequest) -> HttpResponse:
    """Offer the upload and list past imports."""
    return _show(request, actor_in(request))


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file."""
    actor = actor_in(request)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Invalid("media.empty", path="file")
        batch = services.upload_file(
            actor,
            content=file.read(MAX_BYTES + 1),
            name=file.name or "",
            type=request.POST.get("type", "case"),
            office=request.POST.get("office", ""),
        )
    except OpenCenError as error:
        return _show(request, actor, error)
    return HttpResponseRedirect(page_of(batch))


@require_safe
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show how far the work is; the page asks again by itself, and leaves when all is done."""
    actor = actor_in(request)
    context = frame(actor, batch_id, "result")
    batch = context["batch"]
    titles = {"dry": _("Dry run, nothing is stored"), BACK: _("Taking the import back")}
    context["title"] = titles.get(batch.task, _("Storing"))
    if not batch.task:
        response = HttpResponse(status=204) if request.headers.get("HX-Request") else HttpResponseRedirect("")
        response.headers["HX-Redirect" if request.headers.get("HX-Request") else "Location"] = page_of(batch)
        return response
    name = "imports/progress_part.html" if request.headers.get("HX-Request") else "imports/progress.html"
    return render(request, name, context)


@require_POST
def act(request: HttpRequest, batch_id: UUID, name: str) -> HttpResponse:
    """Start, pause, cancel an import or take it back."""
    actor = actor_in(request)
    reason = request.POST.get("reason", "")
    if name == "run":
        reasons = {key[7:]: str(text) for key, text in request.POST.items() if key.startswith("reason-")}
        batch = services.start_run(actor, batch_id=batch_id, reason=reason, reasons=reasons)
    elif name == "dry":
        batch = services.start_dry_run(actor, batch_id=batch_id)
    elif name == "settle":
        mode = "historical" if request.POST.get("as") == "historical" else ""
        constants = {path: text for path, text in sent_constants(request.POST).items() if text.strip()}
        batch = services.settle_batch(actor, batch_id=batch_id, mode=mode, reason=reason, constants=constants)
    elif name == "pause":
        batch = services.pause_batch(actor, batch_id=batch_id)
    elif name == "cancel":
        batch = services.cancel_batch(actor, batch_id=batch_id)
    elif name == "statistics":
        first = request.POST.get("first_month", "")
        batch = keep_statistics(
            actor,
            batch_id=batch_id,
            title=request.POST.get("title", ""),
            country=request.POST.get("country", ""),
            first_month=whole_number(first, 0, 12),
        )
    elif name == "undo":
        if batch_of(actor, batch_id).mapping_name == STATISTICS:
            withdraw_statistics(actor, batch_id=batch_id)
            return HttpResponseRedirect(f"/import/{batch_id}/result")
        batch = take_back(actor, batch_id=batch_id, reason=reason)
    else:
        raise Invalid("request.invalid")
    return HttpResponseRedirect(page_of(batch))


def _show(request: HttpRequest, actor: Actor, error: OpenCenError | None = None) -> HttpResponse:
    rows = [_row(entry, actor.language) for entry in list_batches(actor)]
    labels = {kind: place.title for kind, place in PLACES.items()}
    order = [*labels, *domain_names()]
    brought = [name for name in domain_names() if name != "investigation"]  # begins with its team, not with a file
    names = sorted((name for name in brought if actor.may(f"{name}:record")), key=order.index)
    kinds = [{"name": name, "label": labels.get(name, name)} for name in names]
    text = error_text(error, actor.language) if error else None
    context: dict[str, Any] = {
        "rail_active": "import",
        "rows": rows,
        "offices": offices_of(actor),
        "own_office": actor.office_id,
        "kinds": kinds,
        "mappings": [(name, _(title)) for name, title in mapping_names(actor)],
        "sections": [{"name": s, "label": get_list("commodity").label(s, actor.language)} for s in sections()],
        "problem": {"level": "error", "title": text.message, "detail": text.right} if text else None,
    }
    return render(request, "imports/list.html", context, status=error.status if error else 200)


def _row(entry: dict[str, Any], language: str) -> dict[str, Any]:
    batch, counts = entry["batch"], entry["counts"]
    return {
        "batch": batch,
        "code": batch_code(batch),
        "by": entry["by"],
        "office": office_label(batch.office, language),
        "url": page_of(batch),
        "state": state_word(batch),
        "tone": TONES.get(batch.state, "plain"),
        "counts": {name: counts.get(name, 0) for name in (*OUTCOMES, TAKEN_BACK)},
    }


def state_word(batch: Any) -> str:
    """Say in a word how far an import is."""
    words = {
        "uploaded": _("uploaded"),
        "mapped": _("columns said"),
        "dry_run": _("dry run"),
        "running": _("running"),
        "paused": _("paused"),
        "done": _("done"),
        "cancelled": _("cancelled"),
        "failed": _("stopped"),
        "undone": _("taken back"),
    }
    return words.get(batch.state, "")
