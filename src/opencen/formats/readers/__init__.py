"""Readers of tables: one file each, found by scan."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from opencen.formats.files import kind_word
from opencen.formats.limits import check_size
from opencen.formats.tables import Table, TableReader
from opencen.kernel.errors import Invalid
from opencen.kernel.registry import scan_modules
from opencen.kernel.uploads import sniff


@cache
def readers() -> tuple[TableReader, ...]:
    """Return every reader."""
    return tuple(module.READER for module in scan_modules("opencen.formats.readers"))


def read_tables(path: Path, encoding: str = "") -> list[Table]:
    """Read the tables of a file that was checked before; sheets without content are left out."""
    found = sniff(path)
    reader = next((entry for entry in readers() if found in entry.media_types), None)
    if reader is None:
        raise Invalid("import.not_a_table", path="file", found=kind_word(found))
    tables = [table for table in reader.read(str(path), encoding) if table.rows]
    if not tables:
        raise Invalid("import.no_rows")
    for table in tables:
        check_size(table.name, len(table.rows), len(table.rows[0]))
    return tables
