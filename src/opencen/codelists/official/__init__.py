"""Official code files: recognised by their header, read row by row, kept as dated versions."""

from __future__ import annotations

from opencen.codelists.official.reading import OfficialFile, read_file
from opencen.codelists.official.rows import OfficialRow, RefusedRow

__all__ = ["OfficialFile", "OfficialRow", "RefusedRow", "read_file"]
