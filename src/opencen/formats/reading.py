"""Read a batch's file as its mapping says: the sheet, its header, its rows with repairs, and the records they state."""

from __future__ import annotations

import zipfile
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import orjson

from opencen.formats.assembling import Assembly, own_columns, record_id_of
from opencen.formats.files import import_path
from opencen.formats.format import Incoming, import_formats
from opencen.formats.headers import find_header
from opencen.formats.mapping import Mapping, read_mapping
from opencen.formats.models import ImportBatch
from opencen.formats.readers import read_tables
from opencen.formats.tables import Cell, Header, Table, count_repeated, data_rows, header_at
from opencen.formats.units import Unit
from opencen.kernel.errors import Invalid, NotFound
from opencen.records.effective import effective_schema

WHOLE = "opencen"
CHOICES_SHEET = "opencen choices"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The chosen sheet of a file: its header, its rows, and the sheets left aside."""

    table: Table
    header: Header
    rows: list[tuple[int, list[Cell]]]
    others: tuple[str, ...]

    @property
    def repeated(self) -> int:
        """Return in how many rows the header stands again."""
        return count_repeated(self.table, self.header)


def is_whole(digest: str) -> bool:
    """Tell whether a file holds whole records that this product wrote."""
    return _whole_format(digest) is not None


@lru_cache(maxsize=32)
def _whole_format(digest: str) -> str | None:
    path = import_path(digest)
    if not _may_be_own(path):
        return None
    for found in import_formats():
        if found.recognises(path) and (found.name != "jsonl" or _states_documents(digest)):
            return found.name
    return None


def _may_be_own(path: Path) -> bool:
    """Tell cheaply that a workbook is not one of this product's, which keeps its choices on a sheet of that name."""
    if not zipfile.is_zipfile(path):
        return True
    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return True
        return CHOICES_SHEET.encode() in archive.read("xl/workbook.xml")


def _states_documents(digest: str) -> bool:
    with import_path(digest).open("rb") as file:
        first = file.readline(4_000_000).strip()
    try:
        found = orjson.loads(first)
    except orjson.JSONDecodeError:
        return False
    return isinstance(found, dict) and isinstance(found.get("document"), dict)


@lru_cache(maxsize=2)
def _tables(digest: str, encoding: str) -> tuple[Table, ...]:
    path = import_path(digest)
    if not path.exists():
        raise NotFound("import.file_gone")
    return tuple(read_tables(path, encoding))


def open_sheet(digest: str, mapping: Mapping | None = None) -> Sheet:
    """Read a file's sheet: the one the mapping names, else the one with most rows."""
    tables = _tables(digest, mapping.encoding if mapping else "")
    wanted = mapping.sheet if mapping else ""
    table = next((t for t in tables if t.name == wanted), None) or max(tables, key=lambda t: len(t.rows))
    rows = [row - table.first_row for row in mapping.header_rows] if mapping and mapping.header_rows else []
    usable = rows and all(0 <= row < len(table.rows) for row in rows)
    header = header_at(table, rows) if usable else find_header(table)
    if mapping and usable and not any(header.names):
        raise Invalid("import.no_header", path=table.name)
    others = tuple(t.name for t in tables if t is not table)
    return Sheet(table, header, _rows_of(table, header), others)


def _rows_of(table: Table, header: Header) -> list[tuple[int, list[Cell]]]:
    """Return the rows below a header; of the table looked at last they are kept."""
    global _last_rows
    kept = _last_rows
    if kept is None or kept[0] is not table or kept[1] != header.rows:
        kept = _last_rows = (table, header.rows, data_rows(table, header))
    return kept[2]


_last_rows: tuple[Table, tuple[int, ...], list[tuple[int, list[Cell]]]] | None = None


def read_units(
    batch: ImportBatch, repairs: dict[int, dict[int, str]] | None = None, wanted: Container[int] | None = None
) -> Iterator[Unit]:
    """Make the records that a batch's file states, one after the other; of given rows only those with one of them."""
    if batch.mapping_name == WHOLE:
        return (unit for unit in _whole_units(batch) if wanted is None or any(n in wanted for n in unit.numbers))
    mapping = read_mapping(batch.mapping)
    sheet = open_sheet(batch.sha256, mapping)
    rows = [(number, repaired(number, cells, repairs or {})) for number, cells in sheet.rows] if repairs else sheet.rows
    return Assembly(rows, sheet.header, mapping, effective_schema(batch.type), batch.office).units(wanted)


def repaired(number: int, cells: list[Cell], repairs: dict[int, dict[int, str]]) -> list[Cell]:
    """Lay a row's repairs over its cells; the file itself stays as it came."""
    changes = repairs.get(number)
    if not changes:
        return cells
    return [changes.get(place, cell) for place, cell in enumerate(cells)]


def row_numbers(batch: ImportBatch) -> list[int]:
    """List the numbers of the rows of a batch's file."""
    if batch.mapping_name == WHOLE:
        return list(range(1, len(_whole_records(batch)) + 1))
    return [number for number, _ in open_sheet(batch.sha256, read_mapping(batch.mapping)).rows]


def shown_columns(sheet: Sheet) -> list[int]:
    """Return the positions of the file's own columns."""
    own = own_columns(sheet.header)
    return [place for place in range(len(sheet.header.names)) if place not in own]


def _whole_records(batch: ImportBatch) -> list[Incoming]:
    name = _whole_format(batch.sha256)
    found = next(entry for entry in import_formats() if entry.name == name)
    return list(found.read(import_path(batch.sha256), effective_schema(batch.type)))


def _whole_units(batch: ImportBatch) -> list[Unit]:
    units = []
    seen: set[UUID] = set()
    for number, found in enumerate(_whole_records(batch), 1):
        unit = Unit(_id_of(found, batch), [number], found.base_revision, found.document, reasons=found.reasons)
        if unit.record_id in seen:
            unit.add(number, "import.row_repeated", "error")
        seen.add(unit.record_id)
        unit.document.setdefault("office", batch.office)
        units.append(unit)
    return units


def _id_of(found: Incoming, batch: ImportBatch) -> UUID:
    try:
        return UUID(found.id)
    except ValueError:
        return record_id_of(WHOLE, found.id or f"{batch.sha256} {found.place}")
