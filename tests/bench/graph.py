"""Neighbourhoods and paths under the lock: a record with 1,000 links, and a generated graph of 1M nodes and 5M edges.

The floor is the same walk over the same neighbour lists in plain numpy: no lock, no words, no database.
"""

from __future__ import annotations

import time
from uuid import UUID

import numpy as np

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.log.inserting import insert_rows
from opencen.log.reader import entry_at, newest_sequence
from opencen.records.derived import rebuild
from opencen.records.links.graph import files
from opencen.records.links.graph.adjacency import Adjacency, make_adjacency
from opencen.records.links.graph.queries import open_sight, show_paths, start_chart
from opencen.records.links.graph.sheets import EDGE_COLUMNS, NODE_COLUMNS, Numbers, Sheet, Tables, record_id
from opencen.records.links.graph.store import GRAPH
from opencen.records.links.graph.walking import Sight, find_paths
from opencen.records.links.models import Link
from opencen.records.links.statements import record_key
from opencen.records.models import Record
from opencen.records.types import domain_names
from tests.bench.framework import Context, Row, percentile
from tests.bench.world import COMPARTMENTS, World, load_world

NEAR_GOAL, PATH_GOAL = "p95 < 300 ms", "p95 < 50 ms"
LINKS = 1000
RECORD_SHARE = 0.6
OFFICES = 112


