"""The page of the columns: what is proposed, the answers taken, and the mapping kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opencen.formats import services
from opencen.formats.constants import open_constants, with_constants
from opencen.formats.evidence import DateEvidence
from opencen.formats.fields import field_choices
from opencen.formats.mapping import Mapping, read_mapping, write_mapping
from opencen.formats.proposing import propose
from opencen.formats.queries import find_mapping, mapping_names
from opencen.formats.readers.separated import ENCODINGS
from opencen.formats.reading import Sheet, open_sheet, shown_columns
from opencen.formats.statistics.recognising import recognise_statistics
from opencen.formats.surveying import survey
from opencen.formats.values import fold
from opencen.kernel.actor import Actor
from opencen.kernel.errors import OpenCenError
from opencen.kernel.languages import collation
from opencen.records.effective import EffectiveSchema, schema_for
from opencen.records.texts import error_text
from opencen.web.actors import actor_in
from opencen.web.pages.imports.columns.answers import header_rows_of, lay_answers, look_elsewhere, refuse_unknown
from opencen.web.pages.imports.columns.rows import column_row, order_word
from opencen.web.pages.imports.shared import choice_label, constant_fields, frame, page_of, sent_constants


@require_http_methods(["GET", "HEAD", "POST"])
def columns_page(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show the columns with the proposal, and take the answers."""
    actor = actor_in(request)
    context = frame(actor, batch_id, "columns")
    batch = context["batch"]
    schema = schema_for(actor, batch.type)
    mapping, why = _start(actor, batch, schema, request.GET.get("mapping", ""))
    sheet = open_sheet(batch.sha256, mapping)
    status = 200

    if request.method == "POST":
        answered = mapping
        try:
            elsewhere = look_elsewhere(request.POST, mapping, sheet, batch.sha256, schema)
            answered = elsewhere or lay_answers(request.POST, mapping, sheet, schema, actor.language)
            refuse_unknown(request.POST, sheet, schema, actor.language)
            given = {} if elsewhere else sent_constants(request.POST)
            wanted = with_constants(answered, given, schema)
            return _take(request, actor, batch_id, wanted, may_run=elsewhere is None)
        except OpenCenError as error:
            text = error_text(error, actor.language)
            context["problem"] = {"level": "error", "title": text.message, "detail": text.right}
            status = error.status
            mapping = _keep(request, actor, batch_id, mapping, answered)

    context |= _context(actor, sheet, mapping, schema, why)
    for field in context["constants"]:
        field["value"] = request.POST.get(field["name"], field["value"])
    context["reason"] = request.POST.get("reason", batch.reason)
    return render(request, "imports/columns.html", context, status=status)


def _start(actor: Actor, batch: Any, schema: EffectiveSchema, wanted: str) -> tuple[Mapping, str]:
    if wanted:
        return find_mapping(actor, wanted), f"{wanted}||"
    if batch.mapping:
        return read_mapping(batch.mapping), ""
    return propose(actor, open_sheet(batch.sha256), schema)


def _keep(request: HttpRequest, actor: Actor, batch_id: UUID, mapping: Mapping, answered: Mapping) -> Mapping:
    """Keep the answers about columns where something else on the page is refused."""
    if answered == mapping:
        return mapping
    try:
        reason = request.POST.get("reason", "")
        services.set_mapping(actor, batch_id=batch_id, mapping=write_mapping(answered), reason=reason, is_draft=True)
    except OpenCenError:
        return mapping
    return answered


def _take(request: HttpRequest, actor: Actor, batch_id: UUID, mapping: Mapping, *, may_run: bool) -> HttpResponse:
    text = write_mapping(mapping)
    reason = request.POST.get("reason", "")
    batch = services.set_mapping(actor, batch_id=batch_id, mapping=text, reason=reason, is_draft=not may_run)

    wanted = request.POST.get("save_as", "").strip()
    if wanted:
        services.save_mapping(actor, text=text, name="-".join(fold(wanted).split())[:60])

    if may_run and request.POST.get("act") == "dry":
        batch = services.start_dry_run(actor, batch_id=batch_id)
        return HttpResponseRedirect(page_of(batch))
    return HttpResponseRedirect(f"/import/{batch_id}/columns")


def _context(actor: Actor, sheet: Sheet, mapping: Mapping, schema: EffectiveSchema, why: str) -> dict[str, Any]:
    views = survey(sheet, mapping, schema, actor.language)
    rows = [column_row(view, mapping, schema, actor.language) for view in views]
    questions = sum(bool(view.opens) for view in views)
    dates = sum((view.dates for view in views), DateEvidence())
    title, known, total = [*why.split("|"), "", ""][:3] if why else ("", "", "")
    return {
        "sheet": sheet,
        "others": len(sheet.others),
        "sheets": sorted([sheet.table.name, *sheet.others]) if sheet.others else [],
        "encodings": ENCODINGS if "encoding" in sheet.table.facts else (),
        "separator": sheet.table.facts.get("separator", ""),
        "encoding": sheet.table.facts.get("encoding", ""),
        "hidden": int(sheet.table.facts.get("hidden", 0)),
        "merged": int(sheet.table.facts.get("merged", 0)),
        "repeated": sheet.repeated,
        "header_rows": ", ".join(str(row) for row in header_rows_of(sheet)),
        "rows_in_file": len(sheet.rows),
        "columns": rows,
        "choices": sorted(
            {choice_label(found) for found in field_choices(schema, actor.language)}, key=collation(actor.language)
        ),
        "constants": constant_fields(open_constants(mapping, schema, actor.language), actor.language),
        "mapping": mapping,
        "mapping_text": write_mapping(mapping),
        "mappings": [(name, _(title)) for name, title in mapping_names(actor)],
        "names": [sheet.header.names[place] for place in shown_columns(sheet) if sheet.header.names[place]],
        "questions": questions,
        "dates": dates if dates.dmy or dates.mdy or dates.undecided or dates.is_turned else None,
        "order": order_word(rows, dates),
        "statistics": recognise_statistics(sheet),
        "months": [{"number": number, "name": name} for number, name in MONTHS.items()],
        "answered_in": known if title == "again" else "",
        "started_from": {"title": title, "known": known, "total": total} if title and title != "again" else None,
    }
