"""Workbooks of Excel and OpenDocument; a formula is its last value, never its text."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from opencen.formats.tables import Table, write_cell
from opencen.kernel.errors import Invalid
from opencen.kernel.uploads.content import ODS, XLS, XLSX


class WorkbookReader:
    """Read every visible sheet of a workbook."""

    name = "workbook"
    media_types = frozenset({XLSX, XLS, ODS})

    def read(self, path: str) -> list[Table]:
        """Return the visible sheets with content."""
        try:
            book = CalamineWorkbook.from_path(path)
            return [
                Table(meta.name, _rows(book.get_sheet_by_name(meta.name)))
                for meta in book.sheets_metadata
                if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet
            ]
        except (CalamineError, OSError, ValueError) as error:
            raise Invalid("import.unreadable", reason=str(error)[:200]) from None


def _rows(sheet: Any) -> list[list[Any]]:
    rows = sheet.to_python(skip_empty_area=False)
    while rows and not any(write_cell(cell) for cell in rows[-1]):
        rows.pop()
    return [[str(cell) if isinstance(cell, timedelta) else cell for cell in row] for row in rows]


READER = WorkbookReader()
