"""Hand a workbook back: red cells with reasons, and each row's record, so that it goes in again without doubling."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from opencen.formats.events import HANDED_BACK
from opencen.formats.files import import_path
from opencen.formats.mapping import read_mapping
from opencen.formats.models import ImportBatch, ImportRow
from opencen.formats.outcomes import TAKEN_BACK
from opencen.formats.queries import batch_of, findings_of, repairs_of
from opencen.formats.reading import WHOLE, Sheet, open_sheet
from opencen.formats.tables import OWN_PREFIX, ROW_ID, Cell, Repeated
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict
from opencen.kernel.languages import RIGHT_TO_LEFT
from opencen.kernel.uploads import sniff
from opencen.kernel.uploads.content import XLSX
from opencen.log.service import record_act, service
from opencen.records.findings import Finding
from opencen.records.texts import finding_text, translate

RED, AMBER, GREEN, INK = "FDD5D0", "FFF0CC", "DDF0E2", "A3231A"
WRITER = "OpenCEN"
SHOWN_LEVELS = ("error", "question")
LARGEST_KEPT = 300_000
LONGEST_NOTE = 1000
SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class _Marks:
    """What is written on one row: its record, repairs, the sentences, and the colour of each cell with a note."""

    record: str
    repairs: dict[int, str]
    sentences: tuple[str, ...]
    notes: dict[int, str]
    colour: str


@service("import:run")
def make_workbook(actor: Actor, *, batch_id: UUID) -> bytes:
    """Return the batch's workbook: as it came, with repairs, red cells, reasons and the rows' records.

    A file that was no workbook, or that is too large to be held whole, comes back as its cells alone.
    """
    batch = batch_of(actor, batch_id)
    if not batch.mapping or batch.mapping_name == WHOLE:
        raise Conflict("import.not_mapped")
    sheet = open_sheet(batch.sha256, read_mapping(batch.mapping))
    path = import_path(batch.sha256)
    stream = io.BytesIO()
    is_small = len(sheet.table.rows) * len(sheet.header.names) <= LARGEST_KEPT
    if sniff(path) == XLSX and is_small:
        book = load_workbook(io.BytesIO(path.read_bytes()))
        target = book[sheet.table.name] if sheet.table.name in book.sheetnames else book.active
        _mark(target, sheet, batch, actor.language)
        book.save(stream)
    else:
        _write_plain(stream, sheet, batch, actor.language)
    record_act(HANDED_BACK, "import", batch.id, rows=batch.total)
    return stream.getvalue()


def _places(sheet: Sheet) -> tuple[int, int, int]:
    """Return the columns of the row's record and of what is wrong, and the row (from 0) of the header's last line."""
    names = list(sheet.header.names)
    row_id = names.index(ROW_ID) if ROW_ID in names else len(names)
    further = (place for place, name in enumerate(names) if name.startswith(OWN_PREFIX) and name != ROW_ID)
    wrong = next(further, max(row_id, len(names) - 1) + 1)
    head = sheet.table.first_row + (sheet.header.rows[-1] if sheet.header.rows else 0)
    return row_id, wrong, max(1, head) - 1


def _wrong_title(language: str) -> str:
    """Name the column of what is wrong in the reader's language; by its first word it is known again."""
    return f"{OWN_PREFIX}{translate('what is wrong', language)}"


def _marks_of(row: ImportRow, batch: ImportBatch, language: str) -> _Marks:
    shown = [found for found in findings_of(row) if row.outcome in ("refused", "waiting")]
    decisive = [found for found in shown if found["level"] in SHOWN_LEVELS] or shown
    said = [(found["column"], str(say(found, language, batch.type))) for found in decisive]
    base = f":{row.revision}" if row.revision else ""
    return _Marks(
        record=f"{row.record_id}{base}" if row.record_id and row.outcome != TAKEN_BACK else "",
        repairs=repairs_of(row),
        sentences=tuple(dict.fromkeys(text for _, text in said)),
        notes={column: text[:LONGEST_NOTE] for column, text in reversed(said) if column >= 0},
        colour=RED if row.outcome == "refused" else AMBER,
    )


