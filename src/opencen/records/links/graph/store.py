"""The graph as a derived store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

import numpy as np

from opencen.log.reader import entry_at
from opencen.records.derived import Current, Derived, changed_since, load_current
from opencen.records.jobs import add_store
from opencen.records.links.graph import files
from opencen.records.links.graph.adjacency import make_adjacency, to_sheet
from opencen.records.links.graph.sheets import (
    EDGE_COLUMNS,
    EMPTY_SHEET,
    NODE_COLUMNS,
    Numbers,
    Sheet,
    Tables,
    join_sheets,
    make_sheet,
)
from opencen.records.links.statements import record_key
from opencen.records.models import Record
from opencen.records.types import domain_names

MOST_LATE = 20_000
CHUNK = 2000


class Graph(Derived):
    """Who and what is connected: records, persons and companies in them, and the things that they share."""

    name = "graph"

    def cursor(self) -> int:
        """Return the place in the log that the manifest in force names."""
        return current_manifest().cursor

    def apply(self, changed: Sequence[Current], gone: Sequence[UUID], cursor: int) -> None:
        """Write what changed beside the neighbour lists; fold it in once it is much."""
        with files.writing():
            manifest = current_manifest()
            tables = manifest.tables()
            later = _late(manifest, make_sheet(changed, tables), gone)
            keys = _gone(manifest, later, gone)
            if not manifest.base or len(later.records) > MOST_LATE:
                _write_whole(_whole(manifest, later, keys), tables, cursor)
                return
            delta = files.write_delta(later)
            files.write_manifest(_moved(replace(manifest, delta=delta, gone=keys), tables, cursor))

    def rebuild(self, everything: Iterable[Sequence[Current]], cursor: int) -> None:
        """Write neighbour lists of all records anew and swap them."""
        with files.writing():
            tables = Tables()
            sheets = [make_sheet(chunk, tables) for chunk in everything]
            _write_whole(stack_sheets(sheets), tables, cursor)

    def verify(self) -> list[str]:
        """Make the sheet of every record anew and compare it with what is held, up to the cursor."""
        manifest = current_manifest()
        tables = manifest.tables()
        held = _whole(manifest, files.open_delta(manifest), manifest.gone)
        skipped = {record_key(key) for key in changed_since(self)}
        rows = _rows(held, tables)
        problems = []
        for current in _everything():
            key = record_key(current.record.id)
            found = rows.pop(key, None)
            if key in skipped:
                continue
            name = current.record.reference or str(current.record.id)
            if found is None:
                problems.append(f"{name} is not in the graph")
            elif found != _rows(make_sheet([current], tables), tables)[key]:
                problems.append(f"{name} stands in the graph as it was before")
        strangers = set(rows) - skipped - {record_key(key) for key in _switched_off()}
        problems.extend("a record is in the graph but not in the records" for _ in strangers)
        return problems

    def erase(self, record_ids: Sequence[UUID]) -> None:
        """Write the neighbour lists anew: no column keeps what the records stated before."""
        with files.writing():
            manifest = current_manifest()
            if not manifest.base:
                return
            tables = manifest.tables()
            current = load_current(record_ids)
            missing = set(record_ids) - {found.record.id for found in current}
            later = _late(manifest, make_sheet(current, tables), sorted(missing))
            _write_whole(_whole(manifest, later, _gone(manifest, later, sorted(missing))), tables, manifest.cursor)


def current_manifest() -> files.Manifest:
    """Return the manifest, or the empty one where the store is of another log, as after a backup was restored."""
    manifest = files.read_manifest()
    entry = entry_at(manifest.cursor) if manifest.base else None
    return manifest if entry is not None and entry.hex == manifest.entry else files.EMPTY


def stack_sheets(sheets: Sequence[Sheet]) -> Sheet:
    """Put sheets of different records together."""
    if not sheets:
        return EMPTY_SHEET
    nodes = {name: np.concatenate([getattr(sheet, name) for sheet in sheets]) for name in NODE_COLUMNS}
    edges = {name: np.concatenate([getattr(sheet, name) for sheet in sheets]) for name in EDGE_COLUMNS}
    _, once = np.unique(nodes["key"], return_index=True)
    return Sheet(**{name: values[once] for name, values in nodes.items()}, **edges)


def _late(manifest: files.Manifest, sheet: Sheet, gone: Sequence[UUID]) -> Sheet:
    keys = np.array([record_key(key) for key in gone], dtype=np.int64)
    return join_sheets(files.open_delta(manifest), sheet, keys)


def _gone(manifest: files.Manifest, later: Sheet, gone: Sequence[UUID]) -> tuple[int, ...]:
    keys = {*manifest.gone, *(record_key(key) for key in gone)}
    return tuple(sorted(keys - set(later.records.tolist())))


def _whole(manifest: files.Manifest, later: Sheet, gone: Sequence[int]) -> Sheet:
    return join_sheets(to_sheet(files.open_base(manifest)), later, np.array(gone, dtype=np.int64))


def _write_whole(sheet: Sheet, tables: Tables, cursor: int) -> None:
    base = files.write_base(make_adjacency(sheet))
    files.write_manifest(_moved(files.Manifest(base), tables, cursor))


def _moved(manifest: files.Manifest, tables: Tables, cursor: int) -> files.Manifest:
    entry = entry_at(cursor)
    return replace(
        manifest,
        cursor=cursor,
        entry=entry.hex if entry else "",
        kinds=tuple(tables.kinds),
        locks=tuple(tables.locks),
        roles=tuple(tables.roles),
    )


def _everything() -> Iterable[Current]:
    ids: list[UUID] = []
    for key in Record.objects.filter(type__in=domain_names()).order_by("pk").values_list("pk", flat=True).iterator():
        ids.append(key)
        if len(ids) == CHUNK:
            yield from load_current(ids)
            ids.clear()
    yield from load_current(ids)


def _switched_off() -> Iterable[UUID]:
    return Record.objects.exclude(type__in=domain_names()).values_list("pk", flat=True).iterator(chunk_size=CHUNK)


def _rows(sheet: Sheet, tables: Tables) -> dict[int, frozenset[tuple[int | str, ...]]]:
    """Return what each record states, as sets to compare."""
    rows: dict[int, set[tuple[int | str, ...]]] = {}
    nodes: list[Numbers] = [sheet.key, sheet.kind, sheet.lock, sheet.day, sheet.owner]
    for key, kind, lock, day, owner in zip(*(column.tolist() for column in nodes), strict=True):
        if owner:
            rows.setdefault(owner, set()).add((key, kind, lock, day))
    edges: list[Numbers] = [sheet.source, sheet.target, sheet.role, sheet.stated_by]
    for source, target, role, owner in zip(*(column.tolist() for column in edges), strict=True):
        rows.setdefault(owner, set()).add((source, target, tables.roles[role]))
    return {owner: frozenset(found) for owner, found in rows.items()}


GRAPH = Graph()
add_store(GRAPH)