def spread(starts: Numbers, counts: Numbers) -> Numbers:
    """Return every row of some ranges."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts) + np.repeat(starts, counts)


def plain_neighbours(base: Adjacency, nodes: Numbers) -> Numbers:
    """Return all neighbours, each once."""
    return np.unique(base.target[spread(base.start[nodes], base.start[nodes + 1] - base.start[nodes])])


def plain_length(base: Adjacency, start: int, end: int) -> int:
    """Return how many steps two nodes are apart, searched from both ends; no ways are read."""
    seen = [np.zeros(base.count, np.bool_) for _ in range(2)]
    fronts = [np.array([start]), np.array([end])]
    seen[0][start] = seen[1][end] = True
    for length in range(1, 12):
        near = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        found = plain_neighbours(base, fronts[near])
        if seen[1 - near][found].any():
            return length
        found = found[~seen[near][found]]
        seen[near][found] = True
        fronts[near] = found
    return -1


def milliseconds(times: list[float]) -> tuple[float, str]:
    """Give the p95 and a note with the median."""
    return percentile(times, 0.95) * 1000, f"p50 {percentile(times, 0.5) * 1000:.1f} ms"


def measure_near(context: Context, world: World) -> list[Row]:
    """Link one case with a thousand others and ask what stands around it."""
    ids = list(Record.objects.order_by("pk").values_list("pk", flat=True)[: LINKS + 1])
    made = {"state": "accept", "role": "connected", "made_by": UUID(int=9), "made_at": now()}
    Link.objects.bulk_create([Link(first_id=ids[0], second_id=other, **made) for other in ids[1:]])
    Record.objects.filter(pk__in=ids).update(sensitivity=0, compartment_id=None)
    start = time.perf_counter()
    rebuild(GRAPH)
    built = time.perf_counter() - start
    base, actor = files.open_base(files.read_manifest()), world.national()
    node = np.searchsorted(base.key, [record_key(ids[0])])
    floor = context.median(lambda: plain_neighbours(base, plain_neighbours(base, node)), 20) * 1000
    near = start_chart(actor, ids[0], depth=2, limit=10_000)
    rows = [Row("graph: built from all records", "", built, "s", context.database, note=f"{base.count:,} nodes")]
    for name, limit in (("whole", 10_000), ("as a page shows it, 60 nodes", 60)):
        value, note = milliseconds(
            context.times(lambda: start_chart(actor, ids[0], depth=2, limit=limit), 20)  # noqa: B023 - run at once
        )
        told = f"{note}; {len(near.nodes):,} nodes, {len(near.edges):,} edges in all"
        rows.append(
            Row(
                f"two hops around a record with {LINKS:,} links, {name}",
                NEAR_GOAL,
                value,
                "ms",
                context.database,
                floor,
                told,
            )
        )
    return rows


def generate(nodes: int, edges: int) -> Sheet:
    """Draw a graph: records of many offices, and the things they state."""
    rng = np.random.default_rng(7)
    records = int(nodes * RECORD_SHARE)
    keys = np.unique(rng.integers(1, 2**62, nodes + nodes // 50))
    rng.shuffle(keys)
    keys = keys[:nodes]
    high, low = rng.integers(1, 2**62, records, np.uint64), rng.integers(1, 2**62, records, np.uint64)
    keys[:records] = [record_key(record_id(*pair)) for pair in zip(high.tolist(), low.tolist(), strict=True)]
    is_record = np.arange(nodes) < records
    pad = np.zeros(nodes - records, np.uint64)
    at = rng.integers(0, records, edges)
    columns = {
        "key": keys,
        "kind": np.where(is_record, 1, 2),
        "lock": np.where(is_record, 2 + rng.integers(0, OFFICES * 4, nodes), 1),
        "day": np.where(is_record, 18_000, -(10**6)),
        "owner": np.where(is_record, keys, 0),
        "high": np.concatenate([high, pad]),
        "low": np.concatenate([low, pad]),
        "source": keys[at],
        "target": keys[rng.integers(0, nodes, edges)],
        "role": np.zeros(edges),
        "stated_by": keys[at],
    }
    types = NODE_COLUMNS | EDGE_COLUMNS
    return Sheet(**{name: values.astype(types[name]) for name, values in columns.items()})


def make_tables(world: World) -> Tables:
    """Make the lock attributes that the drawn records have: every office, two levels, two compartments."""
    tables = Tables(kinds=["missing", "record:case", "thing:phone"], roles=["thing:phone"])
    offices = list(world.offices.values())[:OFFICES]
    for office in offices:
        for level, room in ((0, ""), (1, ""), (0, COMPARTMENTS[0].hex), (2, COMPARTMENTS[1].hex)):
            tables.locks.append(("case", office.hex, level, room))
    return tables


def measure_paths(context: Context, world: World) -> list[Row]:
    """Ask for ways between two records of a large graph, by readers of the country and of a district."""
    nodes, edges = (20_000, 100_000) if context.is_quick else (1_000_000, 5_000_000)
    tables = make_tables(world)
    start = time.perf_counter()
    base = make_adjacency(generate(nodes, edges))
    with files.writing():
        folder = files.write_base(base)
    built = time.perf_counter() - start
    cursor = newest_sequence()
    entry = entry_at(cursor)
    manifest = files.Manifest(
        base=folder, cursor=cursor, entry=entry.hex if entry else "",
        kinds=tuple(tables.kinds), locks=tuple(tables.locks), roles=tuple(tables.roles),
    )  # fmt: skip
    files.write_manifest(manifest)
    size = f"{nodes:,} nodes, {edges:,} edges"
    rows = [Row(f"graph: neighbour lists of {size} made and written", "", built, "s", context.database)]
    for scope, actor in (("country", world.national()), ("district", world.district())):
        rows.append(_ask_paths(context, actor, scope, size))
    return rows


def _ask_paths(context: Context, actor: Actor, scope: str, size: str) -> Row:
    """Search between random records that the reader sees; the floor searches between the same."""
    sight = open_sight(actor)
    base = sight.snapshot.base
    rng = np.random.default_rng(3)
    records = np.flatnonzero(base.kind == 1)
    seen = records[sight.sees(records)]
    pairs = [tuple(rng.choice(seen, 2, replace=False).tolist()) for _ in range(40)]
    floor = percentile([context.median(lambda: plain_length(base, *pair), 3) for pair in pairs], 0.5)  # noqa: B023
    insert_heads(sight, pairs)
    times = []
    found = 0
    for pair in pairs:
        ids = [str(sight.snapshot.record_of(node)) for node in pair]
        begin = time.perf_counter()
        ways = show_paths(actor, *ids)
        times.append(time.perf_counter() - begin)
        found += bool(ways)
    value, note = milliseconds(times)
    told = f"{note}; up to ten ways each, {found} of {len(pairs)} pairs connected, {len(seen):,} records seen"
    return Row(
        f"path between two records, {size}, reader of the {scope}",
        PATH_GOAL, value, "ms", context.database, floor * 1000, told,
    )  # fmt: skip


def insert_heads(sight: Sight, pairs: list[tuple[int, int]]) -> None:
    """Write the heads of the records that stand on the ways: the database is asked once more for each."""
    graph = sight.snapshot
    wanted = {node for one, other in pairs for way in find_paths(sight, one, other, 10) for node in way}
    nodes = np.array(sorted(wanted | {node for pair in pairs for node in pair}))
    nodes = nodes[graph.attribute("owner", nodes) != 0]
    at = now()
    known = set(Record.objects.values_list("pk", flat=True))
    rows = []
    for node, lock in zip(nodes.tolist(), graph.attribute("lock", nodes).tolist(), strict=True):
        _, office, level, room = graph.tables.locks[lock]
        key = graph.record_of(node)
        if key not in known:
            rows.append(
                Record(
                    id=key,
                    origin="local",
                    type="case",
                    state="submitted",
                    revision=1,
                    office_id=UUID(office),
                    sensitivity=level,
                    compartment_id=UUID(room) if room else None,
                    author_id=UUID(int=1),
                    created_at=at,
                    changed_at=at,
                )
            )
    insert_rows(rows)


def run(context: Context) -> list[Row]:
    """Measure the neighbourhood in a world of cases, then paths in a generated graph."""
    assert "case" in domain_names()
    world = load_world(1500 if context.is_quick else 8000)
    rows = measure_near(context, world)
    return rows + measure_paths(context, world)
