"""Make records of rows: every cell to its place, constants beside it, rows with one key together."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings

from opencen.formats.identifiers import looks_like, lost_zeros, parts_of_kinds, usual_width
from opencen.formats.leftovers import why_no_record
from opencen.formats.mapping import ColumnMap, Mapping
from opencen.formats.placing import PER_ROW, Canonical, everywhere_at, fill, of_row, set_at, set_missing, slot_at, touch
from opencen.formats.tables import OWN_PREFIX, ROW_ID, Cell, Header, column_letter, write_cell
from opencen.formats.units import Unit
from opencen.formats.values import Reading, fold, read_value
from opencen.records.effective import EffectiveSchema
from opencen.records.paths import annotations_at, value_at
from opencen.records.schema import Annotations, Node

Row = tuple[int, Sequence[Cell]]
MOST_KNOWN = 10_000
_ROW_ID = re.compile(r"([0-9a-f-]{36})(?::(\d+))?")


@dataclass(frozen=True, slots=True)
class _Target:
    """A field that a column's values may go to, with the constants that then stand beside it."""

    path: str
    leaf: Annotations
    is_everywhere: bool
    beside: tuple[tuple[str, Any], ...] = ()


@dataclass(slots=True)
class _Column:
    position: int
    entry: ColumnMap
    targets: list[_Target]
    evidence: int | None
    fallback: int | None
    weekday: int | None = None
    width: int = 0
    known: dict[tuple[type, Cell, str], Reading] = field(default_factory=dict)

    def read(self, cell: Cell, evidence: str, weekday: str) -> Reading:
        """Read a cell; what stood in the column before is not read twice."""
        leaf = self.targets[0].leaf
        if evidence or leaf.free_text:
            return read_value(cell, self.entry, leaf, evidence, weekday)
        key = (type(cell), cell, weekday)
        found = self.known.get(key)
        if found is None:
            found = read_value(cell, self.entry, leaf, "", weekday)
            if len(self.known) < MOST_KNOWN:
                self.known[key] = found
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
    required: list[tuple[str, int | None]] = field(default_factory=list)


def record_id_of(mapping: str, key: str, generation: int = 0) -> UUID:
    """Derive a record's id from the mapping's name and the source's key: the same row is the same record."""
    return uuid5(_namespace(settings.NODE_ID), f"{mapping}\n{key}" + (f"\n{generation}" if generation else ""))


@lru_cache(maxsize=8)
def _namespace(node_id: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"urn:opencen:node:{node_id}")


@dataclass(slots=True)
class _Plan:
    """Which rows state one record."""

    record_id: UUID
    base: int | None
    is_repeated: bool
    places: list[int]


class Assembly:
    """The records that the rows of a sheet state; each is made when it is asked for."""

    def __init__(
        self, rows: Sequence[Row], header: Header, mapping: Mapping, schema: EffectiveSchema, office: str
    ) -> None:
        self._rows = rows
        self._reader = _prepare(rows, header, mapping, schema, office)
        self._plans = _plan(rows, self._reader)

    def __len__(self) -> int:
        return len(self._plans)

    def units(self, wanted: Container[int] | None = None) -> Iterator[Unit]:
        """Make the records in the order of their first row; of given row numbers only those with one of them."""
        for plan in self._plans:
            if wanted is None or any(self._rows[place][0] in wanted for place in plan.places):
                yield self._make(plan)

    def _make(self, plan: _Plan) -> Unit:
        unit = Unit(plan.record_id, base=plan.base)
        if plan.is_repeated:
            unit.add(self._rows[plan.places[0]][0], "import.row_repeated", "error")
        for place in plan.places:
            number, cells = self._rows[place]
            _take_row(self._reader, unit, number, cells)
        _complete(self._reader, unit)
        return unit


def _plan(rows: Sequence[Row], reader: _Reader) -> list[_Plan]:
    """Find out which rows belong together, by their key alone."""
    plans: list[_Plan] = []
    by_key: dict[str, _Plan] = {}
    seen: dict[str, int] = {}
    taken: set[UUID] = set()
    for place, (_, cells) in enumerate(rows):
        key = _key(reader, cells)
        if reader.required and _lacking(reader, cells):
            key = f"no record {place}"
        elif reader.mapping.group and key in by_key:
            by_key[key].places.append(place)
            continue
        seen[key] = seen.get(key, 0) + 1
        record_id, base = _identify(reader, key, seen[key], cells)
        is_repeated = record_id in taken and bool(_row_id_text(reader, cells))
        taken.add(record_id)
        plan = _Plan(record_id, base, is_repeated, [place])
        plans.append(plan)
        by_key[key] = plan
    return plans


