"""What is in each column: where it goes, why we think so, and what is still a question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from opencen.codelists.catalogue import get_list, resolve
from opencen.formats import services
from opencen.formats.constants import open_constants, with_constants
from opencen.formats.evidence import DateEvidence
from opencen.formats.fields import FieldChoice, choice_at, field_choices
from opencen.formats.mapping import ColumnMap, Mapping, read_mapping, write_mapping
from opencen.formats.money import read_currency
from opencen.formats.offices import office_code, office_names
from opencen.formats.proposing import field_meant, from_labels, propose
from opencen.formats.queries import find_mapping, mapping_names
from opencen.formats.readers.separated import ENCODINGS
from opencen.formats.reading import Sheet, open_sheet
from opencen.formats.statistics.recognising import recognise_statistics
from opencen.formats.suggesting import Suggestion
from opencen.formats.surveying import ColumnView, survey
from opencen.formats.values import fold
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, OpenCenError
from opencen.kernel.languages import LANGUAGES, collation
from opencen.records.effective import EffectiveSchema, schema_for
from opencen.records.texts import error_text
from opencen.web.actors import actor_in
from opencen.web.pages.imports.shared import MOST_CHOICES, choice_label, constant_fields, frame, page_of, sent_constants

ICONS = {
    "partial_date": "calendar", "decimal": "scale", "country": "map-pin", "commodity": "package",
    "conveyance_mode": "truck", "unit": "ruler-2", "office": "building", "person_name": "user", "": "list-details",
}  # fmt: skip
ANSWERS = (
    ("order", ("dmy", "mdy", "ymd")),
    ("decimal", ("comma", "point")),
    ("cells", ("as_shown", "turned")),
    ("split", ("measures", "sum", "items")),
)
ANSWERS_A_COLUMN = 30
ASKED = ("asks_order", "asks_cells", "asks_split", "asks_decimal", "asks_unit", "open_values", "answered")


@require_http_methods(["GET", "HEAD", "POST"])
def columns_page(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show the columns with the proposal, and take the answers."""
    actor = actor_in(request)
    context = frame(actor, batch_id, "columns")
    batch = context["batch"]
    schema = schema_for(actor, batch.type)
    mapping, why = _start(actor, batch, schema, request.GET.get("mapping", ""))
    sheet = open_sheet(batch.sha256, mapping)
    if request.method == "POST":
        answered = mapping
        try:
            elsewhere = _look_elsewhere(request.POST, mapping, sheet, batch.sha256, schema)
            answered = elsewhere or _answer(request.POST, mapping, sheet, schema, actor.language)
            _refuse_unknown(request.POST, sheet, schema, actor.language)
            given = {} if elsewhere else sent_constants(request.POST)
            wanted = with_constants(answered, given, schema)
            return _take(request, actor, batch_id, wanted, may_run=elsewhere is None)
        except OpenCenError as error:
            text = error_text(error, actor.language)
            context["problem"] = {"level": "error", "title": text.message, "detail": text.right}
            mapping = _keep(request, actor, batch_id, mapping, answered)
    context |= _context(actor, sheet, mapping, schema, why)
    for field in context["constants"]:
        field["value"] = request.POST.get(field["name"], field["value"])
    context["reason"] = request.POST.get("reason", batch.reason)
    return render(request, "imports/columns.html", context)


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


def _look_elsewhere(form: Any, mapping: Mapping, sheet: Sheet, digest: str, schema: EffectiveSchema) -> Mapping | None:
    """Propose anew where another sheet, header or encoding was chosen; None where none was."""
    wanted = form.get("sheet", sheet.table.name), form.get("encoding", mapping.encoding)
    rows = [int(part) for part in form.get("header_rows", "").replace(",", " ").split() if part.isdigit()][:5]
    here = header_rows_of(sheet)
    if wanted == (sheet.table.name, mapping.encoding) and rows in ([], here):
        return None
    rows = rows if rows != here else []
    changes = {"sheet": wanted[0], "encoding": wanted[1], "header_rows": rows}
    found = from_labels(open_sheet(digest, mapping.model_copy(update=changes)), schema)
    return found.model_copy(update={"encoding": wanted[1], "mode": mapping.mode})


