"""The product's own Excel workbook: a sheet for the records and one for each repeating group, losslessly."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import get_language_bidi, override
from python_calamine import CalamineError, CalamineWorkbook

from opencen.codelists.catalogue import get_list, resolve
from opencen.formats.format import Exported, Incoming
from opencen.formats.sheets import RECORD, REVISION, Column, Sheet, place_row, rows_of, sheets_of
from opencen.kernel.errors import Invalid
from opencen.kernel.uploads import check_archive
from opencen.records.effective import EffectiveSchema
from opencen.records.forms import field_label

MARK = "opencen workbook"
FIRST_ROW = 2
CHOICES_SHEET = "opencen choices"
MAX_CHOICES = 500
NUMERIC = ("decimal", "integer")


class Workbook:
    """Write and read whole records as a workbook."""

    name = "xlsx"
    title = "Excel workbook"
    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    types: tuple[str, ...] = ()
    extensions = (".xlsx",)

    def write(self, stream: BinaryIO, records: Iterable[Exported], schema: EffectiveSchema, language: str) -> int:
        """Write the records; row 1 holds the labels, a hidden row 2 the paths that a reader goes by."""
        with tempfile.TemporaryFile() as spool, override(language):
            count = _write(spool, records, schema, language)
            spool.seek(0)
            while chunk := spool.read(1 << 16):
                stream.write(chunk)
        return count

    def recognises(self, path: Path) -> bool:
        """Tell whether a workbook carries this product's mark."""
        try:
            book = CalamineWorkbook.from_path(str(path))
            rows = book.get_sheet_by_index(0).to_python(nrows=2)
        except (CalamineError, IndexError):
            return False
        return len(rows) > 1 and rows[1][:1] == [MARK]

    def read(self, path: Path, schema: EffectiveSchema) -> Iterator[Incoming]:
        """Yield the records that the sheets hold together."""
        check_archive(path)
        book = CalamineWorkbook.from_path(str(path))
        documents: dict[str, Incoming] = {}
        for sheet in sheets_of(schema.tree):
            name = sheet_name(sheet, schema)
            if name in book.sheet_names:
                _read_sheet(book, name, sheet, documents)
        yield from documents.values()


def sheet_name(sheet: Sheet, schema: EffectiveSchema) -> str:
    """Return the name of a group's sheet; the record's own sheet has the type's name."""
    return (sheet.group or schema.type.name)[:31]


