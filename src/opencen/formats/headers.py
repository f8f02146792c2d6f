"""Find the header of a table by evidence: rows of words over what is no words, and names that tell columns apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opencen.formats.tables import (
    LOOKED_AT,
    Across,
    Cell,
    Header,
    Table,
    header_at,
    plain_header,
    write_cell,
)

BELOW = 20
FEWEST_BELOW = 2
ALIKE_SHARE = 0.6
LONGEST_NAME = 40
HEADING_SHARE = 0.4
_DIGIT = re.compile(r"\d")


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
    if rows[-1] == start and _contrasts(table, start + 1):
        rows.append(start + 1)
    return header_at(table, rows)


def _contrasts(table: Table, position: int) -> bool:
    """Tell whether a row of words stands over columns of numbers and dates: it names them, it is none of them.

    A row of data would have a digit where its neighbours below have one; a heading has none anywhere.
    """
    if position + FEWEST_BELOW >= len(table.rows):
        return False
    row = table.rows[position]
    filled = {place: text for place, cell in enumerate(row) if (text := plain_header(cell))}
    if len(filled) < 2 or any(_is_datum(row[place]) for place in filled):
        return False
    named = left = 0
    for place in range(len(row)):
        below = [cells[place] for cells in table.rows[position + 1 : position + 1 + BELOW] if place < len(cells)]
        held = [cell for cell in below if write_cell(cell)]
        if filled.get(place) in {plain_header(cell) for cell in held}:
            return False
        if len(held) >= FEWEST_BELOW and sum(map(_is_datum, held)) >= len(below) * ALIKE_SHARE:
            named += place in filled
            left += place not in filled
    return named >= 2 or (named == 1 and left >= 1 and len(filled) <= len(row) * ALIKE_SHARE)


def _is_datum(cell: Cell) -> bool:
    """Tell whether a cell holds a number, a date or a mark with digits, which no name of a column has."""
    return not isinstance(cell, str) or bool(_DIGIT.search(cell))


def _is_heading(upper: Sequence[Cell], lower: Sequence[Cell], words: int) -> bool:
    """Tell whether a row over the header belongs to it: it fills its gaps, spans columns, or tells them apart."""
    if words >= 2 and _fills_gaps(upper, lower):
        return True
    if _spans_columns(upper):
        return True
    kinds = [plain_header(cell) for cell in upper if plain_header(cell)]
    if len(set(kinds)) < 2 or any(_is_datum(cell) for cell in upper if write_cell(cell)):
        return False
    names = [plain_header(cell).casefold() for cell in lower if plain_header(cell)]
    is_needed = len(set(names)) < len(names)
    is_short = all(len(text) <= LONGEST_NAME for text in kinds)
    return is_short and (is_needed or len(kinds) >= max(3, len(lower) * HEADING_SHARE))


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
