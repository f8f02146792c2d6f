"""Read a cell as a field's value; what cannot be read is an issue with its code, never a guess."""

from __future__ import annotations

import re

from opencen.codelists.catalogue import get_list, resolve
from opencen.formats.cells import Issue, Reading, fold, refuse
from opencen.formats.dates import date_readings, read_date
from opencen.formats.mapping import ColumnMap
from opencen.formats.measures import LANGUAGES, read_number
from opencen.formats.offices import office_code
from opencen.formats.tables import Cell, Repeated, write_cell
from opencen.formats.uncalculated import ERRORS
from opencen.records.schema import Annotations

WAITS = ("number.ambiguous", "number.approximate", "date.order_undecided", "date.maybe_turned",
         "import.several_values", "import.two_measures", "import.merged_number")  # fmt: skip
AFFIRMED = ("yes", "y", "true", "1", "x", "oui", "o", "vrai", "sí", "si", "s", "verdadero", "sim", "verdadeiro", "نعم",
            "أجل", "صحيح", "✓", "✔", "да")  # fmt: skip
DENIED = ("no", "n", "false", "0", "non", "faux", "falso", "não", "nao", "لا", "كلا", "خطأ", "✗", "✘", "нет")
YES = {**dict.fromkeys(AFFIRMED, True), **dict.fromkeys(DENIED, False)}
SPLITS = re.compile(r"\s*(?:[;/+&\n،]|,\s|\bet\b|\band\b|\by\b|\be\b)\s*")
LARGEST_EXACT = 10**15
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{1,3}")


def read_value(cell: Cell, entry: ColumnMap, leaf: Annotations, evidence: str = "", weekday: str = "") -> Reading:
    """Read a cell by its column's rules and its field's kind."""
    text = write_cell(cell)
    if not text:
        return Reading()
    key = fold(text)
    if key in entry.flags:
        return Reading(code=entry.flags[key], level="warning", data={"value": text}, is_touch=True)
    if key in entry.values:
        return Reading(entry.values[key] or None)
    found = _read(cell, text, entry, leaf, evidence, weekday)
    if found.level == "error":
        if found.code in WAITS and entry.unreadable == "refuse":
            found.level = "question"
        elif entry.unreadable == "flag":
            found.level = "warning"
    return found


def _read(cell: Cell, text: str, entry: ColumnMap, leaf: Annotations, evidence: str, weekday: str) -> Reading:
    if text in ERRORS:
        return refuse("import.broken_formula", text)
    if leaf.items == "set":
        return Reading([part.strip() for part in text.split(";") if part.strip()])
    if leaf.codelist:
        return _read_code(text, leaf.codelist, entry)
    if leaf.kind == "decimal":
        return refuse("import.merged_number", text) if isinstance(cell, Repeated) else read_number(cell, text, entry)
    if leaf.kind == "partial_date":
        return read_date(cell, text, entry, evidence, weekday)
    if leaf.kind == "integer":
        return Reading(int(text)) if text.lstrip("-").isdigit() else refuse("number.invalid", text)
    if leaf.kind == "boolean":
        known = YES.get(fold(text))
        return Reading(known) if known is not None else refuse("value.not_yes_or_no", text)
    if leaf.kind == "office":
        code = office_code(text)
        return Reading(code) if code else refuse("office.unknown", text)
    return _read_text(cell, text, leaf)


def _read_text(cell: Cell, text: str, leaf: Annotations) -> Reading:
    """Read a text; a number that the spreadsheet has shortened is no identifier any more."""
    if leaf.free_text:
        return Reading(text)
    is_shortened = isinstance(cell, float) and abs(cell) >= LARGEST_EXACT
    if is_shortened or _EXPONENT.fullmatch(text):
        return refuse("import.identifier_damaged", text)
    return Reading(text)


def _read_code(text: str, name: str, entry: ColumnMap) -> Reading:
    codes = get_list(name)
    if text in codes.codes:
        return Reading(text)
    found = resolve(name, text, LANGUAGES)
    if found:
        return Reading(found.code)
    if name == "place" and (joined := "".join(text.split()).upper()) in codes.codes:
        return Reading(joined)  # UN/LOCODE is written with a blank: TN RDS
    if name == "yes_no" and (known := YES.get(fold(text))) is not None:
        return Reading("yes" if known else "no")
    if name == "hs" and (shorter := _international_part(text)) in codes.codes:
        return Reading(shorter, "code.hs_shortened", "hint", {"value": text, "taken": shorter})
    parts = split_codes(text, name)
    if parts and entry.split == "items":
        return Reading(parts[0], items=tuple(parts[1:]))
    if parts:
        return refuse("import.several_values", text, would_be=[codes.label(code, "en") for code in parts])
    return refuse("code.unknown", text, list=name)


def _international_part(text: str) -> str:
    """Return the six digits of the Harmonized System that a national code of eight or more begins with."""
    digits = text.replace(".", "").replace(" ", "")
    return digits[:6] if digits.isdigit() and 8 <= len(digits) <= 12 else ""


def split_codes(text: str, name: str) -> list[str]:
    """Take a cell apart into codes where every part of it is one; else it is none."""
    parts = [part for part in SPLITS.split(text) if part]
    found = [resolve(name, part, LANGUAGES) for part in parts] if len(parts) > 1 else []
    return [code.code for code in found if code] if found and all(found) else []


__all__ = ["LANGUAGES", "Issue", "Reading", "date_readings", "fold", "read_value", "split_codes"]
