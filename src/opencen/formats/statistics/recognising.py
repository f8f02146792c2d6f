"""Recognise a table of sums: a period, at least one measure, and no date or number of a single case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from opencen.formats.cells import fold
from opencen.formats.dates import date_readings, month_of, read_named_month
from opencen.formats.fields import head_words
from opencen.formats.measures import LANGUAGES
from opencen.formats.reading import Sheet, shown_columns
from opencen.formats.suggesting import recognised_share, split_unit
from opencen.formats.tables import Cell, write_cell
from opencen.kernel.text import fold_ascii

NUMBERS_SHARE = 0.95
KNOWN_SHARE = 0.5
LOOKED_AT = 3000
YEAR = re.compile(r"(?:FY\s*)?((?:19|20)\d\d)(?:\s*[-/]\s*(?:\d\d)?\d\d)?(?:\s*\(.*\))?", re.IGNORECASE)
MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
QUARTER = re.compile(r"(?:Q|T|Trim(?:estre)?\s*)\s*([1-4])", re.IGNORECASE)
TO_DATE = ("ytd", "fytd", "to date", "partial", "provisoire")
FISCAL = ("fy", "fiscal year", "financial year", "exercice", "exercice budgétaire", "año fiscal", "ano fiscal")
CASES = ("count", "events", "event", "cases", "number of", "nombre", "nb", "incidents", "seizures", "saisies",
         "affaires", "casos", "عدد")  # fmt: skip
QUANTITIES = ("qty", "quantity", "quantité", "sum", "somme", "weight", "poids", "volume", "cantidad", "quantidade",
              "peso", "kg", "كمية")  # fmt: skip
VALUES = ("value", "valeur", "valor", "amount", "montant", "قيمة")


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of sums: what is counted, and in which unit."""

    position: int
    kind: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class StatisticsPlan:
    """Which columns of a table of sums say what; every other column tells the sums apart."""

    year: int | None
    month: int | None
    commodity: int | None
    measures: tuple[Measure, ...]
    further: tuple[int, ...] = ()
    is_fiscal: bool = False
    first_month: int = 1
    asks_first_month: bool = False
    names: tuple[str, ...] = field(default=())


def recognise_statistics(sheet: Sheet) -> StatisticsPlan | None:
    """Return how a table of sums is read; None where the rows are records."""
    header = sheet.header.names
    columns = {place: _texts(sheet, place) for place in shown_columns(sheet) if header[place]}
    if any(_is_record_column(header[place], texts) for place, texts in columns.items()):
        return None
    year = next((place for place, texts in columns.items() if texts and all(map(_is_period, texts))), None)
    measures = tuple(found for place in columns if place != year and (found := _measure(sheet, place)))
    taken = {year, *(measure.position for measure in measures)}
    month = next((p for p, texts in columns.items() if p not in taken and texts and all(map(_is_month, texts))), None)
    rest = [place for place in columns if place not in taken | {month}]
    if year is None or not measures or not rest:
        return None
    commodity = next((place for place in rest if _is_commodity(columns[place])), None)
    is_fiscal = fold(header[year]) in FISCAL or fold(header[year]).startswith("fy ")
    first = _first_month(sheet, year, month) if is_fiscal and month is not None else 1
    further = tuple(place for place in rest if place != commodity)
    asks = is_fiscal and month is not None and not first
    return StatisticsPlan(year, month, commodity, measures, further, is_fiscal, first or 1, asks, header)


def _texts(sheet: Sheet, place: int) -> list[str]:
    cells = (cells[place] if place < len(cells) else None for _, cells in sheet.rows[:LOOKED_AT])
    return list(dict.fromkeys(text for cell in cells if (text := write_cell(cell))))


def _is_record_column(header: str, texts: Sequence[str]) -> bool:
    """Tell whether a column belongs to single records: their number, or days of a month."""
    if fold(header) in (*head_words("external_references[r1].number"), "number", "no", "no.", "n°", "nº", "id", "رقم"):
        return True
    return bool(texts) and sum(bool(date_readings(text)) or len(read_named_month(text)) > 7 for text in texts) > len(
        texts
    ) * (1 - NUMBERS_SHARE)


def _is_period(text: str) -> bool:
    return bool(YEAR.fullmatch(text) or MONTH.fullmatch(text)) or len(read_named_month(text)) == 7


def _is_month(text: str) -> bool:
    return month_of(text) is not None or bool(QUARTER.fullmatch(text)) or (text.isdigit() and 1 <= int(text) <= 12)


def _measure(sheet: Sheet, place: int) -> Measure | None:
    texts = [text for _, cells in sheet.rows[:LOOKED_AT] if place < len(cells) and (text := write_cell(cells[place]))]
    if not texts or sum(read_sum(text) is not None for text in texts) < len(texts) * NUMBERS_SHARE:
        return None
    bare, unit = split_unit(sheet.header.names[place])
    words = fold(bare)
    for kind, names in (("quantity", QUANTITIES), ("value", VALUES), ("cases", CASES)):
        if any(re.search(rf"\b{re.escape(name)}\b", words) for name in names):
            return Measure(place, kind, unit if kind == "quantity" else "")
    return Measure(place, "quantity", unit) if unit else None


def read_sum(cell: Cell) -> Decimal | None:
    """Read a sum as statistics write it; None where it is none."""
    text = write_cell(cell).replace(" ", "").replace("\u202f", "").replace("'", "")
    if text.count(",") and re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        text = text.replace(",", "")
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def _is_commodity(texts: Sequence[str]) -> bool:
    words = [text for text in texts if not text.isdigit()][:60]
    return len(words) > 1 and recognised_share("commodity", words) >= KNOWN_SHARE


def _first_month(sheet: Sheet, year: int, month: int) -> int:
    """Find the month that a fiscal year begins with, where a year to date shows which months it has; else 0."""
    present: dict[str, set[int]] = {}
    for _, cells in sheet.rows:
        found = month_of(write_cell(cells[month]))
        if found:
            present.setdefault(write_cell(cells[year]), set()).add(found)
    for text, months in present.items():
        if any(word in fold_ascii(text) for word in TO_DATE) and 0 < len(months) < 12:
            starts = [month for month in months if (month - 2) % 12 + 1 not in months]
            if len(starts) == 1:
                return starts[0]
    return 0


__all__ = ["LANGUAGES", "Measure", "StatisticsPlan", "read_sum", "recognise_statistics"]
