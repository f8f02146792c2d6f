"""Answer lists: find, count and order records under the lock, exactly, whatever was written a moment ago."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from tantivy import DocAddress, Order, Query

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, TooLarge
from opencen.records.lock import lock_terms, visible_to
from opencen.records.models import Record
from opencen.records.search.births import NARROW
from opencen.records.search.columns import find_column
from opencen.records.search.compile import Compiled, compile_request, kinds_of
from opencen.records.search.counting import count_facets
from opencen.records.search.request import SearchRequest, SearchResult
from opencen.records.search.view import READER, Slice, View
from opencen.records.search.words import is_forgivable, without_births

DEEPEST = 10_000
LARGEST_PAGE = 500
FEW = 300
"""So many records that words found are counted by themselves: the words need not be looked up again."""
ORDERS: dict[str, tuple[str | None, Order]] = {
    "newest": ("by_occurred", Order.Desc),
    "oldest": ("by_occurred", Order.Asc),
    "changed": ("by_changed", Order.Desc),
    "quality": ("by_quality", Order.Asc),
    "unchanged": ("by_changed", Order.Asc),
    "complete": ("by_quality", Order.Desc),
    "reference": ("reference", Order.Asc),
    "reference_last": ("reference", Order.Desc),
    "relevance": (None, Order.Desc),
}


def reads_nominal(actor: Actor) -> bool:
    """Tell whether nominal fields may be searched: reading a case includes them, within the lock."""
    return True


def search(actor: Actor, request: SearchRequest) -> SearchResult:
    """Answer a list for an actor; forgive misspellings where nothing is spelt as typed."""
    started = time.perf_counter()
    if request.sort not in ORDERS:
        raise Invalid("search.unknown_sort", path="sort", value=request.sort)
    if not 0 <= request.offset <= DEEPEST or not 0 <= request.limit <= LARGEST_PAGE:
        raise Invalid("search.too_deep", path="offset", limit=DEEPEST)
    as_of, may = now(), reads_nominal(actor)
    kinds = kinds_of(lock_terms(actor), request)
    if not kinds:
        return SearchResult([], [], 0, {}, 0.0, as_of)
    view = READER.view()
    compiled = _compile(actor, view, request, is_forgiving=False)
    found = _find(view, compiled, request)
    is_forgiven = False
    if found.total == 0 and request.text.strip() and is_forgivable(request.text, kinds):
        compiled = _compile(actor, view, request, is_forgiving=True)
        found = _find(view, compiled, request)
        is_forgiven = found.total > 0
    rows = _load(actor, found.page)
    columns = [find_column(kinds, name, reads_nominal=may) for name in request.facets]
    facets = count_facets(view, compiled, columns, found.few)
    took = (time.perf_counter() - started) * 1000
    ids = [row.id for row in rows]
    return SearchResult(ids, rows, found.total, facets, took, as_of, is_forgiven, view.is_behind)


def find_in(actor: Actor, request: SearchRequest, view: View) -> list[UUID]:
    """Return what of a view fits a request as typed, in its order, under the lock."""
    if not kinds_of(lock_terms(actor), request):
        return []
    return _find(view, _compile(actor, view, request, is_forgiving=False), request).page


def find_all(actor: Actor, request: SearchRequest, *, most: int) -> list[UUID]:
    """Return every record that a list holds, in its order; more than `most` are refused, not cut."""
    kinds = kinds_of(lock_terms(actor), request)
    if not kinds:
        return []
    view = READER.view()
    for is_forgiving in (False, True):
        compiled = _compile(actor, view, request, is_forgiving=is_forgiving)
        total = _find(view, compiled, replace(request, offset=0, limit=1)).total
        if total or not request.text.strip() or not is_forgivable(request.text, kinds):
            break
    if total > most:
        raise TooLarge("search.too_many", path="text", limit=most)
    return _find(view, compiled, replace(request, offset=0, limit=max(1, total))).page


def _compile(actor: Actor, view: View, request: SearchRequest, *, is_forgiving: bool) -> Compiled:
    """Compile a request; where it says when somebody was born, look first whom everything else leaves."""
    terms, may = lock_terms(actor), reads_nominal(actor)
    among = None
    rest = without_births(request.text, kinds_of(terms, request))
    if rest.strip() and rest != request.text:
        others = replace(request, text=rest, filters={}, offset=0, limit=NARROW)
        compiled = compile_request(actor, terms, others, reads_nominal=may, is_forgiving=is_forgiving)
        found = _find(view, compiled, others)
        if found.total == 0:
            return Compiled(Query.empty_query(), {})
        among = found.page if found.total <= NARROW else None
    return compile_request(actor, terms, request, reads_nominal=may, is_forgiving=is_forgiving, among=among)


@dataclass(frozen=True, slots=True)
class _Found:
    """How many records fit, those of the page, and all of them where words left only a few."""

    total: int
    page: list[UUID]
    few: list[UUID] | None


def _find(view: View, compiled: Compiled, request: SearchRequest) -> _Found:
    """Count every slice, take its best and keep the page of their union."""
    depth = request.offset + request.limit
    may_be_few = bool(request.text.strip())
    wanted = max(1, depth, FEW if may_be_few else 0)
    field, order = ORDERS[request.sort]

    def ask(part: Slice) -> Any:
        return part.searcher.search(compiled.query(part.excluded), wanted, order_by_field=field, order=order)

    total = 0
    best: list[tuple[Any, int, DocAddress]] = []
    for place, found in enumerate(view.each(ask)):
        total += found.count
        best.extend((key, place, address) for key, address in found.hits)
    best.sort(key=lambda hit: hit[0], reverse=order == Order.Desc)
    if may_be_few and total <= FEW:
        few = _ids(view, best)
        return _Found(total, few[request.offset : depth], few)
    return _Found(total, _ids(view, best[request.offset : depth]), None)


def _ids(view: View, hits: Sequence[tuple[Any, int, DocAddress]]) -> list[UUID]:
    return [UUID(hex=view.slices[place].searcher.doc(address)["id"][0]) for _, place, address in hits]


def _load(actor: Actor, ids: Sequence[UUID]) -> list[Record]:
    rows = {row.id: row for row in visible_to(actor).filter(pk__in=ids)} if ids else {}
    return [rows[record_id] for record_id in ids if record_id in rows]


__all__ = ["count_facets", "find_all", "find_in", "reads_nominal", "search"]
