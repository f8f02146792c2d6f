"""Read a cell as a field's value; what cannot be read is an issue with its code, never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from opencen.codelists.catalogue import get_list, resolve
from opencen.formats.mapping import ColumnMap
from opencen.formats.tables import Cell, write_cell
from opencen.kernel.errors import Invalid
from opencen.kernel.partial_dates import PartialDate
from opencen.kernel.quantities import parse_decimal
from opencen.records.schema import Annotations

LANGUAGES = ("en", "fr", "es", "ar", "pt", "ru")
MAX_DECIMALS = 9
WAITS = ("number.ambiguous", "date.order_undecided", "import.several_values")
YES = {"yes": True, "true": True, "1": True, "x": True, "oui": True, "no": False, "false": False, "0": False,
       "non": False}  # fmt: skip
_DATE = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ]\d{1,2}:\d{2}.*)?")
_SEVERAL = re.compile(r"\d\s*(?:-|–|/|;|\bto\b|\bà\b)\s*\d")
_NUMBER_UNIT = re.compile(r"\s*([+-]?[\d.,  ']*\d)\s*([A-Za-zµ]+\.?)\s*")


@dataclass(frozen=True, slots=True)
class Issue:
    """What was found in a cell: `level` question means that the row waits for an answer."""

    code: str
    level: str
    column: int
    path: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What a cell says: the value (None: nothing), and what was found on the way."""

    value: Any = None
    code: str = ""
    level: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    is_touch: bool = False


def fold(text: str) -> str:
    """Bring spellings of one value together: spaces and capitals do not tell values apart."""
    return " ".join(text.replace("\xa0", " ").split()).casefold()


def read_value(cell: Cell, entry: ColumnMap, leaf: Annotations, evidence: str = "") -> Reading:
    """Read a cell by its column's rules and its field's kind."""
    text = write_cell(cell)
    if not text:
        return Reading()
    key = fold(text)
    if key in entry.flags:
        return Reading(code=entry.flags[key], level="warning", data={"value": text}, is_touch=True)
    if key in entry.values:
        return Reading(entry.values[key] or None)
    found = _read(cell, text, entry, leaf, evidence)
    if found.level == "error":
        if found.code in WAITS and entry.unreadable == "refuse":
            found.level = "question"
        elif entry.unreadable == "flag":
            found.level = "warning"
    return found


def _read(cell: Cell, text: str, entry: ColumnMap, leaf: Annotations, evidence: str) -> Reading:
    if leaf.items == "set":
        return Reading([part.strip() for part in text.split(";") if part.strip()])
    if leaf.codelist:
        return _read_code(text, leaf.codelist)
    if leaf.kind == "decimal":
        return _read_number(cell, text, entry)
    if leaf.kind == "partial_date":
        return _read_date(cell, text, entry, evidence)
    if leaf.kind == "integer":
        return Reading(int(text)) if text.lstrip("-").isdigit() else _refused("number.invalid", text)
    if leaf.kind == "boolean":
        known = YES.get(fold(text))
        return Reading(known) if known is not None else _refused("value.not_yes_or_no", text)
    return Reading(text)


def _refused(code: str, text: str, **data: Any) -> Reading:
    return Reading(None, code, "error", {"value": text[:80], **data})


def _read_code(text: str, name: str) -> Reading:
    codes = get_list(name)
    if text in codes.codes:
        return Reading(text)
    found = resolve(name, text, LANGUAGES)
    return Reading(found.code) if found else _refused("code.unknown", text, list=name)


def _read_number(cell: Cell, text: str, entry: ColumnMap) -> Reading:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Reading(format(_without_tail(Decimal(text)), "f"))
    if text.startswith("#"):
        return _refused("import.broken_formula", text)
    if _SEVERAL.search(text):
        return _refused("import.several_values", text)
    unit = entry.beside.get("unit")
    match = _NUMBER_UNIT.fullmatch(text)
    if match and unit and _same_unit(match[2], unit):
        text = match[1]
    try:
        found = parse_decimal(text, {"comma": True, "point": False}.get(entry.decimal))
    except Invalid as error:
        return _refused(error.code, text, **{k: v for k, v in error.data.items() if k != "value"})
    return Reading(format(found, "f"))


def _without_tail(value: Decimal) -> Decimal:
    """Cut what a binary fraction left behind the ninth decimal, which no field keeps."""
    exponent = value.as_tuple().exponent
    return round(value, MAX_DECIMALS) if isinstance(exponent, int) and -exponent > MAX_DECIMALS else value


def _same_unit(text: str, unit: str) -> bool:
    found = resolve("unit", text.rstrip("."), LANGUAGES)
    return found is not None and found.code == unit


def _read_date(cell: Cell, text: str, entry: ColumnMap, evidence: str) -> Reading:
    if isinstance(cell, date | datetime):
        return _judge_precision(text, evidence) if entry.evidence else Reading(text)
    try:
        return Reading(str(PartialDate.parse(text)))
    except Invalid as error:
        ways = date_readings(text)
        if entry.order:
            chosen = ways.get(entry.order)
            return Reading(chosen) if chosen else _refused("date.impossible", text)
        if len(set(ways.values())) == 1:
            return Reading(next(iter(ways.values())))
        if ways:
            return _refused("date.order_undecided", text, would_be=sorted(set(ways.values())))
        return _refused(error.code, text)


def date_readings(text: str) -> dict[str, str]:
    """Return the days that a written date may mean, by the order of its parts."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return {}
    first, second, third = (int(part) for part in match.groups())
    orders = {"dmy": (third, second, first), "mdy": (third, first, second), "ymd": (first, second, third)}
    found = {}
    for name, (year, month, day) in orders.items():
        if not 1900 <= year <= 2200:
            continue
        try:
            found[name] = date(year, month, day).isoformat()
        except ValueError:
            continue
    return found


MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip


def _judge_precision(text: str, evidence: str) -> Reading:
    """Read the first of a month as the month, or the first of January as the year, where the words name no day.

    A sheet cannot hold a year alone, so that whoever keeps it writes the first day. The words beside it tell.
    """
    year, month, day = text[:10].split("-")
    if day != "01":
        return Reading(text)
    words = fold(evidence)
    name = MONTHS[int(month) - 1]
    if re.search(rf"\b0?1(?:st)?\s+{name}\b|\b{name}\s+0?1(?:st)?\b(?!\d)", words):
        return Reading(text)
    names_month = re.search(rf"(?<!\d )(?<!\d\d )\b{name}\b(?!\s+\d{{1,2}}\b)", words)
    if names_month:
        return Reading(f"{year}-{month}", "import.date_precision", "hint", {"value": text, "taken": f"{year}-{month}"})
    if month == "01":
        return Reading(year, "import.date_precision", "hint", {"value": text, "taken": year})
    return Reading(text)
