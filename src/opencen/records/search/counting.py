"""Count the values of facets, part by part. What a part was once asked is remembered until it is written anew.

A list that all readers of an office open again and again is counted once; records that changed since are taken off
the remembered counts and counted where they are read live, so that the sum is exact at every moment.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from threading import Lock
from uuid import UUID

from opencen.kernel.errors import Invalid
from opencen.records.search.columns import Column
from opencen.records.search.compile import Compiled
from opencen.records.search.request import FacetCount
from opencen.records.search.view import Slice, View

MOST_VALUES = 20_000
MOST_REMEMBERED = 128
Counts = Mapping[str, Mapping[str, int]]
Wanted = dict[str, dict[str, dict[str, str | int]]]


class Remembered:
    """Counts by part and question; the least asked for leave first. It holds numbers, no word of a record."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[Hashable, Counts] = OrderedDict()

    def get(self, key: Hashable) -> Counts | None:
        """Return what is remembered."""
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
            return found

    def put(self, key: Hashable, counts: Counts) -> None:
        """Remember counts."""
        with self._lock:
            self._known[key] = counts
            while len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._known.clear()


REMEMBERED = Remembered()


def count_facets(
    view: View, compiled: Compiled, columns: Sequence[Column], few: Sequence[UUID] | None = None
) -> dict[str, list[FacetCount]]:
    """Count the values of each facet; a facet that is filtered counts as if it were not, to show its other values.

    `few`: all records that were found, where they are few; what no filter widens is counted in them alone.
    """
    counts: dict[str, dict[str, int]] = {column.facet.name: {} for column in columns}
    for without, group in _groups(compiled, columns):
        wanted = {column.facet.name: _terms(column) for column in group}
        asked = compiled if few is None or without else compiled.among(few)
        for answers in view.each(partial(_count_part, asked, without, wanted)):
            for found, sign in answers:
                _add(counts, found, sign)
    by_name = {column.facet.name: column for column in columns}
    return {name: _ordered(by_name[name], found) for name, found in counts.items()}


def _count_part(compiled: Compiled, without: str, wanted: Wanted, part: Slice) -> list[tuple[Counts, int]]:
    """Count one part: what to add, and what to take off again."""
    asked = compiled.known(without) if part.key else None
    if asked is None:
        return [(_ask(part, compiled, without, wanted), 1)]
    key = (part.key, asked, tuple(sorted((name, str(terms)) for name, terms in wanted.items())))
    found = REMEMBERED.get(key)
    if found is None:
        found = _read(part.searcher.aggregate(compiled.query((), without), wanted))
        REMEMBERED.put(key, found)
    if not part.excluded:
        return [(found, 1)]
    return [(found, 1), (_read(part.searcher.aggregate(compiled.only(part.excluded, without), wanted)), -1)]


def _ask(part: Slice, compiled: Compiled, without: str, wanted: Wanted) -> Counts:
    return _read(part.searcher.aggregate(compiled.query(part.excluded, without), wanted))


def _read(answer: dict[str, dict[str, list[dict[str, int | str]]]]) -> Counts:
    return {
        name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in found["buckets"]}
        for name, found in answer.items()
    }


def _add(counts: dict[str, dict[str, int]], found: Counts, sign: int) -> None:
    for name, values in found.items():
        held = counts[name]
        for value, count in values.items():
            held[value] = held.get(value, 0) + sign * count


def _groups(compiled: Compiled, columns: Sequence[Column]) -> list[tuple[str, list[Column]]]:
    for column in columns:
        if not column.is_counted:
            raise Invalid("search.not_counted", path="facets", name=column.facet.name)
    free = [column for column in columns if column.facet.name not in compiled.filters]
    alone = [(column.facet.name, [column]) for column in columns if column.facet.name in compiled.filters]
    return [*([("", free)] if free else []), *alone]


def _terms(column: Column) -> dict[str, dict[str, str | int]]:
    return {"terms": {"field": column.field, "size": MOST_VALUES, "segment_size": MOST_VALUES, "missing": ""}}


def _ordered(column: Column, found: dict[str, int]) -> list[FacetCount]:
    """Order by frequency; what is not stated stands last."""
    pairs = [(column.to_value(term), count) for term, count in found.items() if count]
    return sorted(pairs, key=lambda pair: (pair[0] == "", -pair[1], pair[0]))
