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


def header_at(table: Table, rows: Sequence[int]) -> Header:
    """Read the header from given rows, joined from top to bottom; repeated names are numbered."""
    width = max((len(row) for row in table.rows), default=0)
    names: list[str] = []
    lasts: list[str] = []
    seen: dict[str, int] = {}
    lines = [[plain_header(cell) for cell in table.rows[row]] + [""] * (width - len(table.rows[row])) for row in rows]
    lines[:-1] = [_carry(line, lines[-1]) for line in lines[:-1]]
    for column in range(width):
        parts = [line[column] for line in lines]
        filled = list(dict.fromkeys(part for part in parts if part))
        name = " ".join(filled)
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
        lasts.append(filled[-1] if filled else "")
    return Header(tuple(rows), tuple(names), tuple(lasts))


def _carry(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Let a heading hold for the columns to its right as well, where the names below it do not tell them apart."""
    held, found = "", []
    for place, text in enumerate(upper):
        held = text or held
        is_repeated = bool(lower[place]) and lower.count(lower[place]) > 1
        found.append(text or (held if is_repeated else ""))
    return found


def data_rows(table: Table, header: Header) -> list[tuple[int, list[Cell]]]:
    """Return (row number in the file, cells) of every row below the header that holds anything but the header again."""
    found = []
    again = _again(table, header)
    for position in range(header.first_data, len(table.rows)):
        row = table.rows[position]
        if any(write_cell(cell) for cell in row) and not _repeats_header(row, again):
            found.append((table.first_row + position, row))
    return found


def count_repeated(table: Table, header: Header) -> int:
    """Count the rows in which the header stands again, as at the top of every printed page."""
    again = _again(table, header)
    return sum(_repeats_header(row, again) for row in table.rows[header.first_data :])


def _again(table: Table, header: Header) -> list[dict[int, str]]:
    """Return what a row says that stands for the header again: one of its rows, or what is nearest to the data."""
    return [_header_cells(row) for row in (*(table.rows[place] for place in header.rows), header.lasts)]


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
            if sum(held.get(place) == text for place, text in wanted.items()) >= len(wanted) * REPEATED_SHARE:
                return True
    return False
