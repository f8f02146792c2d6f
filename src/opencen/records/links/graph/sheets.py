"""Nodes and edges as columns of numbers: what some records state, and how a later statement replaces an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from opencen.records.derived import Current
from opencen.records.links.statements import Statements, read_statements

Numbers = npt.NDArray[Any]
NEVER, ALWAYS = 0, 1
MISSING = 0
NO_DAY = -(10**6)
EPOCH = date(1970, 1, 1)
Lock = tuple[str, str, int, str]


@dataclass(slots=True)
class Tables:
    """What the small numbers in the columns stand for; they only grow, so that older columns stay readable."""

    kinds: list[str] = field(default_factory=lambda: ["missing"])
    locks: list[Lock] = field(default_factory=lambda: [("", "", 0, ""), ("", "", 0, "")])
    roles: list[str] = field(default_factory=list)
    _places: dict[Any, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, values in (("kind", self.kinds), ("lock", self.locks), ("role", self.roles)):
            for number, value in enumerate(values):
                self._places.setdefault((name, value), number)

    def kind(self, name: str) -> int:
        """Return the number of a kind of node."""
        return self._number("kind", name, self.kinds)

    def role(self, name: str) -> int:
        """Return the number of a role."""
        return self._number("role", name, self.roles)

    def lock(self, current: Current) -> int:
        """Return the number of a record's lock attributes: records that share them share the number."""
        head = current.record
        compartment = head.compartment_id.hex if head.compartment_id else ""
        return self._number("lock", (head.type, head.office_id.hex, head.sensitivity, compartment), self.locks)

    def _number(self, name: str, value: Any, values: list[Any]) -> int:
        place = self._places.get((name, value))
        if place is None:
            place = self._places[name, value] = len(values)
            values.append(value)
        return place


@dataclass(frozen=True, slots=True)
class Sheet:
    """Nodes by key, each once, and edges from the end that states them. `owner` is the record that states a row."""

    key: Numbers
    kind: Numbers
    lock: Numbers
    day: Numbers
    owner: Numbers
    high: Numbers
    low: Numbers
    source: Numbers
    target: Numbers
    role: Numbers
    stated_by: Numbers

    @property
    def records(self) -> Numbers:
        """Return the keys of the records that state it."""
        return np.unique(self.owner[self.owner != 0])


NODE_COLUMNS = {
    "key": np.int64,
    "kind": np.uint8,
    "lock": np.int32,
    "day": np.int32,
    "owner": np.int64,
    "high": np.uint64,
    "low": np.uint64,
}
EDGE_COLUMNS = {"source": np.int64, "target": np.int64, "role": np.uint16, "stated_by": np.int64}


def make_sheet(current: Sequence[Current], tables: Tables) -> Sheet:
    """Write down what records state of others."""
    nodes: dict[int, tuple[int, ...]] = {}
    edges: dict[tuple[int, int, int], int] = {}
    stated = {found.record_id: found for found in read_statements(current)}
    for head in current:
        _add(stated[head.record.id], head, tables, nodes, edges)
    return sheet_of(nodes.values(), [(*edge, owner) for edge, owner in edges.items()])


def _add(
    stated: Statements,
    current: Current,
    tables: Tables,
    nodes: dict[int, tuple[int, ...]],
    edges: dict[tuple[int, int, int], int],
) -> None:
    lock, owner = tables.lock(current), stated.key
    happened = current.record.occurred_on
    day = (happened - EPOCH).days if happened else NO_DAY
    high, low = divmod(stated.record_id.int, 2**64)
    nodes[owner] = (owner, tables.kind(f"record:{stated.type}"), lock, day, owner, high, low)
    for inline in stated.inlines:
        nodes[inline.key] = (inline.key, tables.kind(f"inline:{inline.kind}"), lock, day, owner, high, low)
    for thing in stated.things:
        nodes[thing.key] = (thing.key, tables.kind(f"thing:{thing.kind}"), ALWAYS, NO_DAY, 0, 0, 0)
        edges[thing.holder, thing.key, tables.role(f"thing:{thing.kind}")] = owner
    for reference in stated.references:
        if reference.key != reference.holder:
            edges[reference.holder, reference.key, tables.role(reference.role)] = owner


def sheet_of(nodes: Iterable[Sequence[int]], edges: Iterable[Sequence[int]]) -> Sheet:
    """Turn rows into columns."""
    node_rows, edge_rows = list(nodes), list(edges)
    columns = {
        name: np.fromiter((row[place] for row in node_rows), dtype, len(node_rows))
        for place, (name, dtype) in enumerate(NODE_COLUMNS.items())
    }
    columns |= {
        name: np.fromiter((row[place] for row in edge_rows), dtype, len(edge_rows))
        for place, (name, dtype) in enumerate(EDGE_COLUMNS.items())
    }
    return Sheet(**columns)


EMPTY_SHEET = sheet_of((), ())


def join_sheets(earlier: Sheet, later: Sheet, gone: Numbers | None = None) -> Sheet:
    """Let later statements of a record replace its earlier ones; things that nobody states any more go with them."""
    replaced = later.records if gone is None else np.union1d(later.records, gone)
    kept_edges = ~np.isin(earlier.stated_by, replaced)
    kept_nodes = (earlier.owner != 0) & ~np.isin(earlier.owner, replaced)
    targets = earlier.target[kept_edges]
    kept_nodes |= (earlier.owner == 0) & np.isin(earlier.key, targets)
    nodes = {name: np.concatenate([getattr(earlier, name)[kept_nodes], getattr(later, name)]) for name in NODE_COLUMNS}
    edges = {name: np.concatenate([getattr(earlier, name)[kept_edges], getattr(later, name)]) for name in EDGE_COLUMNS}
    _, once = np.unique(nodes["key"], return_index=True)
    return Sheet(**{name: values[once] for name, values in nodes.items()}, **edges)


def record_id(high: Any, low: Any) -> UUID:
    """Put a record's id together again."""
    return UUID(int=int(high) << 64 | int(low))
