"""Walks over the graph as one actor sees it: what is hidden is no neighbour, not counted, and no way through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from opencen.kernel.actor import Actor
from opencen.records.links.graph.sheets import Numbers
from opencen.records.links.graph.snapshot import Found, Snapshot
from opencen.records.lock import lock_terms

MOST_SHARED = 2000
"""Something that more of the seen records state than this connects nobody: a walk does not go through it."""
LONGEST = 12


class Sight:
    """A snapshot through the eyes of an actor."""

    def __init__(self, snapshot: Snapshot, actor: Actor) -> None:
        self.snapshot = snapshot
        self._admitted = snapshot.admitted(lock_terms(actor))

    def sees(self, nodes: Numbers) -> Numbers:
        """Tell which nodes the lock admits; a thing is seen once a seen record states it."""
        return self._admitted[self.snapshot.attribute("lock", nodes)]

    def neighbours(self, nodes: Numbers) -> Found:
        """Return the seen neighbours of seen nodes, one for each role."""
        found = self.snapshot.neighbours(nodes)
        seen = self.sees(found.node)
        return Found(found.place[seen], found.node[seen], found.role[seen], found.out[seen])

    def passable(self, nodes: Numbers) -> Found:
        """Return the seen neighbours that a walk goes on to; what very many share leads nowhere."""
        found = self.neighbours(nodes)
        if not len(found.place):
            return found
        counts = np.bincount(found.place, minlength=len(nodes))
        is_thing = self.snapshot.attribute("owner", nodes) == 0
        blocked = is_thing & (counts > MOST_SHARED)
        if not blocked.any():
            return found
        kept = ~blocked[found.place]
        return Found(found.place[kept], found.node[kept], found.role[kept], found.out[kept])

    def around(self, start: Numbers, depth: int, limit: int) -> Numbers:
        """Return the nodes within some steps, nearest first, those with most ways to them before others."""
        reached = start
        frontier = start
        for _ in range(depth):
            found = self.passable(frontier)
            fresh, ways = np.unique(found.node[~np.isin(found.node, reached)], return_counts=True)
            fresh = fresh[np.lexsort((fresh, -ways))]
            reached = np.concatenate([reached, fresh])[:limit]
            if not len(fresh) or len(reached) >= limit:
                break
            frontier = fresh
        return reached

    def count_by_kind(self, nodes: Numbers) -> list[dict[str, int]]:
        """Count the seen neighbours of each node by kind, each neighbour once."""
        found = self.neighbours(nodes)
        pairs = np.unique(found.place * np.int64(self.snapshot.count) + found.node)
        place, neighbour = np.divmod(pairs, np.int64(self.snapshot.count))
        kinds = self.snapshot.attribute("kind", neighbour)
        counts: list[dict[str, int]] = [{} for _ in range(len(nodes))]
        names = self.snapshot.tables.kinds
        cells, numbers = np.unique(place * 256 + kinds, return_counts=True)
        for cell, number in zip(cells.tolist(), numbers.tolist(), strict=True):
            counts[cell // 256][names[cell % 256]] = number
        return counts


@dataclass(slots=True)
class _Side:
    """One end of a search: who was reached in which step, and the newest of them."""

    step: Numbers
    frontier: Numbers
    depth: int = 0


def find_paths(sight: Sight, start: int, end: int, most: int) -> list[list[int]]:
    """Return ways between two nodes, the shortest first; once they run out, ways around those found."""
    banned = np.zeros(sight.snapshot.count, np.bool_)
    paths: list[list[int]] = []
    while len(paths) < most:
        found = _shortest(sight, start, end, banned, most - len(paths))
        if not found:
            break
        paths += found
        inner = [node for path in found for node in path[1:-1]]
        if not inner:
            break
        banned[inner] = True
    return paths


def _shortest(sight: Sight, start: int, end: int, banned: Numbers, most: int) -> list[list[int]]:
    """Search from both ends, always the smaller side on, then read the ways from the steps."""
    sides = [_side(sight, start), _side(sight, end)]
    while sides[0].depth + sides[1].depth < LONGEST:
        near, far = sorted(sides, key=lambda side: len(side.frontier))
        if not len(near.frontier):
            return []
        near.depth += 1
        fresh = np.unique(sight.passable(near.frontier).node)
        fresh = fresh[(near.step[fresh] == 0) & ~banned[fresh]]
        near.step[fresh] = near.depth + 1
        near.frontier = fresh
        meeting = fresh[far.step[fresh] > 0]
        if len(meeting):
            length = near.step[meeting] + far.step[meeting]
            nearest = meeting[length == length.min()]
            return _read_paths(sight, sides, nearest, most)
    return []


def _side(sight: Sight, node: int) -> _Side:
    step = np.zeros(sight.snapshot.count, np.int8)
    step[node] = 1
    return _Side(step, np.array([node], np.int64))


def _read_paths(sight: Sight, sides: list[_Side], meeting: Numbers, most: int) -> list[list[int]]:
    """Read up to some ways from the steps of both sides."""
    ways = (
        [*reversed(front), *back[1:]]
        for node in meeting.tolist()
        for front in _walk_back(sight, sides[0].step, node)
        for back in _walk_back(sight, sides[1].step, node)
    )
    return list(islice(ways, most))


def _walk_back(sight: Sight, step: Numbers, node: int) -> Iterator[list[int]]:
    """Yield the ways from a node back to where its side began."""
    if step[node] == 1:
        yield [node]
        return
    before = np.unique(sight.passable(np.array([node], np.int64)).node)
    for other in before[step[before] == step[node] - 1].tolist():
        if _leads_on(sight, other, node):
            for rest in _walk_back(sight, step, other):
                yield [node, *rest]


def _leads_on(sight: Sight, other: int, node: int) -> bool:
    return bool((sight.passable(np.array([other], np.int64)).node == node).any())
