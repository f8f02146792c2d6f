"""How large a table may be."""

from __future__ import annotations

from opencen.kernel.errors import TooLarge

MAX_ROWS = 200_000
MAX_COLUMNS = 500


def check_size(name: str, rows: int, columns: int) -> None:
    """Refuse a table that is too large while it is read, before it fills the memory."""
    if rows > MAX_ROWS:
        raise TooLarge("import.too_many_rows", path=name, limit=MAX_ROWS)
    if columns > MAX_COLUMNS:
        raise TooLarge("import.too_many_columns", path=name, limit=MAX_COLUMNS)