def _prepare(rows: Sequence[Row], header: Header, mapping: Mapping, schema: EffectiveSchema, office: str) -> _Reader:
    positions = {name: place for place, name in enumerate(header.names) if name}
    columns = []
    for entry in mapping.column:
        if entry.header not in positions or not entry.to:
            continue
        targets = [found for path in entry.to if (found := _target(path, entry, schema.tree)) is not None]
        place = positions[entry.header]
        cells = (cells[place] for _, cells in rows if place < len(cells))
        columns.append(
            _Column(
                place,
                entry,
                targets,
                positions.get(entry.evidence),
                positions.get(entry.fallback),
                positions.get(entry.weekday),
                usual_width(cells, targets[0].leaf) if targets else 0,
            )
        )
    keys = [positions[name] for name in mapping.key if name in positions]
    required = [(name, positions.get(name)) for name in mapping.require]
    return _Reader(mapping, schema, columns, keys, positions.get(ROW_ID), office, required)


def _target(path: str, entry: ColumnMap, tree: Node) -> _Target | None:
    leaf = annotations_at(tree, path)
    if leaf is None:
        return None
    parent = path.rpartition(".")[0]
    around = f"{parent}." if parent else ""
    beside = [found for found in entry.beside.items() if annotations_at(tree, f"{around}{found[0]}") is not None]
    return _Target(path, leaf, "[*]" in path, tuple(beside))


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


def _identify(reader: _Reader, key: str, count: int, cells: Sequence[Cell]) -> tuple[UUID, int | None]:
    match = _ROW_ID.fullmatch(_row_id_text(reader, cells))
    if match:
        return UUID(match[1]), int(match[2]) if match[2] else None
    return record_id_of(reader.mapping.name, key if count == 1 else f"{key}#{count}"), None


def _take_row(reader: _Reader, unit: Unit, number: int, cells: Sequence[Cell]) -> None:
    ordinal = len(unit.numbers)
    unit.numbers.append(number)
    said = cells[: reader.row_id] if reader.row_id else cells  # without what a workbook handed back adds behind
    if code := why_no_record(said, len(reader.columns)):
        unit.add(number, code, "error")
        return
    if lacking := _lacking(reader, cells):
        unit.add(number, "import.no_find", "error", value=lacking)
        return
    everywhere: list[tuple[_Column, _Target, Any]] = []
    for column in reader.columns:
        if column.position >= len(cells) or not column.targets:
            continue
        if column.entry.split == "kinds":
            _take_kinds(column, cells, unit, number, ordinal)
            continue
        found = _read_cell(column, cells, unit, number)
        if found.is_touch:
            touch(unit.document, of_row(column.targets[0].path, ordinal))
        if found.value is None:
            unit.blanks.setdefault(of_row(column.targets[0].path, ordinal), (number, column.position))
            continue
        if column.targets[0].is_everywhere:
            everywhere.append((column, column.targets[0], found.value))
        else:
            path = _place(unit, column, found.value, number, ordinal)
            if path and (found.beside or found.more or found.items):
                _place_further(reader, unit, column, found, path, number)
    _add_constants(reader, unit.document, ordinal)
    for column, target, value in everywhere:
        for path in everywhere_at(unit.document, target.path, ordinal):
            group, name = slot_at(unit.document, path)
            group[name] = _joined(group.get(name), value, target.leaf, column.entry)
            unit.places.setdefault(path, (number, column.position))


def _take_kinds(column: _Column, cells: Sequence[Cell], unit: Unit, number: int, ordinal: int) -> None:
    """Put each part of a cell to the field that its shape belongs to: a container here, a plate there."""
    for part in parts_of_kinds(write_cell(cells[column.position])):
        target = next((found for found in column.targets if looks_like(found.leaf.identifier, part)), None)
        target = target or next((found for found in column.targets if not found.leaf.identifier), column.targets[0])
        path = of_row(target.path, ordinal)
        held = value_at(unit.document, path)
        if held not in (None, part):
            unit.add(number, "import.several_values", "question", column.position, path, value=part)
            continue
        set_at(unit.document, path, part)
        unit.places.setdefault(path, (number, column.position))


def _lacking(reader: _Reader, cells: Sequence[Cell]) -> str:
    """Name the first column that a record needs and this row leaves empty."""
    return next((name for name, place in reader.required if not write_cell(_cell_at(cells, place))), "")


