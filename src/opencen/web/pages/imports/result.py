"""What became of every row: the equation, the reasons, the rows with red cells, and repair in place."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from opencen.formats import services
from opencen.formats.constants import missing_answers
from opencen.formats.handing_back import say
from opencen.formats.mapping import ColumnMap, read_mapping
from opencen.formats.offering import offers_for
from opencen.formats.outcomes import OUTCOMES, TAKEN_BACK
from opencen.formats.queries import Totals, findings_of, reasons_of, repairs_of, rows_of, totals_of
from opencen.formats.reading import Sheet, open_sheet
from opencen.formats.statistics.services import STATISTICS
from opencen.formats.tables import write_cell
from opencen.formats.taking_back import may_take_back
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.kernel.text import whole_number
from opencen.records.effective import effective_schema
from opencen.records.types import address_of
from opencen.web.actors import actor_in
from opencen.web.pages.imports.shared import constant_fields, frame
from opencen.web.templatetags.formatting import number

PAGE = 50
SHOWN_COLUMNS = 5
MOST_OFFERS = 4
# What stands in a sentence for a value that is not known.
LEFT_OPEN = "…"
ICONS = {"stays": "lock", "refused": "x", "waiting": "clock", "warning": "alert-triangle"}


@require_safe
def result_page(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show the outcome of every row, filtered by reason."""
    actor = actor_in(request)
    context = frame(actor, batch_id, "result")
    batch = context["batch"]
    if batch.is_dry:
        context = frame(actor, batch_id, "dry_run")
    totals = totals_of(batch)
    reasons = _reasons(batch, actor)
    outcome, code = request.GET.get("outcome", ""), request.GET.get("code", "")
    if not outcome and not code and reasons:
        outcome, code = reasons[0]["level"], reasons[0]["code"]
    offset = (whole_number(request.GET.get("page", ""), 1) - 1) * PAGE
    rows, count = rows_of(batch, outcome=outcome, code=code, offset=max(0, offset), limit=PAGE)
    table = _table(batch, rows, actor)
    context |= {
        "totals": totals,
        "tiles": _tiles(totals, batch),
        "segments": _segments(totals),
        "code_name": context["code"],
        "seconds": number(round(batch.seconds, 1)),
        "may_store": _may_store(batch, totals),
        "stopped": _stopped(batch, totals),
        "may_cancel": batch.state == "paused" and not batch.task,
        "may_go_on_dry": batch.is_dry and bool(totals.open) and batch.state == "paused" and not batch.task,
        "asks_batch_reason": batch.mode == "historical" and not batch.reason,
        "store_label": _store_label(batch, totals),
        "reasons": reasons,
        "sums": {name: getattr(totals, name) for name in ("refused", "waiting")},
        "outcome": outcome,
        "code": code,
        "title": next((r["text"] for r in reasons if r["code"] == code and r["level"] == outcome), _("All rows")),
        "count": count,
        "table": table,
        "keys": any(entry.get("may_repair") for entry in table["rows"]),
        "advice": _advice(batch, actor),
        "pages": _pages(offset, count, outcome, code),
        "may_undo": _may_undo(batch),
        "asks_reason": outcome == "waiting" and bool(code),
    }
    return render(request, "imports/result.html", context)


@require_POST
def repair(request: HttpRequest, batch_id: UUID, number: int) -> HttpResponse:
    """Take a repair of one cell, or of all that say the same."""
    actor = actor_in(request)
    column = whole_number(request.POST.get("column", ""), -1)
    if column < 0:
        raise Invalid("request.invalid")
    place: dict[str, Any] = {"batch_id": batch_id, "number": number, "column": column}
    if "undo" in request.POST:
        taking_back = services.drop_alike if request.POST["undo"] == "alike" else services.drop_repair
        taking_back(actor, **place)
    else:
        repairing = services.repair_alike if "alike" in request.POST else services.repair_cell
        repairing(actor, **place, value=request.POST.get("value", ""))
    back = request.POST.get("back", "")
    return HttpResponseRedirect(f"/import/{batch_id}/result?{back}#row-{number}")