def _mark(target: Any, sheet: Sheet, batch: ImportBatch, language: str) -> None:
    """Mark the user's own workbook; everything else in it stays."""
    row_id, wrong, head = _places(sheet)
    _clear(target, head + 2)
    for place, title in ((row_id, ROW_ID), (wrong, _wrong_title(language))):
        target.cell(head + 1, place + 1).value = title
        target.cell(head + 1, place + 1).font = Font(bold=True)
    target.column_dimensions[get_column_letter(row_id + 1)].hidden = True
    target.column_dimensions[get_column_letter(wrong + 1)].width = 60
    for row in batch.rows.all():
        marks = _marks_of(row, batch, language)
        if marks.record:
            _own_cell(target, row.number, row_id).value = marks.record
        for column, value in marks.repairs.items():
            cell = _own_cell(target, row.number, column)
            cell.value, cell.fill = value, PatternFill("solid", fgColor=f"FF{GREEN}")
            cell.data_type = "s"
        for column, text in marks.notes.items():
            cell = _own_cell(target, row.number, column)
            cell.fill = PatternFill("solid", fgColor=f"FF{marks.colour}")
            cell.comment = Comment(text, WRITER)
        note = _own_cell(target, row.number, wrong)
        note.value = "\n".join(marks.sentences) or None
        if marks.sentences:
            note.data_type = "s"
            note.font = Font(color=f"FF{INK}")


def _clear(target: Any, first: int) -> None:
    """Take away what a workbook handed back before says of cells: what was corrected is red no more."""
    ours = {f"FF{colour}" for colour in (RED, AMBER, GREEN)}
    for cells in target.iter_rows(min_row=first):
        for cell in cells:
            if cell.has_style and cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in ours:
                cell.fill = PatternFill()
            if not isinstance(cell, MergedCell) and cell.comment is not None and cell.comment.author == WRITER:
                cell.comment = None


def _own_cell(target: Any, number: int, column: int) -> Any:
    """Return a cell that can be written: a merged one is divided first, so that each row can say its own."""
    cell = target.cell(number, column + 1)
    if isinstance(cell, MergedCell):
        for span in [found for found in target.merged_cells.ranges if cell.coordinate in found]:
            target.unmerge_cells(str(span))
        cell = target.cell(number, column + 1)
    return cell


def _write_plain(stream: io.BytesIO, sheet: Sheet, batch: ImportBatch, language: str) -> None:
    """Write the cells row by row without holding the workbook; text stays text, so that no formula wakes up."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, {**options, "default_date_format": "yyyy-mm-dd"}) as book:
        target = book.add_worksheet(_sheet_name(sheet.table.name))
        looks = {colour: book.add_format({"bg_color": f"#{colour}"}) for colour in (RED, AMBER, GREEN)}
        bold, ink = book.add_format({"bold": True}), book.add_format({"font_color": f"#{INK}"})
        row_id, wrong, head = _places(sheet)
        if language in RIGHT_TO_LEFT:
            target.right_to_left()
        target.set_column(row_id, row_id, 10, None, {"hidden": True})
        target.set_column(wrong, wrong, 60)
        offset = max(0, sheet.table.first_row - 1)
        rows = batch.rows.order_by("number").iterator(chunk_size=2000)
        row = next(rows, None)
        for position, cells in enumerate(sheet.table.rows):
            at = position + offset
            marks = None
            if row is not None and row.number == sheet.table.first_row + position:
                marks, row = _marks_of(row, batch, language), next(rows, None)
            for column, cell in enumerate(cells):
                _write_cell(target, at, column, cell, marks, looks)
            if at == head:
                target.write_string(at, row_id, ROW_ID, bold)
                target.write_string(at, wrong, _wrong_title(language), bold)
            if marks is not None:
                target.write_string(at, row_id, marks.record)
                target.write_string(at, wrong, "\n".join(marks.sentences), ink)


def _write_cell(target: Any, row: int, column: int, cell: Cell, marks: _Marks | None, looks: dict[str, Any]) -> None:
    look = None
    if marks is not None and column in marks.repairs:
        cell, look = marks.repairs[column], looks[GREEN]
    elif marks is not None and column in marks.notes:
        look = looks[marks.colour]
        target.write_comment(row, column, marks.notes[column])
    if isinstance(cell, Repeated) or cell is None or cell == "":
        if look is not None:
            target.write_blank(row, column, None, look)
    elif isinstance(cell, str):
        target.write_string(row, column, cell, look)
    elif isinstance(cell, date):
        target.write_datetime(row, column, cell, look)
    else:
        target.write(row, column, cell, look)


def _sheet_name(name: str) -> str:
    """Return a name that a sheet may have."""
    return re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:SHEET_NAME] or "rows"


def say(found: dict[str, Any], language: str, type: str) -> str:
    """Say a kept finding in a language."""
    return finding_text(Finding(found["code"], "error", found["path"], found["data"]), language, type)


__all__ = ["make_workbook", "say"]
