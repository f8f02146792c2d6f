"""Put values into a document at their paths, and give the rows of a group items of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
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
    group, name = slot_at(document, path)
    group[name] = value


def slot_at(document: Canonical, path: str) -> tuple[Canonical, str]:
    """Return the group that a path ends in, made where it is missing, and the name of the path's last step."""
    around, name = _divided(path)
    return _descend(document, around), name


@lru_cache(maxsize=8192)
def _divided(path: str) -> tuple[tuple[tuple[str, str | None], ...], str]:
    steps = parse_path(path)
    return steps[:-1], steps[-1][0]


def touch(document: Canonical, path: str) -> None:
    """Make the outermost item that a path leads through: it is there, even if nothing of it is known."""
    _descend(document, parse_path(path)[:1])


def _descend(document: Canonical, steps: Sequence[tuple[str, str | None]]) -> Canonical:
    part = document
    for name, item_id in steps:
        if item_id is None:
            part = part.setdefault(name, {})
            continue
        part = _item(part.setdefault(name, []), item_id)
    return part


def _item(items: list[Canonical], item_id: str) -> Canonical:
    """Return the item of an id, made where there is none."""
    for item in items:
        if item["id"] == item_id:
            return item
    made = {"id": item_id}
    items.append(made)
    return made


def set_missing(document: Canonical, prefix: str, constants: Mapping[str, Any]) -> None:
    """Write constants below a path where nothing stands yet."""
    for name, value in constants.items():
        if value_at(document, f"{prefix}.{name}") is None:
            set_at(document, f"{prefix}.{name}", value)


def fill(group: Canonical, constants: Iterable[tuple[str, Any]]) -> None:
    """Write constants into a group where nothing stands yet."""
    for path, value in constants:
        inner, name = slot_at(group, path)
        if inner.get(name) is None:
            inner[name] = value


def everywhere_at(document: Canonical, path: str, ordinal: int) -> Iterator[str]:
    """Name the path in every item of its list; in a group, in the items of this row."""
    name, _, rest = path.partition("[*]")
    suffix = f"-{ordinal + 1}"
    for item in document.get(name, ()):
        if not ordinal or item["id"].endswith(suffix):
            yield f"{name}[{item['id']}]{rest}"
