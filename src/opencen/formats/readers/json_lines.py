"""JSON lines of plain objects: one row each, the keys as headers; nested objects give dotted headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from opencen.formats.tables import Table
from opencen.kernel.errors import Invalid
from opencen.kernel.uploads.content import JSON, JSON_LINES


class JsonLinesReader:
    """Read objects, one a line, as one table; the header takes the first row."""

    name = "json_lines"
    media_types = frozenset({JSON, JSON_LINES})

    def read(self, path: str) -> list[Table]:
        """Return the one table."""
        rows = [dict(_flat(_parse(line, number), "")) for number, line in _lines(path)]
        names = list(dict.fromkeys(name for row in rows for name in row))
        table: list[list[Any]] = [[row.get(name, "") for name in names] for row in rows]
        return [Table("", [list(names), *table], first_row=0)]


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    with Path(path).open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line


def _parse(line: bytes, number: int) -> dict[str, Any]:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise Invalid("import.not_json", path=f"line {number}", reason=str(error)) from None
    if not isinstance(found, dict):
        raise Invalid("import.not_json", path=f"line {number}", reason="not an object")
    return found


def _flat(value: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, part in value.items():
        path = f"{prefix}.{name}" if prefix else name
        if isinstance(part, dict):
            yield from _flat(part, path)
        elif isinstance(part, list):
            yield path, "; ".join(str(entry) for entry in part)
        else:
            yield path, part


READER = JsonLinesReader()
