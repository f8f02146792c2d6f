"""Suggested links: two records that share a phone, a container, an account, and that no person has decided on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from uuid import UUID

import numpy as np

from opencen.kernel.actor import Actor
from opencen.records.links.graph.sheets import Numbers
from opencen.records.links.graph.walking import Sight
from opencen.records.links.graph.words import read_words
from opencen.records.links.heads import Heads
from opencen.records.links.models import Link
from opencen.records.links.things import KINDS
from opencen.records.models import Record

MOST_RECORDS = 12
"""What more of the seen records share than this suggests no link between any two of them."""
MOST_SUGGESTED = 200
CHUNK = 400
Pair = tuple[UUID, UUID, str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two records, what they share, and what a person last said of it ("" or "unsure")."""

    first: Record
    second: Record
    kind: str
    label: str
    thing: str
    verdict: str


def find_suggestions(
    actor: Actor, sight: Sight, nodes: Numbers, *, within: bool = False, heads: Heads | None = None
) -> list[Suggestion]:
    """Return what the records among some nodes share with others, or among themselves only."""
    graph = sight.snapshot
    owners = graph.attribute("owner", nodes)
    records = nodes[(owners != 0) & (graph.key_of(nodes) == owners)]
    if not len(records):
        return []
    shared = _shared_things(sight, _things_of(sight, records))
    found: dict[Pair, int] = {}
    for thing, one, other in _sharing_pairs(shared, set(records.tolist()), within=within):
        if len(found) >= MOST_SUGGESTED:
            break
        if not _are_connected(sight, one, other):
            first, second = sorted((graph.record_of(one), graph.record_of(other)))
            kind = graph.kinds_of(np.array([thing]))[0].partition(":")[2]
            found.setdefault((first, second, kind), thing)
    return _worded(actor, sight, found, heads or Heads(actor))


def _sharing_pairs(shared: dict[int, list[int]], chosen: set[int], *, within: bool) -> Iterator[tuple[int, int, int]]:
    """Yield each thing with two records that state it, one of them or both among the chosen."""
    for thing, holders in shared.items():
        asked = [holder for holder in holders if holder in chosen]
        pairs = combinations(asked, 2) if within else product(asked, holders)
        yield from ((thing, one, other) for one, other in pairs if one != other)


def _things_of(sight: Sight, records: Numbers) -> Numbers:
    """Return the things that records and their inline items state, of the kinds that suggest links."""
    graph = sight.snapshot
    found = sight.neighbours(records)
    is_inline = graph.attribute("owner", found.node) == graph.key_of(records)[found.place]
    inner = sight.neighbours(np.unique(found.node[is_inline])).node if is_inline.any() else np.empty(0, np.int64)
    near = np.unique(np.concatenate([found.node, inner]))
    suggesting = [number for number, name in enumerate(graph.tables.kinds) if _suggests(name)]
    things: Numbers = near[np.isin(graph.attribute("kind", near), suggesting)]
    return things


def _suggests(kind: str) -> bool:
    name = kind.removeprefix("thing:")
    return kind.startswith("thing:") and name in KINDS and KINDS[name].suggests


def _shared_things(sight: Sight, things: Numbers) -> dict[int, list[int]]:
    """Return which seen records state each thing, themselves or by an inline item, where two or more do."""
    if not len(things):
        return {}
    graph = sight.snapshot
    found = sight.neighbours(things)
    holders = graph.numbers_of(graph.attribute("owner", found.node))
    pairs = np.unique(np.stack([things[found.place], holders]), axis=1)
    shared: dict[int, list[int]] = {}
    for thing, holder in pairs.T.tolist():
        shared.setdefault(thing, []).append(holder)
    return {thing: held for thing, held in shared.items() if 1 < len(held) <= MOST_RECORDS}


def _are_connected(sight: Sight, one: int, other: int) -> bool:
    """Tell whether one record names the other already, or a link was accepted."""
    return bool((sight.neighbours(np.array([one])).node == other).any())


def _worded(actor: Actor, sight: Sight, found: dict[Pair, int], heads: Heads) -> list[Suggestion]:
    """Leave out what was decided, and put words to the rest."""
    if not found:
        return []
    verdicts = _verdicts(found)
    open_pairs = {pair: thing for pair, thing in found.items() if verdicts.get(pair, "") in ("", "open", "unsure")}
    graph = sight.snapshot
    things = np.unique(np.fromiter(open_pairs.values(), np.int64, len(open_pairs)))
    words = read_words(actor, sight, things, {record for pair in open_pairs for record in pair[:2]}, heads)
    labels = dict(zip(things.tolist(), graph.key_of(things).tolist(), strict=True))
    records = words.heads
    return [
        Suggestion(
            records[first],
            records[second],
            kind,
            words.labels.get(labels[thing], ""),
            f"{labels[thing]:016x}",
            "unsure" if verdicts.get((first, second, kind)) == "unsure" else "",
        )
        for (first, second, kind), thing in open_pairs.items()
        if first in records and second in records
    ]


def _verdicts(found: Iterable[Pair]) -> dict[Pair, str]:
    firsts = sorted({first for first, _, _ in found})
    verdicts: dict[Pair, str] = {}
    for start in range(0, len(firsts), CHUNK):
        rows = Link.objects.filter(first_id__in=firsts[start : start + CHUNK]).exclude(kind="")
        for first, second, kind, state in rows.values_list("first_id", "second_id", "kind", "state"):
            verdicts[first, second, kind] = state
    return verdicts
