"""Tell the rows of a sheet that are no records: sums of other rows, and notes between or below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opencen.formats.cells import fold
from opencen.formats.tables import Cell, write_cell

TOTALS = ("total", "totals", "totaux", "subtotal", "sub-total", "sous-total", "grand total", "total général", "somme",
          "sum", "suma", "soma", "total geral", "total general", "المجموع", "الإجمالي", "الاجمالي", "المجموع العام",
          "مجموع", "جملة", "الجملة", "subtotales", "totales", "totais", "subtotais", "parcial",
          "à reporter")  # fmt: skip
# A word that begins a sum carried over, and elsewhere in a row is a kind of source.
FIRST_ONLY = ("report",)
BEGINNINGS = ("total ", "sous-total ", "sous total ", "subtotal ", "sub-total ", "soma ", "suma ", "somme ", "sum of ",
              "مجموع ", "المجموع ", "إجمالي ", "اجمالي ", "الإجمالي ")  # fmt: skip
NOTES = re.compile(r"(?:\(?\*+\)?|nb?|note|notes|nota|notas|fonte|fuente|source|sources|ملاحظة|المصدر)\s*[:.)\s]")
SPARSE = 0.6
FEWEST_COLUMNS = 4
LONGEST_TOTAL = 60
FIRST = 3


def why_no_record(cells: Sequence[Cell], columns: int) -> str:
    """Return the code of why a row is no record, by how little of it is filled; empty where it is one."""
    held = [cell for cell in cells if cell is not None and cell != ""]
    if columns < FEWEST_COLUMNS or len(held) > columns * SPARSE:
        return ""
    filled = [text for cell in held if (text := write_cell(cell))]
    if any(_is_total(text) for text in filled[:FIRST]) or (filled and fold(filled[0]).rstrip(" :.=") in FIRST_ONLY):
        return "import.total_row"
    is_note = len(filled) == 1 or bool(filled and NOTES.match(fold(filled[0])))
    return "import.note_row" if is_note else ""


def _is_total(text: str) -> bool:
    plain = fold(text).rstrip(" :.=")
    return plain in TOTALS or (plain.startswith(BEGINNINGS) and len(plain) < LONGEST_TOTAL)
