"""Tables as they come in: cells with their place, and where the header is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Protocol, runtime_checkable

Cell = str | float | int | bool | date | datetime | None
OWN_PREFIX = "opencen "
ROW_ID = f"{OWN_PREFIX}row id"
LOOKED_AT = 15
MOST_HEADER_ROWS = 3
REPEATED_SHARE = 0.8


class Repeated(str):
    """What a merged cell says, repeated into a row that it spans."""

    __slots__ = ()


class Across(Repeated):
    """What a merged cell says, repeated into a column that it spans: a heading over several columns."""

    __slots__ = ()


@dataclass(slots=True)
class Table:
    """One sheet: its rows, the first of which stands in `first_row` of the file."""

    name: str
    rows: list[list[Cell]]
    first_row: int = 1
    note: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@runtime_checkable
class TableReader(Protocol):
    """Read the tables of a file; one file in `formats/readers/` each."""

    name: str
    media_types: frozenset[str]

    def read(self, path: str, encoding: str = "") -> list[Table]:
        """Return the tables, or raise Invalid with the place that cannot be read; a given encoding is not doubted."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands: its rows (as positions in the table), and the name of every column."""

    rows: tuple[int, ...]
    names: tuple[str, ...]
    lasts: tuple[str, ...] = ()

    @property
    def first_data(self) -> int:
        """Return the position of the first row below the header."""
        return (self.rows[-1] + 1) if self.rows else 0


def write_cell(value: Cell) -> str:
    """Write a cell as a person would read it: a whole number without a float's tail, a date in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value).replace("\xa0", " ").strip()


def column_letter(position: int) -> str:
    """Return a column's letters as spreadsheets name it; 0 is A."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def plain_header(value: Cell) -> str:
    """Write a header on one line."""
    return " ".join(write_cell(value).split())


def find_header(table: Table) -> Header:
    """Find the header: the first full row of words, joined with the headings over it and the words below it."""
    widths = [_words(row) for row in table.rows[:LOOKED_AT]]
    if not widths or not max(widths):
        return Header((), ())
    wanted = max(len([c for c in row if write_cell(c)]) for row in table.rows[: LOOKED_AT * 2])
    start = next((n for n, words in enumerate(widths) if words >= max(1, round(wanted * 0.6))), _first_filled(widths))
    rows = [start]
    if start and _is_heading(table.rows[start - 1], table.rows[start], widths[start - 1]):
        rows.insert(0, start - 1)
    elif _is_continued(table, widths, start) or (any(widths[start + 1 :][:1]) and _spans_columns(table.rows[start])):
        rows.append(start + 1)
    return header_at(table, rows)


def header_at(table: Table, rows: Sequence[int]) -> Header:
    """Read the header from given rows, joined from top to bottom; repeated names are numbered."""
    width = max((len(row) for row in table.rows), default=0)
    names: list[str] = []
    lasts: list[str] = []
    seen: dict[str, int] = {}
    for column in range(width):
        parts = [plain_header(table.rows[row][column]) for row in rows if column < len(table.rows[row])]
        filled = list(dict.fromkeys(part for part in parts if part))
        name = " ".join(filled)
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
        lasts.append(filled[-1] if filled else "")
    return Header(tuple(rows), tuple(names), tuple(lasts))


def data_rows(table: Table, header: Header) -> list[tuple[int, list[Cell]]]:
    """Return (row number in the file, cells) of every row below the header that holds anything but the header again."""
    found = []
    again = [_header_cells(table.rows[row]) for row in header.rows]
    for position in range(header.first_data, len(table.rows)):
        row = table.rows[position]
        if any(write_cell(cell) for cell in row) and not _repeats_header(row, again):
            found.append((table.first_row + position, row))
    return found


def count_repeated(table: Table, header: Header) -> int:
    """Count the rows in which the header stands again, as at the top of every printed page."""
    again = [_header_cells(table.rows[row]) for row in header.rows]
    return sum(_repeats_header(row, again) for row in table.rows[header.first_data :])


def _header_cells(row: Sequence[Cell]) -> dict[int, str]:
    texts = {place: plain_header(cell).casefold() for place, cell in enumerate(row)}
    return {place: text for place, text in texts.items() if text and not text.startswith(OWN_PREFIX)}


def _repeats_header(row: Sequence[Cell], again: Sequence[dict[int, str]]) -> bool:
    for wanted in again:
        first = next(iter(wanted), None)
        # The quick look at one cell keeps long tables cheap.
        if len(wanted) < 2 or first is None or first >= len(row) or not isinstance(row[first], str):
            continue
        if plain_header(row[first]).casefold() == wanted[first]:
            held = _header_cells(row)
            return sum(held.get(place) == text for place, text in wanted.items()) >= len(wanted) * REPEATED_SHARE
    return False


def _is_heading(upper: Sequence[Cell], lower: Sequence[Cell], words: int) -> bool:
    """Tell whether a row over the header belongs to it: it fills its gaps, or its headings span columns."""
    if words >= 2 and _fills_gaps(upper, lower):
        return True
    kinds = {write_cell(cell) for cell in upper if write_cell(cell)}
    return len(kinds) >= 2 and _spans_columns(upper)


def _spans_columns(row: Sequence[Cell]) -> bool:
    kinds = {write_cell(cell) for cell in row if write_cell(cell)}
    return len(kinds) >= 2 and any(isinstance(cell, Across) for cell in row)


def _is_continued(table: Table, widths: Sequence[int], start: int) -> bool:
    """Tell whether a second row of words fills the header's gaps, with what is no row of words below it."""
    below = widths[start + 1 : start + 3]
    return len(below) == 2 and below[0] >= 2 and not below[1] and _fills_gaps(table.rows[start + 1], table.rows[start])


def _words(row: Sequence[Cell]) -> int:
    cells = [write_cell(cell) for cell in row if isinstance(cell, str) and write_cell(cell)]
    filled = sum(bool(write_cell(cell)) for cell in row)
    return len(cells) if filled and len(cells) >= filled * 0.8 and len(set(cells)) >= len(cells) * 0.5 else 0


def _first_filled(widths: Sequence[int]) -> int:
    return next((n for n, words in enumerate(widths) if words), 0)


def _fills_gaps(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    return any(write_cell(upper[n]) and not (n < len(lower) and write_cell(lower[n])) for n in range(len(upper)))