def _write(spool: Any, records: Iterable[Exported], schema: EffectiveSchema, language: str) -> int:
    book = xlsxwriter.Workbook(spool, {"in_memory": False, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    labels = _labels(schema, language)
    sheets = [(sheet, book.add_worksheet(sheet_name(sheet, schema))) for sheet in sheets_of(schema.tree)]
    choices = _Choices(book)
    for sheet, target in sheets:
        if get_language_bidi():
            target.right_to_left()
        _write_head(target, sheet, labels, bold)
        choices.offer(target, sheet)
    rows = [FIRST_ROW] * len(sheets)
    count = 0
    for record in records:
        count += 1
        for number, (sheet, target) in enumerate(sheets):
            for ids, cells in rows_of(record.document, sheet):
                _write_row(target, rows[number], sheet, [record.id, record.revision, *ids], cells)
                rows[number] += 1
    book.close()
    return count


def _labels(schema: EffectiveSchema, language: str) -> dict[str, str]:
    layout = schema.layout
    found = {line.path: field_label(line, language) for section in layout.sections for line in section.fields}
    for group in layout.groups.values():
        found |= {f"{group.path}.{line.path}": field_label(line, language) for line in group.fields}
    return found


def _id_columns(sheet: Sheet) -> list[str]:
    groups = [*sheet.parents, sheet.group] if sheet.group else []
    return [RECORD, REVISION, *(f"{group}[id]" for group in groups)]


def _write_head(target: Any, sheet: Sheet, labels: dict[str, str], bold: Any) -> None:
    ids = _id_columns(sheet)
    for position, name in enumerate(ids):
        target.write_string(0, position, name, bold)
        target.write_string(1, position, MARK if position == 0 else name)
    for position, column in enumerate(sheet.columns, len(ids)):
        full = f"{sheet.group}.{column.path}" if sheet.group else column.path
        target.write_string(0, position, labels.get(full) or column.path, bold)
        target.write_string(1, position, column.path)
    target.set_row(1, None, None, {"hidden": True})
    target.set_column(0, len(ids) - 1, 12, None, {"level": 1, "hidden": bool(sheet.group)})
    target.freeze_panes(FIRST_ROW, len(ids))


def _write_row(target: Any, row: int, sheet: Sheet, ids: list[Any], cells: list[Any]) -> None:
    for position, value in enumerate(ids):
        target.write(row, position, value)
    for position, (column, value) in enumerate(zip(sheet.columns, cells, strict=True), len(ids)):
        if isinstance(value, bool):
            target.write_boolean(row, position, value)
        elif column.leaf.kind == "integer" and value is not None:
            target.write_number(row, position, value)
        elif value is not None:
            target.write_string(row, position, str(value))


class _Choices:
    """Offers code lists as drop-downs: the codes stand on a sheet of their own."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._sheet = book.add_worksheet(CHOICES_SHEET)
        self._sheet.hide()
        self._ranges: dict[str, str] = {}

    def offer(self, target: Any, sheet: Sheet) -> None:
        """Put a drop-down on every column whose code list is short enough to scroll."""
        first = len(_id_columns(sheet))
        for position, column in enumerate(sheet.columns, first):
            source = self._range(column)
            if source:
                rule = {"validate": "list", "source": source, "error_type": "warning"}
                target.data_validation(FIRST_ROW, position, FIRST_ROW + 5000, position, rule)

    def _range(self, column: Column) -> str:
        name = column.leaf.codelist
        if not name or column.is_set:
            return ""
        if name not in self._ranges:
            codes = list(get_list(name).codes)
            if len(codes) > MAX_CHOICES:
                self._ranges[name] = ""
                return ""
            position = len(self._ranges)
            self._sheet.write_column(0, position, codes)
            letter = xlsxwriter.utility.xl_col_to_name(position)
            self._ranges[name] = f"='{CHOICES_SHEET}'!${letter}$1:${letter}${len(codes)}"
        return self._ranges[name]


def _read_sheet(book: Any, name: str, sheet: Sheet, documents: dict[str, Incoming]) -> None:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    if len(rows) < FIRST_ROW:
        return
    paths = [str(cell) for cell in rows[1]]
    columns = {column.path: column for column in sheet.columns}
    width = len(_id_columns(sheet))
    for path in paths[width:]:
        if path and path not in columns:
            raise Invalid("import.column_unknown", path=f"{name}, row 2", column=path)
    for number, row in enumerate(rows[FIRST_ROW:], FIRST_ROW + 1):
        if not any(cell not in ("", None) for cell in row):
            continue
        cells = {
            path: read_cell(columns[path], cell)
            for path, cell in zip(paths[width:], row[width:], strict=False)
            if path and cell not in ("", None)
        }
        _take_row(sheet, f"{name}, row {number}", [_text(cell) for cell in row[:width]], cells, documents)


def _take_row(sheet: Sheet, place: str, head: list[str], cells: dict[str, Any], documents: dict[str, Incoming]) -> None:
    key = head[0] or (place if not sheet.group else "")
    if not key:
        raise Invalid("import.row_without_record", path=place)
    if key not in documents:
        base = int(head[1]) if head[1].isdigit() else None
        documents[key] = Incoming(place, head[0], base, {}, {})
    ids = [found or f"row{place.rsplit(' ', 1)[-1]}" for found in head[2:]]
    place_row(documents[key].document, sheet, ids, cells)


def read_cell(column: Column, value: Any) -> Any:
    """Turn a cell into what the schema reads: numbers as text without a float's tail, labels as codes."""
    if isinstance(value, bool):
        return value
    if column.leaf.kind == "boolean":
        return {"true": True, "false": False, "1": True, "0": False}.get(_text(value).lower(), value)
    text = _text(value)
    if column.leaf.codelist and not column.is_set:
        codes = get_list(column.leaf.codelist)
        if text not in codes.codes:
            found = resolve(column.leaf.codelist, text)
            return found.code if found else text
    return int(text) if column.leaf.kind == "integer" and text.lstrip("-").isdigit() else text


def _text(value: Any) -> str:
    if isinstance(value, float):
        return format(value, ".15g") if value != int(value) else str(int(value))
    return "" if value is None else str(value).strip()


FORMAT = Workbook()

__all__ = ["FORMAT", "Workbook", "read_cell", "sheet_name"]