def _may_undo(batch: Any) -> bool:
    if batch.mapping_name == STATISTICS:
        return batch.state in ("done", "paused", "failed")
    return may_take_back(batch)


def _advice(batch: Any, actor: Actor) -> dict[str, Any] | None:
    """Say what would make the refused rows acceptable, where answers are missing in many of them."""
    if not batch.mapping or batch.mapping_name == STATISTICS or batch.state in ("cancelled", "undone"):
        return None
    lacking = missing_answers(batch, effective_schema(batch.type), actor.language)
    if not lacking.rows or batch.mode == "historical":
        return None
    reason = batch.reason or _("Taken over from “%(file)s”") % {"file": batch.file_name}
    return {
        "rows": lacking.rows,
        "looked_at": lacking.looked_at if lacking.looked_at < lacking.rows else 0,
        "reason": reason,
        "constants": constant_fields(lacking.fields, actor.language),
    }


def _reasons(batch: Any, actor: Actor) -> list[dict[str, Any]]:
    return [
        {
            "code": reason.code,
            "level": reason.level,
            "rows": reason.rows,
            "icon": ICONS[reason.level],
            "text": _short(reason.code) or _sentence(batch, reason, actor),
            "url": f"?outcome={reason.level}&code={reason.code}",
        }
        for reason in reasons_of(batch)
    ]


def _sentence(batch: Any, reason: Any, actor: Actor) -> str:
    """Say a reason in its own words; one that names values by the first row that has it."""
    entry: dict[str, Any] = {"code": reason.code, "level": "error", "path": "", "data": {}}
    text = say(entry, actor.language, batch.type).split("\n")[0]
    if LEFT_OPEN not in text:
        return text
    rows, _count = rows_of(batch, outcome=reason.level, code=reason.code, offset=0, limit=1)
    first = next((f for row in rows for f in findings_of(row) if f["code"] == reason.code), entry)
    return _("For example: %(text)s") % {"text": say(first, actor.language, batch.type).split("\n")[0]}


def _short(code: str) -> str:
    """Say a reason without the data of one row."""
    return {
        "field.missing": _("An answer of the short form is missing"),
        "code.unknown": _("Not in the code list"),
        "value.shape": _("Not of the shape of such a value"),
        "number.not_a_number": _("Not a number"),
        "number.ambiguous": _("Number can be read in two ways"),
        "number.wrong_separator": _("Separators in the wrong place"),
        "date.impossible": _("Date does not exist"),
        "date.invalid": _("Not a date"),
        "date.order_undecided": _("Day and month undecided"),
        "date.maybe_turned": _("Day and month may be exchanged"),
        "date.serial_number": _("Read from a spreadsheet’s day number"),
        "date.weekday_differs": _("Date and weekday contradict each other"),
        "number.approximate": _("Only about so much"),
        "import.two_measures": _("Two measures in one cell"),
        "import.unit_differs": _("Two different units"),
        "import.merged_number": _("One number for several rows"),
        "import.identifier_damaged": _("Number cut short by the spreadsheet"),
        "import.leading_zero_lost": _("A zero may be lost at the front"),
        "import.total_row": _("A sum, no record"),
        "import.note_row": _("A note, no record"),
        "import.no_find": _("Nothing was found: no case"),
        "import.several_values": _("Several values in one cell"),
        "import.broken_formula": _("Broken formula"),
        "import.other_row": _("Another row of the same case"),
        "import.rows_differ": _("Rows of one case contradict each other"),
        "import.other_column": _("Taken from another column"),
        "quantity.seized_not_weighed": _("Seized, but not weighed"),
        "identifier.check_digit": _("Check digit does not fit"),
        "time.future": _("Date lies in the future"),
        "office.not_yours": _("Not an office of yours"),
        "merge.conflict": _("Changed by somebody else meanwhile"),
        "import.back_partly": _("Came back but for what somebody changed since"),
        "import.stays_changed": _("Changed by somebody since"),
        "import.stays_erased": _("Names in it were erased since"),
        "import.stays_held": _("Held back by an order"),
        "import.stays_not_allowed": _("Former values are no longer allowed"),
        "import.stays_not_yours": _("Not for you to change"),
        "import.stays_used": _("Something was built upon it since"),
        "import.stays_validated": _("Validated by a second person"),
    }.get(code, "")


