"""Put values into a document at their paths, and give the rows of a group items of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from opencen.records.paths import parse_path, value_at

Canonical = dict[str, Any]
PER_ROW = "lines"


def of_row(path: str, ordinal: int) -> str:
    """Give every further row of a group lines of its own."""
    if not ordinal or not path.startswith(f"{PER_ROW}["):
        return path
    name, rest = path.split("]", 1)
    return f"{name}-{ordinal + 1}]{rest}"


def set_at(document: Canonical, path: str, value: Any) -> None:
    """Write a value at a path, making the items it leads through."""
    *around, (name, _) = parse_path(path)
    _descend(document, around)[name] = value


def touch(document: Canonical, path: str) -> None:
    """Make the outermost item that a path leads through: it is there, even if nothing of it is known."""
    _descend(document, parse_path(path)[:1])


def _descend(document: Canonical, steps: Sequence[tuple[str, str | None]]) -> Canonical:
    part = document
    for name, item_id in steps:
        if item_id is None:
            part = part.setdefault(name, {})
            continue
        items = part.setdefault(name, [])
        found = next((item for item in items if item["id"] == item_id), None)
        if found is None:
            found = {"id": item_id}
            items.append(found)
        part = found
    return part


def set_missing(document: Canonical, prefix: str, constants: Mapping[str, Any]) -> None:
    """Write constants where nothing stands yet."""
    for name, value in constants.items():
        if value_at(document, f"{prefix}.{name}") is None:
            set_at(document, f"{prefix}.{name}", value)


def everywhere_at(document: Canonical, path: str, ordinal: int) -> Iterator[str]:
    """Name the path in every item of its list; in a group, in the items of this row."""
    name, _, rest = path.partition("[*]")
    suffix = f"-{ordinal + 1}"
    for item in document.get(name, ()):
        if not ordinal or item["id"].endswith(suffix):
            yield f"{name}[{item['id']}]{rest}"
