"""A document as sheets: one for the record itself and one for each repeating group, losslessly.

Every row carries the record's id and, for a group, the ids of the items around it and its own,
so that a corrected workbook goes in again without doubling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from opencen.records.schema import Annotations, Node

Canonical = dict[str, Any]
RECORD, REVISION = "record_id", "revision"
SET_SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: a path below the sheet's group."""

    path: str
    leaf: Annotations

    @property
    def is_set(self) -> bool:
        """Tell whether a cell holds several values."""
        return self.leaf.items == "set"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the group it holds ("" for the record itself) and its columns."""

    group: str
    columns: tuple[Column, ...]
    repeats: tuple[bool, ...] = ()

    @property
    def parents(self) -> tuple[str, ...]:
        """Return the groups around this one, outermost first."""
        names = self.group.split(".")
        return tuple(".".join(names[: end + 1]) for end in range(len(names) - 1) if self.repeats[end])


def sheets_of(tree: Node) -> list[Sheet]:
    """List the sheets of a type: the record first, then every repeating group in the schema's order."""
    return [Sheet("", tuple(_columns(tree, ""))), *_group_sheets(tree, "", ())]


def _group_sheets(node: Node, prefix: str, around: tuple[bool, ...]) -> Iterator[Sheet]:
    for name, inner in node.groups.items():
        path = f"{prefix}.{name}" if prefix else name
        repeats = (*around, name in node.repeats)
        if name in node.repeats:
            yield Sheet(path, tuple(_columns(inner, "")), repeats)
        yield from _group_sheets(inner, path, repeats)


def _columns(node: Node, prefix: str) -> Iterator[Column]:
    for name, leaf in node.leaves.items():
        if name != "national":
            yield Column(f"{prefix}.{name}" if prefix else name, leaf)
    for name, inner in node.groups.items():
        if name not in node.repeats:
            yield from _columns(inner, f"{prefix}.{name}" if prefix else name)


def rows_of(document: Canonical, sheet: Sheet) -> Iterator[tuple[list[str], list[Any]]]:
    """Yield (item ids from the outermost inwards, cell values) for every item of a sheet's group."""
    yield from _descend(document, sheet.group.split(".") if sheet.group else [], [], sheet)


def _descend(part: Canonical, names: list[str], ids: list[str], sheet: Sheet) -> Iterator[tuple[list[str], list[Any]]]:
    if not names:
        yield ids, [_cell(part, column) for column in sheet.columns]
        return
    value = part.get(names[0])
    if isinstance(value, dict):
        yield from _descend(value, names[1:], ids, sheet)
    for item in value if isinstance(value, list) else ():
        yield from _descend(item, names[1:], [*ids, item["id"]], sheet)


def _cell(part: Canonical, column: Column) -> Any:
    current: Any = part
    for name in column.path.split("."):
        current = current.get(name) if isinstance(current, dict) else None
    return SET_SEPARATOR.join(current) if isinstance(current, list) else current


def place_row(document: Canonical, sheet: Sheet, ids: list[str], cells: dict[str, Any]) -> None:
    """Put a row's cells into a document, making the items it stands in where they are missing."""
    part = _item(document, sheet, ids)
    for column in sheet.columns:
        value = cells.get(column.path)
        if value in (None, ""):
            continue
        *around, name = column.path.split(".")
        target = part
        for step in around:
            target = target.setdefault(step, {})
        target[name] = [v.strip() for v in str(value).split(";") if v.strip()] if column.is_set else value


def _item(document: Canonical, sheet: Sheet, ids: list[str]) -> Canonical:
    part = document
    remaining = list(ids)
    for name, is_repeat in zip(sheet.group.split("."), sheet.repeats, strict=False):
        if not is_repeat:
            part = part.setdefault(name, {})
            continue
        item_id = remaining.pop(0)
        items = part.setdefault(name, [])
        found = next((item for item in items if item["id"] == item_id), None)
        if found is None:
            found = {"id": item_id}
            items.append(found)
        part = found
    return part