def header_rows_of(sheet: Sheet) -> list[int]:
    """Return the numbers of the header's rows, as the spreadsheet counts them."""
    first = sheet.table.first_row
    return [first + row for row in sheet.header.rows if first + row > 0]


def _answer(form: Any, mapping: Mapping, sheet: Sheet, schema: EffectiveSchema, language: str) -> Mapping:
    """Lay the answers of the form over a mapping."""
    labels = {fold(choice_label(found)): found for found in field_choices(schema, language)}
    columns = []
    for position, header in enumerate(sheet.header.names):
        entry = mapping.column_of(header)
        if header and (entry or form.get(f"to-{position}")):
            columns.append(_column(form, position, entry or ColumnMap(header=header), labels, schema, language))
    key = [name for name in form.getlist("key") if name in sheet.header.names]
    mode = form.get("mode") if form.get("mode") in ("live", "historical") else mapping.mode
    changes: dict[str, Any] = {"column": columns, "key": key, "group": bool(key) and "group" in form, "mode": mode}
    return mapping.model_copy(update=changes)


def _column(
    form: Any, position: int, entry: ColumnMap, labels: dict[str, FieldChoice], schema: EffectiveSchema, language: str
) -> ColumnMap:
    changes: dict[str, Any] = {}
    wanted = fold(form.get(f"to-{position}", ""))
    current = choice_at(schema, entry.to[0], language) if entry.to else None
    if wanted != (fold(choice_label(current)) if current else "") and not _is_unknown(wanted, labels, schema, language):
        found = labels.get(wanted) or _meant(wanted, schema, language)
        changes = {"to": [found.path] if found else [], "why": "chosen", "values": {}, "otherwise": "", "beside": {}}
        changes["split"] = "" if entry.split == "kinds" else entry.split
        current = found
    for name, allowed in ANSWERS:
        if form.get(f"{name}-{position}") in allowed:
            changes[name] = form[f"{name}-{position}"]
    if unit := form.get(f"unit-{position}", "").strip():
        code = resolve("unit", unit, LANGUAGES)
        changes["beside"] = {**entry.beside, "unit": code.code if code else unit}
    if f"currency-{position}" in form:
        wanted = form[f"currency-{position}"].strip()
        beside = {key: value for key, value in changes.get("beside", entry.beside).items() if key != "currency"}
        changes["beside"] = {**beside, "currency": read_currency(wanted) or wanted.upper()} if wanted else beside
    values = dict(changes.get("values", entry.values))
    for number in range(ANSWERS_A_COLUMN):
        text, answer = form.get(f"open-{position}-{number}", ""), form.get(f"answer-{position}-{number}", "").strip()
        if text and answer and current is not None:
            values[fold(text)] = "" if answer == "-" else _code(current, answer)
    return entry.model_copy(update={**changes, "values": values})


def _meant(wanted: str, schema: EffectiveSchema, language: str) -> FieldChoice | None:
    """Return the field that a name written freely means: “quantity” needs no group before it."""
    return field_meant(wanted.rpartition("›")[2].strip() or wanted, field_choices(schema, language)) if wanted else None


def _is_unknown(wanted: str, labels: dict[str, FieldChoice], schema: EffectiveSchema, language: str) -> bool:
    return bool(wanted) and wanted not in labels and _meant(wanted, schema, language) is None


def _refuse_unknown(form: Any, sheet: Sheet, schema: EffectiveSchema, language: str) -> None:
    """Say that no field is called so; a column is left out only where that was wanted."""
    labels = {fold(choice_label(found)): found for found in field_choices(schema, language)}
    for position, header in enumerate(sheet.header.names):
        written = form.get(f"to-{position}", "")
        if header and _is_unknown(fold(written), labels, schema, language):
            raise Invalid("import.field_unknown", path=f"to-{position}", value=written[:80], header=header[:80])


def _code(choice: FieldChoice, answer: str) -> str:
    name = choice.leaf.codelist
    if choice.leaf.kind == "office":
        return office_code(answer) or answer
    if not name or answer in get_list(name).codes:
        return answer
    found = resolve(name, answer, LANGUAGES)
    return found.code if found else answer


