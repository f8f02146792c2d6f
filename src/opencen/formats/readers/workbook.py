"""Workbooks of Excel and OpenDocument; a formula is its last value, never its text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from opencen.formats.limits import MAX_ROWS, check_size
from opencen.formats.tables import LOOKED_AT, Across, Cell, Repeated, Table, write_cell
from opencen.formats.uncalculated import find_uncalculated
from opencen.kernel.errors import Invalid
from opencen.kernel.uploads.content import ODS, XLS, XLSX

MOST_TEXTS = 200_000
LONGEST_KEPT = 80
MOST_MERGED = 20_000
Span = tuple[tuple[int, int], tuple[int, int]]


class WorkbookReader:
    """Read every visible sheet of a workbook."""

    name = "workbook"
    media_types = frozenset({XLSX, XLS, ODS})

    def read(self, path: str, encoding: str = "") -> list[Table]:
        """Return the visible sheets with content."""
        try:
            book = CalamineWorkbook.from_path(path)
            sheets = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            shown = [meta for meta in sheets if meta.visible == SheetVisibleEnum.Visible]
            tables = [_table(book.get_sheet_by_name(meta.name), meta.name) for meta in shown]
        except PasswordError:
            raise Invalid("media.encrypted", path="file") from None
        except (CalamineError, OSError, ValueError) as error:
            if "password" in str(error).lower():
                raise Invalid("media.encrypted", path="file") from None
            raise Invalid("import.unreadable", reason=str(error)[:200]) from None
        uncalculated = find_uncalculated(path)
        for table in tables:
            _mark_uncalculated(table, uncalculated.get(table.name, ()))
        if hidden := len(sheets) - len(shown):
            for table in tables:
                table.facts["hidden"] = str(hidden)
        return tables


def _table(sheet: Any, name: str) -> Table:
    rows = _rows(sheet, name)
    spans = list(sheet.merged_cell_ranges or ())[:MOST_MERGED]
    _repeat_merged(rows, spans)
    return Table(name, rows, facts={"merged": str(len(spans))} if spans else {})


def _rows(sheet: Any, name: str) -> list[list[Cell]]:
    """Read the rows one by one, so that a sheet formatted down to its last row costs no more than what it holds."""
    left = sheet.start[1] if sheet.start else 0
    known: dict[str, str] = {}
    rows: list[list[Cell]] = []
    blank = 0
    for raw in sheet.iter_rows():
        if not any(cell != "" for cell in raw):
            blank += 1
            continue
        if blank:
            rows.extend([""] * (left + len(raw)) for _ in range(min(blank, MAX_ROWS + 1)))
            blank = 0
        row: list[Cell] = [""] * left
        # One copy of every text that stands again and again, as many as are worth their place.
        keep = known.setdefault if len(known) <= MOST_TEXTS else known.get
        row += [keep(cell, cell) if type(cell) is str and len(cell) <= LONGEST_KEPT else _cell(cell) for cell in raw]
        rows.append(row)
        check_size(name, len(rows), len(row))
    while rows and not any(write_cell(cell) for cell in rows[-1]):
        rows.pop()
    return rows


def _cell(cell: Any) -> Cell:
    """Return a cell as a value that the rules know."""
    return cell if isinstance(cell, str | bool | int | float | date) or cell is None else str(cell)


def _mark_uncalculated(table: Table, places: Sequence[tuple[int, int, str]]) -> None:
    """Let a formula without a value, or with an error, stand as what it is, not as an empty cell."""
    for row, column, text in places:
        if row < len(table.rows) and column < len(table.rows[row]) and table.rows[row][column] in ("", None):
            table.rows[row][column] = text


def _repeat_merged(rows: list[list[Cell]], spans: Sequence[Span]) -> None:
    """Repeat what a merged cell says into the rows it spans, and over the columns of a heading."""
    for (top, left), (bottom, right) in spans:
        if top >= len(rows) or left >= len(rows[top]) or not write_cell(rows[top][left]):
            continue
        text = write_cell(rows[top][left])
        last_column = right if top < LOOKED_AT else left
        # One number for several rows is of none of them before somebody divides it: its first row waits as well.
        is_shared = bottom > top and isinstance(rows[top][left], int | float)
        covered = product(range(top, min(bottom, len(rows) - 1) + 1), range(left, last_column + 1))
        for row, column in covered:
            if ((row, column) != (top, left) or is_shared) and column < len(rows[row]):
                rows[row][column] = Across(text) if column > left else Repeated(text)


READER = WorkbookReader()
