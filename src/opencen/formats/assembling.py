"""Make records of rows: every cell to its place, constants beside it, rows with one key together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings

from opencen.formats.mapping import ColumnMap, Mapping
from opencen.formats.tables import ROW_ID, Cell, Header, column_letter, write_cell
from opencen.formats.values import Issue, Reading, fold, read_value
from opencen.records.effective import EffectiveSchema
from opencen.records.paths import annotations_at, parse_path, value_at
from opencen.records.schema import Annotations, Node

Canonical = dict[str, Any]
PER_ROW = "lines"
OWN_PREFIX = "opencen "
_ROW_ID = re.compile(r"([0-9a-f-]{36})(?::(\d+))?")


@dataclass(slots=True)
class Unit:
    """One record that rows state: where it comes from, what it says, and what was found while reading."""

    record_id: UUID
    numbers: list[int] = field(default_factory=list)
    base: int | None = None
    document: Canonical = field(default_factory=dict)
    issues: list[tuple[int, Issue]] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def add(self, number: int, code: str, level: str, column: int = -1, path: str = "", **data: Any) -> None:
        """Keep what was found in a row."""
        self.issues.append((number, Issue(code, level, column, path, data)))

    def has(self, level: str) -> bool:
        """Tell whether an issue of a level was found."""
        return any(issue.level == level for _, issue in self.issues)


@dataclass(frozen=True, slots=True)
class _Target:
    path: str
    leaf: Annotations
    is_everywhere: bool


@dataclass(slots=True)
class _Column:
    position: int
    entry: ColumnMap
    targets: list[_Target]
    evidence: int | None
    fallback: int | None
    known: dict[str, Reading] = field(default_factory=dict)

    def read(self, cell: Cell, evidence: str) -> Reading:
        """Read a cell; a text that stood in the column before is not read twice."""
        if evidence or not isinstance(cell, str):
            return read_value(cell, self.entry, self.targets[0].leaf, evidence)
        found = self.known.get(cell)
        if found is None:
            found = self.known[cell] = read_value(cell, self.entry, self.targets[0].leaf)
        return found


@dataclass(slots=True)
class _Reader:
    """What reading one sheet needs at every row."""

    mapping: Mapping
    schema: EffectiveSchema
    columns: list[_Column]
    keys: list[int]
    row_id: int | None
    office: str


def record_id_of(mapping: str, key: str, generation: int = 0) -> UUID:
    """Derive a record's id from the mapping's name and the source's key: the same row is the same record."""
    node = uuid5(NAMESPACE_URL, f"urn:opencen:node:{settings.NODE_ID}")
    return uuid5(node, f"{mapping}\n{key}" + (f"\n{generation}" if generation else ""))


def assemble(
    rows: Iterable[tuple[int, Sequence[Cell]]], header: Header, mapping: Mapping, schema: EffectiveSchema, office: str
) -> list[Unit]:
    """Make the records that rows state, in the order of their first row."""
    reader = _prepare(header, mapping, schema, office)
    units: dict[str, Unit] = {}
    seen: dict[str, int] = {}
    for number, cells in rows:
        key = _key(reader, cells)
        if key not in units or not mapping.group:
            seen[key] = seen.get(key, 0) + 1
            unit = _new_unit(reader, key, seen[key], cells)
            place = key if mapping.group else f"{key}\n{seen[key]}"
            if _row_id_text(reader, cells) and any(u.record_id == unit.record_id for u in units.values()):
                unit.add(number, "import.row_repeated", "error")
            units[place] = unit
        else:
            unit = units[key]
        _take_row(reader, unit, number, cells)
    for unit in units.values():
        _complete(reader, unit)
    return list(units.values())


def _prepare(header: Header, mapping: Mapping, schema: EffectiveSchema, office: str) -> _Reader:
    positions = {name: place for place, name in enumerate(header.names) if name}
    columns = []
    for entry in mapping.column:
        if entry.header not in positions or not entry.to:
            continue
        targets = [_target(path, schema.tree) for path in entry.to]
        columns.append(
            _Column(
                positions[entry.header],
                entry,
                [found for found in targets if found is not None],
                positions.get(entry.evidence),
                positions.get(entry.fallback),
            )
        )
    keys = [positions[name] for name in mapping.key if name in positions]
    return _Reader(mapping, schema, columns, keys, positions.get(ROW_ID), office)


def _target(path: str, tree: Node) -> _Target | None:
    leaf = annotations_at(tree, path)
    return None if leaf is None else _Target(path, leaf, "[*]" in path)


def _row_id_text(reader: _Reader, cells: Sequence[Cell]) -> str:
    if reader.row_id is None or reader.row_id >= len(cells):
        return ""
    return write_cell(cells[reader.row_id])


def _key(reader: _Reader, cells: Sequence[Cell]) -> str:
    if text := _row_id_text(reader, cells):
        return f"id {text}"
    if reader.keys:
        parts = [fold(write_cell(cells[place])) if place < len(cells) else "" for place in reader.keys]
        if any(parts):
            return "|".join(parts)
    own = [write_cell(cell) for place, cell in enumerate(cells) if place != reader.row_id]
    return sha256("\x1f".join(own).rstrip("\x1f").encode()).hexdigest()


def _new_unit(reader: _Reader, key: str, count: int, cells: Sequence[Cell]) -> Unit:
    match = _ROW_ID.fullmatch(_row_id_text(reader, cells))
    if match:
        return Unit(UUID(match[1]), base=int(match[2]) if match[2] else None)
    return Unit(record_id_of(reader.mapping.name, key if count == 1 else f"{key}#{count}"))


