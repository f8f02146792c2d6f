"""Read the answers of the form: another sheet or header, where each column goes, what its values mean."""

from __future__ import annotations

from typing import Any

from opencen.codelists.catalogue import get_list, resolve
from opencen.formats.fields import FieldChoice, choice_at, field_choices
from opencen.formats.mapping import ColumnMap, Mapping
from opencen.formats.money import read_currency
from opencen.formats.offices import office_code
from opencen.formats.proposing import field_meant, from_labels
from opencen.formats.reading import Sheet, open_sheet
from opencen.formats.values import fold
from opencen.kernel.errors import Invalid
from opencen.kernel.languages import LANGUAGES
from opencen.records.effective import EffectiveSchema
from opencen.web.pages.imports.shared import choice_label

ANSWERS = (
    ("order", ("dmy", "mdy", "ymd")),
    ("decimal", ("comma", "point")),
    ("cells", ("as_shown", "turned")),
    ("split", ("measures", "sum", "items")),
)
ANSWERS_A_COLUMN = 30


def look_elsewhere(form: Any, mapping: Mapping, sheet: Sheet, digest: str, schema: EffectiveSchema) -> Mapping | None:
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


def lay_answers(form: Any, mapping: Mapping, sheet: Sheet, schema: EffectiveSchema, language: str) -> Mapping:
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
    """Lay the answers about one column over its entry: the field, how it is read, what its values mean."""
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
    beside = _beside(form, position, changes.get("beside", entry.beside))
    values = _values(form, position, changes.get("values", entry.values), current)
    return entry.model_copy(update={**changes, "beside": beside, "values": values})


def _beside(form: Any, position: int, held: dict[str, str]) -> dict[str, str]:
    """Lay the unit and the currency that were said for a whole column over what is said beside it."""
    found = dict(held)
    if unit := form.get(f"unit-{position}", "").strip():
        code = resolve("unit", unit, LANGUAGES)
        found["unit"] = code.code if code else unit

    if f"currency-{position}" in form:
        wanted = form[f"currency-{position}"].strip()
        found.pop("currency", None)
        if wanted:
            found["currency"] = read_currency(wanted) or wanted.upper()
    return found


def _values(form: Any, position: int, held: dict[str, str], choice: FieldChoice | None) -> dict[str, str]:
    """Lay what single values were said to mean over what is known of them; a dash leaves a value out."""
    found = dict(held)
    for number in range(ANSWERS_A_COLUMN):
        text, answer = form.get(f"open-{position}-{number}", ""), form.get(f"answer-{position}-{number}", "").strip()
        if text and answer and choice is not None:
            found[fold(text)] = "" if answer == "-" else _code(choice, answer)
    return found


def _meant(wanted: str, schema: EffectiveSchema, language: str) -> FieldChoice | None:
    """Return the field that a name written freely means: “quantity” needs no group before it."""
    return field_meant(wanted.rpartition("›")[2].strip() or wanted, field_choices(schema, language)) if wanted else None


def _is_unknown(wanted: str, labels: dict[str, FieldChoice], schema: EffectiveSchema, language: str) -> bool:
    return bool(wanted) and wanted not in labels and _meant(wanted, schema, language) is None


def refuse_unknown(form: Any, sheet: Sheet, schema: EffectiveSchema, language: str) -> None:
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