def _stopped(batch: Any, totals: Totals) -> dict[str, str] | None:
    """Say of an import that stopped on the way how far it is, and what became of the rest."""
    titles = {
        "paused": _("Paused: what is done stays done, and nothing is done twice."),
        "cancelled": _("Cancelled: the other rows were not looked at; what was stored before stays."),
    }
    if batch.state == "undone" and batch.mapping_name != STATISTICS:
        return {"level": "warning" if totals.stays or totals.stored else "hint", **_taken_back(batch, totals)}
    if not totals.open or batch.task or batch.state not in titles:
        return None
    return {"level": "hint", "title": titles[batch.state], "detail": ""}


def _taken_back(batch: Any, totals: Totals) -> dict[str, str]:
    """Say of an import that was taken back what became of its rows, and why it was."""
    counts = {"back": number(totals.taken_back), "stays": number(totals.stored)}
    title = _("Taken back: %(back)s rows. The file may go in again.") % counts
    if totals.stored:
        title = _("Taken back: %(back)s rows; %(stays)s stay, each says why.") % counts
    if totals.stored > totals.stays:
        title = _("Stopped on the way: %(back)s rows are taken back, %(stays)s still stand.") % counts
    return {"title": title, "detail": batch.back_reason}


def _tiles(totals: Totals, batch: Any) -> list[dict[str, Any]]:
    will = batch.is_dry
    sum_note = _("not looked at: %(count)s") % {"count": number(totals.open)} if totals.open else ""
    stored = _("%(new)s new, %(updated)s changed records") % {
        "new": number(totals.new_records), "updated": number(totals.updated_records)
    }  # fmt: skip
    return [
        {"label": _("Rows in the file"), "value": number(totals.rows),
         "note": sum_note or _("= the sum to the right")},
        {"label": _("Would be stored") if will else _("Stored"), "value": number(totals.stored), "tone": "ok",
         "icon": "check", "note": _("nothing is stored yet") if will else stored, "url": "?outcome=stored"},
        {"label": _("Unchanged"), "value": number(totals.unchanged), "icon": "equal",
         "note": _("same as stored before"), "url": "?outcome=unchanged"},
        {"label": _("Refused"), "value": number(totals.refused), "tone": "error", "icon": "x",
         "note": _("red in the workbook"), "url": "?outcome=refused"},
        {"label": _("Waiting"), "value": number(totals.waiting), "tone": "warning", "icon": "clock",
         "note": _("for an answer of yours"), "url": "?outcome=waiting"},
        *([{"label": _("Taken back"), "value": number(totals.taken_back), "icon": "arrow-back-up",
            "note": _("as if never stored"), "url": f"?outcome={TAKEN_BACK}"}] if totals.taken_back else ()),
    ]  # fmt: skip


def _segments(totals: Totals) -> list[dict[str, Any]]:
    """Draw the equation as one bar; what is there is never too thin to see."""
    parts = [(name, getattr(totals, name)) for name in (*OUTCOMES, TAKEN_BACK, "open")]
    whole = sum(count for _name, count in parts) or 1
    widths = {name: max(4.0, 1000 * count / whole) for name, count in parts if count}
    scale = 1000 / sum(widths.values()) if widths else 1
    found, x = [], 0.0
    for name, width in widths.items():
        found.append({"name": name, "x": f"{x:.1f}", "width": f"{max(0, width * scale - 2):.1f}"})
        x += width * scale
    return found


def _may_store(batch: Any, totals: Totals) -> bool:
    if batch.state not in ("mapped", "dry_run", "paused", "done", "failed") or batch.task:
        return False
    return batch.is_dry or bool(totals.repaired or totals.open)


def _store_label(batch: Any, totals: Totals) -> str:
    if batch.is_dry:
        return _("Store what can be stored")
    if totals.open:
        return _("Go on")
    text = ngettext("Store %(count)s repaired row", "Store %(count)s repaired rows", totals.repaired)
    return text % {"count": number(totals.repaired)}


