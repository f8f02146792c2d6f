"""Charts as an actor sees them: nodes with their words and counts, edges, suggested links, paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import numpy as np

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, NotFound
from opencen.records.links.graph.sheets import EPOCH, NO_DAY, Numbers
from opencen.records.links.graph.snapshot import open_snapshot
from opencen.records.links.graph.suggesting import Suggestion, find_suggestions
from opencen.records.links.graph.walking import Sight, find_paths
from opencen.records.links.graph.words import Words, read_words
from opencen.records.links.heads import Heads, read_heads
from opencen.records.links.statements import record_key
from opencen.records.lock import visible_to
from opencen.records.models import Record

MOST_NODES = 5000
MOST_EXPANDED = 200
MOST_PATHS = 10


@dataclass(frozen=True, slots=True)
class NodeView:
    """One node: a record, a person or company in one, or a thing. `id` is the same for every reader."""

    id: str
    kind: str
    label: str
    record: Record | None
    standing: str
    day: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class EdgeView:
    """A connection of two nodes by a role."""

    source: str
    target: str
    role: str
    day: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """What a chart shows."""

    nodes: list[NodeView]
    edges: list[EdgeView]
    suggestions: list[Suggestion]
    is_behind: bool


def open_sight(actor: Actor) -> Sight:
    """Open the graph for an actor."""
    return Sight(open_snapshot(), actor)


def start_chart(actor: Actor, record_id: UUID, *, depth: int = 4, limit: int = 60) -> ChartView:
    """Return a record with what stands around it."""
    sight = open_sight(actor)
    nodes = sight.around(_node_of_record(actor, sight, record_id), depth, min(limit, MOST_NODES))
    return _view(actor, sight, nodes)


def show_chart(actor: Actor, ids: Sequence[str], *, expand: str = "", kind: str = "") -> ChartView:
    """Return the nodes of a chart that exist for an actor, with the neighbours of one of them where asked."""
    if len(ids) > MOST_NODES:
        raise Invalid("chart.too_many_nodes", path="nodes", limit=MOST_NODES)
    sight = open_sight(actor)
    nodes = seen_nodes(sight, ids)
    if expand:
        fresh = _expanded(sight, expand, kind, nodes)
        nodes = np.concatenate([nodes, fresh])[:MOST_NODES]
    return _view(actor, sight, nodes)


def show_paths(actor: Actor, first: str, second: str) -> list[list[str]]:
    """Return ways between two nodes, the shortest first; each as ids of nodes."""
    sight = open_sight(actor)
    ends = seen_nodes(sight, [first, second], is_exact=True)
    if ends[0] == ends[1]:
        raise Invalid("chart.same_ends", path="to")
    paths = [np.array(path, np.int64) for path in find_paths(sight, int(ends[0]), int(ends[1]), MOST_PATHS)]
    return [_ids_of(sight, path) for path in paths if _are_seen_now(actor, sight, path)]


def _are_seen_now(actor: Actor, sight: Sight, path: Numbers) -> bool:
    """Ask the database once more whether every record on a path is seen."""
    graph = sight.snapshot
    wanted = set(graph.records_of(path[graph.attribute("owner", path) != 0]))
    return wanted == read_heads(actor, wanted).keys()


def suggested_links(
    actor: Actor, record_id: UUID, *, was_read: bool = False, heads: Heads | None = None
) -> list[Suggestion]:
    """Return the suggested links of one record, which the lock is asked for unless it was just read through it."""
    sight = open_sight(actor)
    return find_suggestions(actor, sight, _node_of_record(actor, sight, record_id, was_read=was_read), heads=heads)


def seen_ids(actor: Actor, ids: Sequence[str]) -> set[str]:
    """Return which ids of nodes exist for an actor."""
    sight = open_sight(actor)
    return set(_ids_of(sight, seen_nodes(sight, ids)))


def seen_nodes(sight: Sight, ids: Sequence[str], *, is_exact: bool = False) -> Numbers:
    """Return the nodes behind ids that exist for the actor, each once; all of them must where it is exact."""
    graph = sight.snapshot
    keys = np.array([_key_of(text) for text in ids], dtype=np.int64)
    nodes = graph.numbers_of(keys)
    known = nodes >= 0
    seen = np.zeros(len(nodes), np.bool_)
    seen[known] = sight.sees(nodes[known])
    things = np.flatnonzero(seen)[graph.attribute("owner", nodes[seen]) == 0] if seen.any() else np.empty(0, np.int64)
    if len(things):
        stated = np.unique(sight.neighbours(nodes[things]).place)
        seen[np.setdiff1d(things, things[stated])] = False
    if is_exact and not seen.all():
        raise NotFound("chart.node_unknown")
    found = nodes[seen]
    if is_exact:
        return found
    _, first = np.unique(found, return_index=True)
    ordered: Numbers = found[np.sort(first)]
    return ordered


def _node_of_record(actor: Actor, sight: Sight, record_id: UUID, *, was_read: bool = False) -> Numbers:
    """Return the node of a record; the lock is asked in the database as well."""
    nodes = sight.snapshot.numbers_of(np.array([record_key(record_id)], np.int64))
    is_there = nodes[0] >= 0 and (was_read or visible_to(actor).filter(pk=record_id).exists())
    if not is_there or not sight.sees(nodes)[0]:
        raise NotFound("record.not_found")
    return nodes


def _expanded(sight: Sight, expand: str, kind: str, shown: Numbers) -> Numbers:
    """Return the neighbours of a node that are not shown yet, of one kind or all."""
    start = seen_nodes(sight, [expand], is_exact=True)
    found = np.unique(sight.neighbours(start).node)
    fresh = found[~np.isin(found, shown)]
    if kind:
        kinds = [number for number, name in enumerate(sight.snapshot.tables.kinds) if group_of(name) == kind]
        fresh = fresh[np.isin(sight.snapshot.attribute("kind", fresh), kinds)]
    fresh = fresh[:MOST_EXPANDED]
    return fresh if np.isin(start, shown).all() else np.concatenate([start, fresh])


_GROUPS = {
    "record:suspect": "people",
    "inline:person": "people",
    "record:company": "companies",
    "inline:company": "companies",
    "thing:party": "companies",
    "record:conveyance": "conveyances",
    "thing:vessel": "conveyances",
    "thing:plate": "conveyances",
    "thing:vehicle": "conveyances",
    "thing:wagon": "conveyances",
    "thing:flight": "conveyances",
    "record:case": "cases",
    "thing:container": "cargo",
    "thing:bill": "cargo",
    "thing:parcel": "cargo",
    "thing:address": "places",
    "record:investigation": "investigations",
}


def group_of(kind: str) -> str:
    """Return the group under which a kind is counted and expanded."""
    if found := _GROUPS.get(kind):
        return found
    return "numbers" if kind.startswith("thing:") else "others"


def _view(actor: Actor, sight: Sight, nodes: Numbers) -> ChartView:
    words = read_words(actor, sight, nodes)
    views = _node_views(sight, nodes, words)
    shown = [number for number, view in enumerate(views) if view is not None]
    kept = nodes[shown]
    ids = [view.id for view in views if view is not None]
    return ChartView(
        nodes=[view for view in views if view is not None],
        edges=_edge_views(sight, kept, ids),
        suggestions=find_suggestions(actor, sight, kept, within=True),
        is_behind=sight.snapshot.is_behind,
    )


def _node_views(sight: Sight, nodes: Numbers, words: Words) -> list[NodeView | None]:
    graph = sight.snapshot
    days = graph.attribute("day", nodes).tolist()
    counts = sight.count_by_kind(nodes)
    rows = zip(_ids_of(sight, nodes), graph.kinds_of(nodes), graph.key_of(nodes).tolist(), days, counts, strict=True)
    views: list[NodeView | None] = []
    for place, (text, kind, key, day, count) in enumerate(rows):
        head = None if kind.startswith("thing:") else words.heads.get(graph.record_of(int(nodes[place])))
        inline = words.inlines.get(key)
        label = inline.label if inline else words.labels.get(key, "")
        if (head is None and not label) or kind == "missing":
            views.append(None)
            continue
        standing = inline.standing if inline else ""
        views.append(NodeView(text, kind, label, head, standing, _day(day), _grouped(count)))
    return views


def _grouped(counts: dict[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, count in counts.items():
        found[group_of(kind)] = found.get(group_of(kind), 0) + count
    return found


def _edge_views(sight: Sight, nodes: Numbers, ids: Sequence[str]) -> list[EdgeView]:
    """Return the edges among nodes, each once, from the end that states it."""
    if not len(nodes):
        return []
    graph = sight.snapshot
    found = sight.neighbours(nodes)
    order = np.argsort(nodes)
    rows = np.minimum(np.searchsorted(nodes[order], found.node), len(nodes) - 1)
    inside = found.out & (nodes[order][rows] == found.node)
    sources, targets = found.place[inside], order[rows[inside]]
    roles = found.role[inside]
    days = np.maximum(graph.attribute("day", nodes[sources]), graph.attribute("day", nodes[targets]))
    named = graph.tables.roles
    columns = (sources.tolist(), targets.tolist(), roles.tolist(), days.tolist())
    return [EdgeView(ids[s], ids[t], named[r], _day(d)) for s, t, r, d in zip(*columns, strict=True)]


def _ids_of(sight: Sight, nodes: Numbers) -> list[str]:
    """Return the ids of nodes: a record by its own, everything else by its key, which tells nothing."""
    graph = sight.snapshot
    keys, owners = graph.key_of(nodes), graph.attribute("owner", nodes)
    records = graph.records_of(nodes)
    return [
        str(record) if key == owner else f"{key:016x}"
        for key, owner, record in zip(keys.tolist(), owners.tolist(), records, strict=True)
    ]


def _key_of(text: str) -> int:
    """Return the key behind an id; -1, which no node has, for what is none."""
    try:
        if len(text) == 16:
            return int(text, 16) & (2**63 - 1)
        return record_key(UUID(text))
    except ValueError:
        return -1


def _day(day: int) -> str:
    return "" if day <= NO_DAY else (EPOCH + timedelta(days=day)).isoformat()


def ids_of_records(views: Iterable[NodeView]) -> list[UUID]:
    """Return the records that stand in a chart as nodes of their own."""
    return [view.record.id for view in views if view.record is not None and view.kind.startswith("record:")]
