"""The graph as it stands now: the neighbour lists, what changed since, and what is behind the cursor, read live."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import numpy as np

from opencen.log.reader import subjects_after
from opencen.records.derived import CHANGING, load_current
from opencen.records.links.graph import files
from opencen.records.links.graph.adjacency import Adjacency
from opencen.records.links.graph.sheets import (
    EMPTY_SHEET,
    MISSING,
    NEVER,
    Numbers,
    Sheet,
    Tables,
    join_sheets,
    make_sheet,
    record_id,
)
from opencen.records.links.graph.store import current_manifest
from opencen.records.links.statements import record_key
from opencen.records.lock import LockTerms

MOST_LIVE = 1000
ATTRIBUTES = ("kind", "lock", "day", "owner", "high", "low")


@dataclass(frozen=True, slots=True)
class Found:
    """Neighbours: at which place of the question each stands, which node it is, by which role, stated by whom."""

    place: Numbers
    node: Numbers
    role: Numbers
    out: Numbers


class Snapshot:
    """Nodes by number: those of the neighbour lists first, those that came since behind them."""

    def __init__(
        self, base: Adjacency, later: Sheet, gone: Numbers, tables: Tables, *, is_behind: bool = False
    ) -> None:
        self.base, self.tables, self.is_behind = base, tables, is_behind
        self.is_patched = bool(len(later.key) or len(gone))
        if self.is_patched:
            self._patch(later, gone)
        else:
            self.extra = np.empty(0, np.int64)

    @property
    def count(self) -> int:
        """Return how many nodes there are, seen or not."""
        return self.base.count + len(self.extra)

    def _patch(self, later: Sheet, gone: Numbers) -> None:
        """Lay later statements over the lists: what a record stated before is out of force."""
        base = self.base
        known = np.union1d(later.key, np.union1d(later.source, later.target))
        self.extra = known[self._base_places(known) < 0]
        replaced = np.union1d(later.records, gone)
        heads = self._base_places(replaced)
        heads = heads[heads >= 0]
        inline = self._gather(heads)
        own = inline.node[base.owner[inline.node] == base.owner[heads[inline.place]]]
        self.stale = np.union1d(heads, own)
        places = self.numbers_of(later.key)
        self._lay_attributes(later, places)
        ends = [self.numbers_of(keys) for keys in (later.source, later.target)]
        at = np.concatenate(ends)
        order = np.argsort(at, kind="stable")
        self.late_at, self.late_target = at[order], np.concatenate(ends[::-1])[order]
        self.late_role = np.concatenate([later.role, later.role])[order]
        out = np.arange(len(at)) < len(ends[0])
        self.late_out = out[order]

    def _lay_attributes(self, later: Sheet, places: Numbers) -> None:
        """Give patched nodes their attributes: missing until stated, never seen once out of force."""
        new = np.arange(self.base.count, self.count)
        self.patched = np.union1d(np.union1d(self.stale, new), places)
        size = len(self.patched)
        self.patches: dict[str, Numbers] = {
            "kind": np.full(size, MISSING, np.uint8),
            "lock": np.full(size, NEVER, np.int32),
            "day": np.zeros(size, np.int32),
            "owner": np.zeros(size, np.int64),
            "high": np.zeros(size, np.uint64),
            "low": np.zeros(size, np.uint64),
        }
        rows = np.searchsorted(self.patched, places)
        for name in ATTRIBUTES:
            self.patches[name][rows] = getattr(later, name)

    def _base_places(self, keys: Numbers) -> Numbers:
        held = self.base.key
        if not len(held):
            return np.full(len(keys), -1, np.int64)
        places = np.minimum(np.searchsorted(held, keys), len(held) - 1)
        return np.where(held[places] == keys, places, -1)

    def numbers_of(self, keys: Numbers) -> Numbers:
        """Return the numbers of nodes by their keys, -1 for what is not there."""
        places = self._base_places(keys)
        if not len(self.extra):
            return places
        later = np.minimum(np.searchsorted(self.extra, keys), len(self.extra) - 1)
        return np.where(places >= 0, places, np.where(self.extra[later] == keys, later + self.base.count, -1))

    def key_of(self, nodes: Numbers) -> Numbers:
        """Return the keys of nodes."""
        if not len(self.extra):
            return self.base.key[nodes]
        keys = np.empty(len(nodes), np.int64)
        is_base = nodes < self.base.count
        keys[is_base] = self.base.key[nodes[is_base]]
        keys[~is_base] = self.extra[nodes[~is_base] - self.base.count]
        return keys

    def attribute(self, name: str, nodes: Numbers) -> Numbers:
        """Return an attribute of nodes, the later one where it was stated anew."""
        held: Numbers = getattr(self.base, name)
        if not self.is_patched:
            return held[nodes]
        values = self.patches[name]
        rows = np.minimum(np.searchsorted(self.patched, nodes), max(0, len(self.patched) - 1))
        is_patched = self.patched[rows] == nodes if len(self.patched) else np.zeros(len(nodes), np.bool_)
        found = values[np.where(is_patched, rows, 0)] if len(values) else np.zeros(len(nodes), held.dtype)
        plain = ~is_patched
        found[plain] = held[nodes[plain]]
        return found

    def neighbours(self, nodes: Numbers) -> Found:
        """Return all neighbours of some nodes, seen or not."""
        if not self.is_patched:
            return self._gather(nodes)
        inside = np.flatnonzero(nodes < self.base.count)
        held = self._gather(nodes[inside])
        stating = np.where(held.out, nodes[inside][held.place], held.node)
        kept = ~np.isin(stating, self.stale)
        late = self._gather_late(nodes)
        return Found(
            np.concatenate([inside[held.place[kept]], late.place]),
            np.concatenate([held.node[kept], late.node]),
            np.concatenate([held.role[kept], late.role]),
            np.concatenate([held.out[kept], late.out]),
        )

    def _gather(self, nodes: Numbers) -> Found:
        base = self.base
        first = base.start[nodes]
        place, rows = _spread(first, base.start[nodes + 1] - first)
        return Found(place, base.target[rows].astype(np.int64), base.role[rows], base.out[rows])

    def _gather_late(self, nodes: Numbers) -> Found:
        first = np.searchsorted(self.late_at, nodes, "left")
        place, rows = _spread(first, np.searchsorted(self.late_at, nodes, "right") - first)
        return Found(place, self.late_target[rows], self.late_role[rows], self.late_out[rows])

    def admitted(self, terms: LockTerms) -> Numbers:
        """Compile the lock: for each set of lock attributes there is, whether it is seen."""
        rows = [
            terms.admits(kind, UUID(office), sensitivity, UUID(compartment) if compartment else None)
            for kind, office, sensitivity, compartment in self.tables.locks[2:]
        ]
        return np.array([False, True, *rows])

    def record_of(self, node: int) -> UUID:
        """Return the record that a node is, or stands in."""
        one = np.array([node])
        return record_id(self.attribute("high", one)[0], self.attribute("low", one)[0])

    def records_of(self, nodes: Numbers) -> list[UUID]:
        """Return the records that nodes are, or stand in."""
        pairs = zip(self.attribute("high", nodes).tolist(), self.attribute("low", nodes).tolist(), strict=True)
        return [record_id(high, low) for high, low in pairs]

    def kinds_of(self, nodes: Numbers) -> list[str]:
        """Return the kinds of nodes by name."""
        return [self.tables.kinds[number] for number in self.attribute("kind", nodes).tolist()]


def _spread(first: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """Return for ranges of rows the place of each range and every row in it."""
    place = np.repeat(np.arange(len(first)), counts)
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    rows = np.arange(total) - np.repeat(ends - counts, counts) + np.repeat(first, counts)
    return place, rows


def open_snapshot() -> Snapshot:
    """Return the graph as it stands: behind the cursor, records are read live; too many of them stay out unseen."""
    for attempt in (1, 2, 3):
        manifest = current_manifest()
        try:
            base, delta = files.open_base(manifest), files.open_delta(manifest)
            break
        except FileNotFoundError:  # replaced while it was opened
            if attempt == 3:
                raise
    tables = manifest.tables()
    changed = sorted(subjects_after(manifest.cursor, CHANGING))
    current = load_current(changed[-MOST_LIVE:])
    live = make_sheet(current, tables) if current else EMPTY_SHEET
    missing = set(changed) - {found.record.id for found in current}
    gone = np.array([*manifest.gone, *(record_key(key) for key in missing)], dtype=np.int64)
    later = join_sheets(delta, live, gone) if len(live.key) or missing else delta
    gone = gone[~np.isin(gone, later.records)]
    return Snapshot(base, later, gone, tables, is_behind=len(changed) > MOST_LIVE)