def _take_row(reader: _Reader, unit: Unit, number: int, cells: Sequence[Cell]) -> None:
    ordinal = len(unit.numbers)
    unit.numbers.append(number)
    everywhere: list[tuple[_Column, _Target, Any]] = []
    for column in reader.columns:
        if column.position >= len(cells) or not column.targets:
            continue
        found = _read_cell(column, cells, unit, number)
        if found.is_touch:
            _touch(unit.document, _of_row(column.targets[0].path, ordinal))
        if found.value is None:
            continue
        if column.targets[0].is_everywhere:
            everywhere.append((column, column.targets[0], found.value))
        else:
            _place(unit, column, found.value, number, ordinal, reader.schema.tree)
    _add_constants(reader, unit.document, ordinal)
    for column, target, value in everywhere:
        for path in _everywhere(unit.document, target.path, ordinal):
            _put(unit.document, path, value, target.leaf, column.entry)
            unit.places.setdefault(path, (number, column.position))


def _read_cell(column: _Column, cells: Sequence[Cell], unit: Unit, number: int) -> Reading:
    entry, leaf = column.entry, column.targets[0].leaf
    place = partial(_cell_at, cells)
    evidence = write_cell(place(column.evidence))
    found = column.read(place(column.position), evidence)
    if found.value is None and found.level and column.fallback is not None:
        other = read_value(place(column.fallback), entry, leaf, evidence)
        if other.value is not None:
            data = {"value": write_cell(place(column.position))[:80], "taken": str(other.value)}
            found = Reading(other.value, "import.other_column", "warning", data)
    if found.level and found.value is None and not found.is_touch and entry.otherwise:
        return _keep_text(unit, entry.otherwise, write_cell(place(column.position)))
    if found.level:
        unit.add(number, found.code, found.level, column.position, entry.to[0], **found.data)
    return found


def _keep_text(unit: Unit, path: str, text: str) -> Reading:
    """Keep a text that is no code where the mapping says texts go; nothing more is read from it."""
    if value_at(unit.document, path) is None:
        _set(unit.document, path, text)
    return Reading()


def _cell_at(cells: Sequence[Cell], place: int | None) -> Cell:
    return cells[place] if place is not None and place < len(cells) else None


def _of_row(path: str, ordinal: int) -> str:
    """Give every further row of a group lines of its own."""
    if not ordinal or not path.startswith(f"{PER_ROW}["):
        return path
    name, rest = path.split("]", 1)
    return f"{name}-{ordinal + 1}]{rest}"


def _place(unit: Unit, column: _Column, value: Any, number: int, ordinal: int, tree: Node) -> None:
    for target in column.targets:
        path = _of_row(target.path, ordinal)
        held = value_at(unit.document, path)
        if held is None or (target.leaf.free_text and held != value):
            _put(unit.document, path, value, target.leaf, column.entry)
            _put_beside(unit.document, path, column.entry, tree)
            unit.places.setdefault(path, (number, column.position))
            return
        if held == value:
            return
    path = column.targets[0].path
    unit.add(number, "import.rows_differ", "error", column.position, path, value=str(value)[:80])


def _put(document: Canonical, path: str, value: Any, leaf: Annotations, entry: ColumnMap) -> None:
    if leaf.free_text and isinstance(value, str):
        text = f"{entry.label}: {value}" if entry.label else value
        held = value_at(document, path)
        value = f"{held}\n{text}" if held and text not in str(held).split("\n") else held or text
    _set(document, path, value)


def _put_beside(document: Canonical, path: str, entry: ColumnMap, tree: Node) -> None:
    parent = path.rpartition(".")[0]
    for name, value in entry.beside.items():
        beside = f"{parent}.{name}" if parent else name
        if annotations_at(tree, beside) is not None and value_at(document, beside) is None:
            _set(document, beside, value)


def _set(document: Canonical, path: str, value: Any) -> None:
    *around, (name, _) = parse_path(path)
    _descend(document, around)[name] = value


def _touch(document: Canonical, path: str) -> None:
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


def _add_constants(reader: _Reader, document: Canonical, ordinal: int) -> None:
    for path, constants in reader.mapping.items.items():
        here = _of_row(f"{path}.id", ordinal).removesuffix(".id")
        if value_at(document, here) is not None:
            _set_missing(document, here, constants)
    for name, constants in reader.mapping.ensure.items():
        if not document.get(name.split("[")[0]):
            _set_missing(document, name, constants)


def _set_missing(document: Canonical, prefix: str, constants: Table[str, Any]) -> None:
    for name, value in constants.items():
        if value_at(document, f"{prefix}.{name}") is None:
            _set(document, f"{prefix}.{name}", value)


def _everywhere(document: Canonical, path: str, ordinal: int) -> Iterator[str]:
    """Name the path in every item of its list; in a group, in the items of this row."""
    name, _, rest = path.partition("[*]")
    suffix = f"-{ordinal + 1}"
    for item in document.get(name, ()):
        if not ordinal or item["id"].endswith(suffix):
            yield f"{name}[{item['id']}]{rest}"


def _complete(reader: _Reader, unit: Unit) -> None:
    for path, value in reader.mapping.constants.items():
        if value_at(unit.document, path) is None:
            _set(unit.document, path, value)
    if reader.office and reader.schema.tree.leaves.get("office"):
        unit.document.setdefault("office", reader.office)


def own_columns(header: Header) -> frozenset[int]:
    """Return the positions of the columns that a handed-back workbook added."""
    return frozenset(place for place, name in enumerate(header.names) if name.startswith(OWN_PREFIX))


def cell_name(number: int, column: int) -> str:
    """Name a cell as a spreadsheet does; a row alone where no column is known."""
    return f"{column_letter(column)}{number}" if column >= 0 else str(number)