def _table(batch: Any, rows: list[Any], actor: Actor) -> dict[str, Any]:
    if not batch.mapping:
        return {"columns": [], "rows": [_record_row(batch, row, actor) for row in rows]}
    sheet = open_sheet(batch.sha256, read_mapping(batch.mapping))
    columns = _columns(sheet, batch, rows)
    cells = dict(sheet.rows)
    mapping = read_mapping(batch.mapping)
    entries = [mapping.column_of(name) for name in sheet.header.names]
    return {
        "columns": [{"position": place, "name": sheet.header.names[place]} for place in columns],
        "rows": [_sheet_row(batch, row, cells.get(row.number, []), columns, entries, actor) for row in rows],
    }


def _columns(sheet: Sheet, batch: Any, rows: list[Any]) -> list[int]:
    """Choose the columns to show: those that tell the row, those with findings, then the first that go somewhere."""
    mapping = read_mapping(batch.mapping)
    positions = {name: place for place, name in enumerate(sheet.header.names) if name}
    hit: Counter[int] = Counter()
    for row in rows:
        hit.update({f["column"] for f in findings_of(row) if f["column"] >= 0 and f["level"] != "hint"})
    chosen = [positions[name] for name in mapping.key[:1] if name in positions]
    chosen += [place for place, _count in hit.most_common(3)]
    chosen += [positions[entry.header] for entry in mapping.column if entry.to and entry.header in positions]
    return sorted(list(dict.fromkeys(chosen))[:SHOWN_COLUMNS])


def _sheet_row(
    batch: Any, row: Any, cells: list[Any], columns: list[int], entries: list[ColumnMap | None], actor: Actor
) -> dict[str, Any]:
    found = findings_of(row)
    repairs = repairs_of(row)
    marks = {f["column"]: f["level"] for f in reversed(found) if f["level"] != "hint"}
    is_open = row.outcome in ("refused", "waiting") and batch.state not in ("cancelled", "undone")
    shown = []
    for place in columns:
        text = write_cell(cells[place]) if place < len(cells) else ""
        level = marks.get(place, "")
        shown.append(
            {
                "column": place,
                "name": entry.header if (entry := entries[place]) else "",
                "text": text,
                "level": "error" if level == "error" else "warning" if level else "",
                "repair": repairs.get(place),
                "may_repair": is_open and level in ("error", "question"),
                "may_undo": is_open and place in repairs,
            }
        )
    shown_row = {**_record_row(batch, row, actor), "cells": shown}
    offers = [
        {"column": f["column"], "value": value, "label": label}
        for f in found
        if f["column"] not in repairs and is_open
        for value, label in offers_for(f, entries[f["column"]] if f["column"] < len(entries) else None, actor.language)
    ]
    may_repair = bool(offers) or any(cell["may_repair"] or cell["may_undo"] for cell in shown)
    return {**shown_row, "offers": offers[:MOST_OFFERS], "may_repair": may_repair}


def _record_row(batch: Any, row: Any, actor: Actor) -> dict[str, Any]:
    found = [f for f in findings_of(row) if f["level"] != "hint"] or findings_of(row)
    texts = list(dict.fromkeys(say(f, actor.language, batch.type) for f in found))
    more = len(texts) - 2
    return {
        "row": row,
        "texts": texts[:2],
        "more": ngettext("and %(count)s more", "and %(count)s more", more) % {"count": number(more)}
        if more > 0
        else "",
        "url": address_of(batch.type, row.record_id) if _has_record(row) else "",
    }


def _has_record(row: Any) -> bool:
    return row.outcome == TAKEN_BACK or bool(row.revision and row.outcome in ("stored", "unchanged"))


def _pages(offset: int, count: int, outcome: str, code: str) -> dict[str, Any]:
    here = offset // PAGE + 1

    def address(page: int) -> str:
        return f"?outcome={outcome}&code={code}&page={page}"

    return {
        "first": offset + 1 if count else 0,
        "last": min(offset + PAGE, count),
        "total": count,
        "previous_url": address(here - 1) if offset else "",
        "next_url": address(here + 1) if offset + PAGE < count else "",
    }
