"""Readers of tables: one file each, found by scan."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from opencen.formats.tables import Table, TableReader
from opencen.kernel.errors import Invalid, TooLarge
from opencen.kernel.registry import scan_modules
from opencen.kernel.uploads import sniff

MAX_ROWS = 200_000
MAX_COLUMNS = 500


@cache
def readers() -> tuple[TableReader, ...]:
    """Return every reader."""
    return tuple(module.READER for module in scan_modules("opencen.formats.readers"))


def read_tables(path: Path) -> list[Table]:
    """Read the tables of a file that was checked before; sheets without content are left out."""
    found = sniff(path)
    reader = next((entry for entry in readers() if found in entry.media_types), None)
    if reader is None:
        raise Invalid("import.not_a_table", found=found)
    tables = [table for table in reader.read(str(path)) if table.rows]
    if not tables:
        raise Invalid("import.no_rows")
    for table in tables:
        if len(table.rows) > MAX_ROWS:
            raise TooLarge("import.too_many_rows", path=table.name, limit=MAX_ROWS)
        if len(table.rows[0]) > MAX_COLUMNS:
            raise TooLarge("import.too_many_columns", path=table.name, limit=MAX_COLUMNS)
    return tables
