"""Workbooks of figures: a sheet of numbers for each, and one that says what they count."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

LONGEST_TITLE = 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """The numbers of one figure, and what is said of it."""

    title: str
    head: list[str]
    rows: list[list[Any]]
    about: list[tuple[str, str]]
    # The same numbers as a table with its totals, as it stands on the screen; it comes first.
    table: tuple[list[str], list[list[Any]]] | None = None


def write_book(sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook; what stands in a cell is never a formula."""
    # Loaded at the first workbook: most processes of pages never write one, and the library takes 10 MB.
    xlsxwriter: Any = import_module("xlsxwriter")
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    bold = book.add_format({"bold": True})
    for number, sheet in enumerate(sheets):
        title = sheet.title if len(sheets) == 1 else f"{number + 1} {sheet.title}"
        if sheet.table:
            _write_sheet(book, f"{title} ({_('table')})", *sheet.table, bold)
        _write_sheet(book, title, sheet.head, sheet.rows, bold)
    notes = book.add_worksheet("about")
    lines = [pair for sheet in sheets for pair in sheet.about]
    for index, (name, text) in enumerate(lines):
        notes.write_string(index, 0, name, bold)
        notes.write_string(index, 1, text)
    notes.autofit()
    if get_language_bidi():
        for made in book.worksheets():
            made.right_to_left()
    book.close()
    return stream.getvalue()


def _write_sheet(book: Any, title: str, head: list[str], rows: list[list[Any]], bold: Any) -> None:
    numbers = book.add_worksheet(title[:LONGEST_TITLE])
    numbers.write_row(0, 0, head, bold)
    numbers.freeze_panes(1, 0)
    for index, row in enumerate(rows, 1):
        numbers.write_row(index, 0, row)
    numbers.autofit()