def _context(actor: Actor, sheet: Sheet, mapping: Mapping, schema: EffectiveSchema, why: str) -> dict[str, Any]:
    views = survey(sheet, mapping, schema, actor.language)
    rows = [_row(view, mapping, schema, actor.language) for view in views]
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
        "names": [name for name in sheet.header.names if name],
        "questions": questions,
        "dates": dates if dates.dmy or dates.mdy or dates.undecided or dates.is_turned else None,
        "order": _order_word(rows, dates),
        "statistics": recognise_statistics(sheet),
        "months": [{"number": number, "name": name} for number, name in MONTHS.items()],
        "answered_in": known if title == "again" else "",
        "started_from": {"title": title, "known": known, "total": total} if title and title != "again" else None,
    }


def _row(view: ColumnView, mapping: Mapping, schema: EffectiveSchema, language: str) -> dict[str, Any]:
    entry = mapping.column_of(view.header)
    choice = choice_at(schema, view.path, language) if view.path else None
    kind = choice.leaf.kind if choice else ""
    icon = ICONS.get(choice.leaf.codelist or kind, ICONS[""]) if choice else "minus"
    takes_codes = bool(choice and (choice.leaf.codelist or choice.leaf.kind == "office"))
    found = {
        "view": replace(view, samples=view.samples[:64]),
        "entry": entry,
        "to": choice_label(choice) if choice else "",
        "and_to": _further_labels(entry, schema, language),
        "icon": icon,
        "why": _why(view, entry, choice),
        "badge": _badge(view, choice),
        "is_key": view.header in mapping.key,
        "asks_order": kind == "partial_date" and bool(view.dates.undecided) and not (entry and entry.order),
        "asks_cells": bool(entry and entry.cells == "ask"),
        "asks_decimal": kind == "decimal" and "number.ambiguous" in view.codes and not (entry and entry.decimal),
        "asks_split": _split_rules(view, entry),
        "asks_unit": _asks_unit(view, entry, mapping),
        "currency": _currency(view, entry, mapping),
        "open_values": [
            {"n": n, "text": text, "rows": rows, **_suggested(view.suggested.get(text, []))}
            for n, (text, rows) in enumerate(view.open_values)
        ],
        "answered": _answered(view, choice, language),
        "takes_codes": takes_codes,
        "offered": _offered(choice, language) if takes_codes and (view.open_values or view.answered) else [],
        "more": view.opens - len(view.open_values),
    }
    return {**found, "asks": any(found[name] for name in ASKED) or found["currency"] is not None}


def _offered(choice: FieldChoice | None, language: str) -> list[str]:
    """Return the labels to choose from where a list is short enough to be looked through."""
    if choice and choice.leaf.kind == "office":
        return office_names()[:MOST_CHOICES]
    codes = get_list(choice.leaf.codelist) if choice else ()
    return sorted({code.label(language) for code in codes}) if len(codes) <= MOST_CHOICES else []


def _further_labels(entry: ColumnMap | None, schema: EffectiveSchema, language: str) -> str:
    """Name the further fields that a column of several kinds goes to."""
    if entry is None or entry.split != "kinds":
        return ""
    choices = [choice_at(schema, path, language) for path in entry.to[1:]]
    return ", ".join(choice_label(choice) for choice in choices if choice)


def _suggested(found: list[Suggestion]) -> dict[str, Any]:
    """Lay what one value may mean into its field; what may be several things is only said."""
    only = found[0] if len(found) == 1 else None
    labels = _(" or ").join(f"“{one.label}”" for one in found)
    return {"suggested": only, "maybe": labels if len(found) > 1 else "", "labels": [one.label for one in found]}


def _answered(view: ColumnView, choice: FieldChoice | None, language: str) -> list[dict[str, Any]]:
    """Show what values were said to mean, each in a field that changes it; numbered on from the open ones."""
    name = choice.leaf.codelist if choice else ""
    if not name:
        return []
    codes, first = get_list(name), len(view.open_values)
    return [
        {
            "n": n,
            "text": text,
            "rows": rows,
            "label": codes.label(code, language) if code in codes.codes else code or "-",
        }
        for n, (text, rows, code) in enumerate(view.answered, first)
    ]


