"""Sheets as neighbour lists: every edge stands at both its ends, sorted by node (compressed sparse rows)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opencen.records.links.graph.sheets import (
    EDGE_COLUMNS,
    EMPTY_SHEET,
    MISSING,
    NEVER,
    NO_DAY,
    NODE_COLUMNS,
    Numbers,
    Sheet,
)


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Nodes sorted by key; `out` tells that the edge is stated by the node it stands at."""

    key: Numbers
    kind: Numbers
    lock: Numbers
    day: Numbers
    owner: Numbers
    high: Numbers
    low: Numbers
    start: Numbers
    target: Numbers
    role: Numbers
    out: Numbers

    @property
    def count(self) -> int:
        """Return how many nodes there are."""
        return len(self.key)


COLUMNS = (*NODE_COLUMNS, "start", "target", "role", "out")


def make_adjacency(sheet: Sheet) -> Adjacency:
    """Sort nodes, and write each edge at both ends; an end that nobody stated is a node that nobody sees."""
    nodes = _with_missing(sheet)
    count = len(nodes["key"])
    ends = [np.searchsorted(nodes["key"], keys).astype(np.int32) for keys in (sheet.source, sheet.target)]
    at = np.concatenate(ends)
    order = np.argsort(at, kind="stable")
    target = np.concatenate(ends[::-1])[order]
    role = np.concatenate([sheet.role, sheet.role])[order]
    out = np.zeros(len(at), dtype=np.bool_)
    out[: len(ends[0])] = True
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(at, minlength=count), out=start[1:])
    return Adjacency(**nodes, start=start, target=target, role=role, out=out[order])


def _with_missing(sheet: Sheet) -> dict[str, Numbers]:
    missing = np.setdiff1d(np.concatenate([sheet.source, sheet.target]), sheet.key)
    fill = {"key": missing, "kind": MISSING, "lock": NEVER, "day": NO_DAY, "owner": missing, "high": 0, "low": 0}
    nodes = {
        name: np.concatenate([getattr(sheet, name), np.broadcast_to(np.asarray(fill[name], dtype), missing.shape)])
        for name, dtype in NODE_COLUMNS.items()
    }
    order = np.argsort(nodes["key"], kind="stable")
    return {name: values[order] for name, values in nodes.items()}


def to_sheet(found: Adjacency) -> Sheet:
    """Return the sheet that neighbour lists were made of."""
    if not found.count:
        return EMPTY_SHEET
    stated = np.asarray(found.kind) != MISSING
    nodes = {name: np.asarray(getattr(found, name))[stated] for name in NODE_COLUMNS}
    at = np.repeat(np.arange(found.count, dtype=np.int32), np.diff(found.start))[found.out]
    edges = {
        "source": found.key[at],
        "target": found.key[found.target[found.out]],
        "role": found.role[found.out],
        "stated_by": found.owner[at],
    }
    return Sheet(**nodes, **{name: edges[name].astype(dtype) for name, dtype in EDGE_COLUMNS.items()})
