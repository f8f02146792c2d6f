"""JSON of plain objects, one a line or listed: one row each, the keys as headers; nested ones give dotted headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from opencen.formats.tables import Table
from opencen.kernel.errors import Invalid
from opencen.kernel.uploads.content import JSON, JSON_LINES


class JsonLinesReader:
    """Read objects as one table; the header takes the first row."""

    name = "json_lines"
    media_types = frozenset({JSON, JSON_LINES})

    def read(self, path: str, encoding: str = "") -> list[Table]:
        """Return the one table."""
        rows = [flat for found in _objects(Path(path)) for flat in flatten(found)]
        names = list(dict.fromkeys(name for row in rows for name in row))
        table: list[list[Any]] = [[row.get(name, "") for name in names] for row in rows]
        return [Table("", [list(names), *table], first_row=0)]


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects: of one JSON document that lists them, else of the lines."""
    try:
        whole = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        yield from (_parse(line, number) for number, line in _lines(path))
        return
    listed = whole if isinstance(whole, list) else _listed(whole)
    for number, found in enumerate(listed, 1):
        if not isinstance(found, dict):
            raise Invalid("import.not_json", path=f"item {number}", reason="not an object")
        yield found


def _listed(whole: Any) -> list[Any]:
    """Take the one list of objects that a document wraps; a document that wraps none is one object."""
    lists = [v for v in whole.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    is_wrapper = len(lists) == 1 and not any(isinstance(value, dict) for value in whole.values())
    return lists[0] if is_wrapper and len(whole) <= 6 else [whole]


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
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


def flatten(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Make the rows of an object: one for each entry of its one list of objects, with what stands around it."""
    plain = dict(_flat(found, ""))
    nested = [(name, part) for name, part in plain.items() if _is_listing(part)]
    if len(nested) != 1:
        return [{name: _joined(part) for name, part in plain.items()}]
    name, items = nested[0]
    around = {key: _joined(part) for key, part in plain.items() if key != name}
    return [{**around, **{k: _joined(v) for k, v in _flat(item, name)}} for item in items]


def _is_listing(part: Any) -> bool:
    return isinstance(part, list) and bool(part) and all(isinstance(entry, dict) for entry in part)


def _joined(part: Any) -> Any:
    return "; ".join(str(entry) for entry in part) if isinstance(part, list) else part


def _flat(value: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, part in value.items():
        path = f"{prefix}.{name}" if prefix else name
        if isinstance(part, dict):
            yield from _flat(part, path)
        else:
            yield path, part


READER = JsonLinesReader()