def _order_word(rows: list[dict[str, Any]], dates: DateEvidence) -> str:
    """Say which order of day and month holds, and on what it rests."""
    said = {row["entry"].order for row in rows if row["entry"] and row["entry"].order}
    if len(said) != 1:
        return ""
    word = {"dmy": _("Day first"), "mdy": _("Month first"), "ymd": _("Year first")}[said.pop()]
    return f"{word}, {_('by evidence') if dates.order else _('by your answer')}"


def _split_rules(view: ColumnView, entry: ColumnMap | None) -> list[tuple[str, str]]:
    """Offer the rules by which cells with several values can be divided; none is applied unasked."""
    if entry is None or entry.split:
        return []
    if "import.two_measures" in view.codes:
        return [
            ("measures", _("the first is the quantity, the others measure the same goods")),
            ("sum", _("parts of one quantity: add them up")),
        ]
    if "import.several_values" in view.codes and view.path and not view.path.startswith("lines"):
        return [("items", _("each part is an entry of its own"))] if "[" in view.path else []
    return []


def _asks_unit(view: ColumnView, entry: ColumnMap | None, mapping: Mapping) -> bool:
    """Tell whether neither the column nor another one says the unit of a quantity."""
    if not view.path.endswith(".quantity") or (entry and entry.beside.get("unit")):
        return False
    unit = view.path.removesuffix("quantity") + "unit"
    return not any(unit in other.to for other in mapping.column)


def _currency(view: ColumnView, entry: ColumnMap | None, mapping: Mapping) -> dict[str, str] | None:
    """Say the currency of a column of amounts, to be confirmed; None where another column says it."""
    path = view.path.removesuffix("amount") + "currency"
    if not view.path.endswith("value.amount") or any(path in other.to for other in mapping.column):
        return None
    return {"code": str(entry.beside.get("currency", "")) if entry else ""}


def _why(view: ColumnView, entry: ColumnMap | None, choice: FieldChoice | None) -> str:
    if choice is None and entry and entry.why == "evidence":
        return _("Weekdays: evidence for the dates only")
    if choice is None:
        return _("Kept in the copy of the file only") if view.filled else _("Empty")
    words = {
        "label": _("The header is this field’s name"),
        "alike": _("The header is nearly this field’s name"),
        "chosen": _("Chosen by you"),
        "template": _("As the template says"),
        "words": _("The header holds this field’s name, and its values fit"),
        "kinds": _("Two kinds in one column: each value goes where its shape belongs"),
        "values": _("Its values belong to this field"),
        "wide": _("One column for each kind of goods: a line each"),
        "weekday": _("Dates; order by the weekday beside them"),
    }
    said = entry.why if entry else ""
    if said == "kinds" and entry and entry.split == "kinds":
        return words[said]
    if said and said not in words:
        return _(said)
    if view.dates.order and entry and entry.order == view.dates.order and said != "weekday":
        proven = max(view.dates.dmy, view.dates.mdy)
        return _("%(count)s dates prove the order, none contradicts") % {"count": proven}
    if all(view.marks):
        return _("%(commas)s with a decimal comma, %(points)s with a point: what could be either waits") % {
            "commas": view.marks[0], "points": view.marks[1]
        }  # fmt: skip
    if choice.leaf.codelist and view.distinct and not (entry and entry.otherwise):
        known = view.distinct - view.opens
        return _("%(known)s of %(all)s values recognised") % {"known": known, "all": view.distinct}
    return words.get(said, "")


def _badge(view: ColumnView, choice: FieldChoice | None) -> dict[str, str]:
    if choice is None:
        return {"tone": "plain", "icon": "", "text": _("left out")}
    if view.opens:
        if choice.leaf.codelist:
            text = ngettext("%(count)s value", "%(count)s values", view.opens) % {"count": view.opens}
        else:
            text = ngettext("%(count)s row", "%(count)s rows", view.opens_rows) % {"count": view.opens_rows}
        return {"tone": "warning", "icon": "help-circle", "text": text}
    if view.is_nominal:
        return {"tone": "", "icon": "eye-off", "text": _("nominal")}
    return {"tone": "ok", "icon": "check", "text": f"{view.filled:,}"}
