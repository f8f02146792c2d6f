"""Hand a workbook back: red cells with reasons, and each row's record, so that it goes in again without doubling."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.utils.translation import override
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from opencen.formats.events import HANDED_BACK
from opencen.formats.files import import_path
from opencen.formats.mapping import read_mapping
from opencen.formats.models import ImportBatch, ImportRow
from opencen.formats.queries import batch_of, findings_of, repairs_of
from opencen.formats.reading import WHOLE, Sheet, open_sheet
from opencen.formats.tables import ROW_ID
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict
from opencen.kernel.uploads import sniff
from opencen.kernel.uploads.content import XLSX
from opencen.log.service import record_act, service
from opencen.records.findings import Finding
from opencen.records.texts import finding_text

RED = PatternFill("solid", fgColor="FFFDD5D0")
AMBER = PatternFill("solid", fgColor="FFFFF0CC")
GREEN = PatternFill("solid", fgColor="FFDDF0E2")
WRONG = "opencen what is wrong"
SHOWN_LEVELS = ("error", "question")


@service("import:run")
def make_workbook(actor: Actor, *, batch_id: UUID) -> bytes:
    """Return the batch's workbook: as it came, with repairs, red cells, reasons and the rows' records."""
    batch = batch_of(actor, batch_id)
    if not batch.mapping or batch.mapping_name == WHOLE:
        raise Conflict("import.not_mapped")
    sheet = open_sheet(batch.sha256, read_mapping(batch.mapping))
    path = import_path(batch.sha256)
    is_own = sniff(path) == XLSX
    book = load_workbook(io.BytesIO(path.read_bytes())) if is_own else _from_table(sheet)
    target = book[sheet.table.name] if sheet.table.name in book.sheetnames else book.active
    with override(actor.language):
        _mark(target, sheet, batch, actor.language)
    record_act(HANDED_BACK, "import", batch.id, rows=batch.total)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _from_table(sheet: Sheet) -> Any:
    """Make a workbook of a file that was none; text stays text, so that no formula wakes up."""
    book = Workbook()
    target = book.active
    assert target is not None
    target.title = sheet.table.name[:31] or "rows"
    offset = sheet.table.first_row
    for position, row in enumerate(sheet.table.rows):
        for column, value in enumerate(row, 1):
            cell = target.cell(max(1, position + offset), column)
            cell.value = value if not isinstance(value, str) else (value or None)
            if isinstance(value, str) and value.startswith(("=", "+", "-", "@")):
                cell.data_type = "s"
    return book


def _mark(target: Any, sheet: Sheet, batch: ImportBatch, language: str) -> None:
    names = list(sheet.header.names)
    row_id = names.index(ROW_ID) if ROW_ID in names else len(names)
    wrong = names.index(WRONG) if WRONG in names else max(row_id, len(names) - 1) + 1
    head = sheet.table.first_row + (sheet.header.rows[-1] if sheet.header.rows else 0)
    head = max(1, head)
    for place, title in ((row_id, ROW_ID), (wrong, WRONG)):
        target.cell(head, place + 1).value = title
        target.cell(head, place + 1).font = Font(bold=True)
    target.column_dimensions[get_column_letter(row_id + 1)].hidden = True
    target.column_dimensions[get_column_letter(wrong + 1)].width = 60
    for row in batch.rows.all():
        number = row.number if sheet.table.first_row else row.number + 1
        if row.record_id:
            base = f":{row.revision}" if row.revision else ""
            target.cell(number, row_id + 1).value = f"{row.record_id}{base}"
        _mark_row(target, number, wrong, row, batch, language)


def _mark_row(target: Any, number: int, wrong: int, row: ImportRow, batch: ImportBatch, language: str) -> None:
    for column, value in repairs_of(row).items():
        cell = target.cell(number, column + 1)
        cell.value, cell.fill = value, GREEN
        cell.data_type = "s"
    shown = [found for found in findings_of(row) if row.outcome in ("refused", "waiting")]
    decisive = [found for found in shown if found["level"] in SHOWN_LEVELS] or shown
    sentences = []
    for found in decisive:
        text = str(say(found, language, batch.type))
        sentences.append(text)
        if found["column"] >= 0:
            cell = target.cell(number, found["column"] + 1)
            cell.fill = RED if row.outcome == "refused" else AMBER
            cell.comment = Comment(text[:1000], "OpenCEN")
    note = target.cell(number, wrong + 1)
    note.value = "\n".join(dict.fromkeys(sentences)) or None
    if sentences:
        note.data_type = "s"
        note.font = Font(color="FFA3231A")


def say(found: dict[str, Any], language: str, type: str) -> str:
    """Say a kept finding in a language."""
    return finding_text(Finding(found["code"], "error", found["path"], found["data"]), language, type)


__all__ = ["make_workbook", "say"]