def _place_further(reader: _Reader, unit: Unit, column: _Column, found: Reading, path: str, number: int) -> None:
    """Place what a cell states beside its value: its unit, further measures of the goods, further items."""
    parent = path.rpartition(".")[0]
    tree = reader.schema.tree
    for beside, value in found.beside.items():
        full = f"{parent}.{beside}"
        if annotations_at(tree, full) is None:
            continue
        held = value_at(unit.document, full)
        if held not in (None, value):
            data = {"value": f"{found.value} {value}", "stated": held}
            unit.add(number, "import.unit_differs", "question", column.position, path, **data)
        else:
            set_at(unit.document, full, value)
    for count, (quantity, unit_code) in enumerate(found.more, 2):
        measure = f"{parent}.measures[m{count}]"
        if annotations_at(tree, f"{measure}.quantity") is None:
            unit.add(number, "import.two_measures", "question", column.position, path, value=f"{quantity} {unit_code}")
            continue
        set_at(unit.document, f"{measure}.quantity", quantity)
        set_at(unit.document, f"{measure}.unit", unit_code)
    item, bracket, rest = path.rpartition("]")
    for count, value in enumerate(found.items, 2):
        further = f"{item}-n{count}]{rest}" if bracket else ""
        if not further or item.startswith(f"{PER_ROW}["):
            unit.add(number, "import.several_values", "question", column.position, path, value=value)
            continue
        set_at(unit.document, further, value)
        set_missing(unit.document, f"{item}-n{count}]", reader.mapping.items.get(f"{item}]", {}))


def _read_cell(column: _Column, cells: Sequence[Cell], unit: Unit, number: int) -> Reading:
    entry, leaf = column.entry, column.targets[0].leaf
    evidence = "" if column.evidence is None else write_cell(_cell_at(cells, column.evidence))
    weekday = "" if column.weekday is None else write_cell(_cell_at(cells, column.weekday))
    cell = cells[column.position]
    found = column.read(cell, evidence, weekday)
    if found.value is None and found.level and column.fallback is not None:
        other = read_value(_cell_at(cells, column.fallback), entry, leaf, evidence)
        if other.value is not None:
            data = {"value": write_cell(cell)[:80], "taken": str(other.value)}
            found = Reading(other.value, "import.other_column", "warning", data)
    if found.level and found.value is None and not found.is_touch and entry.otherwise:
        return _keep_text(unit, entry.otherwise, write_cell(cell))
    if found.level:
        unit.add(number, found.code, found.level, column.position, entry.to[0], **found.data)
    elif column.width and (whole := lost_zeros(found.value, column.width)):
        further = {"value": str(found.value), "would_be": whole}
        unit.add(number, "import.leading_zero_lost", "warning", column.position, entry.to[0], **further)
    return found


def _keep_text(unit: Unit, path: str, text: str) -> Reading:
    """Keep a text that is no code where the mapping says texts go; nothing more is read from it."""
    if value_at(unit.document, path) is None:
        set_at(unit.document, path, text)
    return Reading()


def _cell_at(cells: Sequence[Cell], place: int | None) -> Cell:
    return cells[place] if place is not None and place < len(cells) else None


def _place(unit: Unit, column: _Column, value: Any, number: int, ordinal: int) -> str:
    """Put a value at the first of its places that is free, and return it; empty where none is."""
    for target in column.targets:
        path = of_row(target.path, ordinal)
        group, name = slot_at(unit.document, path)
        held = group.get(name)
        if held is None or (target.leaf.free_text and held != value):
            group[name] = _joined(held, value, target.leaf, column.entry)
            fill(group, target.beside)
            unit.places.setdefault(path, (number, column.position))
            return path
        if held == value:
            return path
    first = column.targets[0].path
    unit.add(number, "import.rows_differ", "error", column.position, first, value=str(value)[:80])
    return ""


def _joined(held: Any, value: Any, leaf: Annotations, entry: ColumnMap) -> Any:
    """Return what stands in a field once a value came to it: texts stand below each other, each once."""
    if not leaf.free_text or not isinstance(value, str):
        return value
    text = f"{entry.label}: {value}" if entry.label else value
    return f"{held}\n{text}" if held and text not in str(held).split("\n") else held or text


def _add_constants(reader: _Reader, document: Canonical, ordinal: int) -> None:
    for path, constants in reader.mapping.items.items():
        here = of_row(f"{path}.id", ordinal).removesuffix(".id") if ordinal else path
        part = value_at(document, here)
        if part is not None:
            fill(part, constants.items())
    for name, constants in reader.mapping.ensure.items():
        if not document.get(name.split("[")[0]):
            set_missing(document, name, constants)


def _complete(reader: _Reader, unit: Unit) -> None:
    fill(unit.document, reader.mapping.constants.items())
    if reader.office and reader.schema.tree.leaves.get("office"):
        unit.document.setdefault("office", reader.office)


def own_columns(header: Header) -> frozenset[int]:
    """Return the positions of the columns that a handed-back workbook added."""
    return frozenset(place for place, name in enumerate(header.names) if name.startswith(OWN_PREFIX))


def cell_name(number: int, column: int) -> str:
    """Name a cell as a spreadsheet does; a row alone where no column is known."""
    return f"{column_letter(column)}{number}" if column >= 0 else str(number)
