"""Compile a request and the lock of its actor into queries of the index."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from tantivy import Occur, Query

from opencen.kernel.actor import Actor
from opencen.records.lock import LockTerms
from opencen.records.review import REVIEWABLE
from opencen.records.search.asking import between, number_between
from opencen.records.search.columns import Column, find_column
from opencen.records.search.request import SearchRequest
from opencen.records.search.schema import NO_COMPARTMENT, SCHEMA
from opencen.records.search.words import text_query


@dataclass(frozen=True, slots=True)
class Compiled:
    """A request as queries: what always holds, and each facet's filter, which its own counts leave out."""

    always: Query
    filters: Mapping[str, Query]
    asked: Hashable = None
    chosen: Mapping[str, Hashable] = field(default_factory=dict)

    def known(self, without: str = "") -> Hashable:
        """Return by what the same question is known again: the lock's terms and what is chosen; None with words."""
        if self.asked is None:
            return None
        return self.asked, frozenset((name, terms) for name, terms in self.chosen.items() if name != without)

    def only(self, ids: Sequence[UUID], without: str = "") -> Query:
        """Join everything, but one facet's filter, for some records alone."""
        wanted = Query.term_set_query(SCHEMA, "id", [record_id.hex for record_id in ids])
        return Query.boolean_query([(Occur.Must, self.query((), without)), (Occur.Must, wanted)])

    def among(self, ids: Sequence[UUID]) -> Compiled:
        """Ask for records that were found by this request, without looking up again what found them."""
        return Compiled(Query.term_set_query(SCHEMA, "id", [record_id.hex for record_id in ids]), {})

    def query(self, excluded: Sequence[UUID] = (), without: str = "") -> Query:
        """Join everything, but one facet's filter, and leave records out that are read elsewhere."""
        parts = [(Occur.Must, self.always)]
        parts.extend((Occur.Must, weightless(found)) for name, found in self.filters.items() if name != without)
        if excluded:
            ids = [record_id.hex for record_id in excluded]
            parts.append((Occur.MustNot, Query.term_set_query(SCHEMA, "id", ids)))
        return Query.boolean_query(parts)


def compile_request(
    actor: Actor,
    terms: LockTerms,
    request: SearchRequest,
    *,
    reads_nominal: bool,
    is_forgiving: bool,
    among: Sequence[UUID] | None = None,
) -> Compiled:
    """Compile the lock first, then what was typed, chosen and limited; births are asked of some records, or of all."""
    kinds = kinds_of(terms, request)
    parts = [(Occur.Must, weightless(found)) for found in (*_lock(terms, kinds), *_limits(actor, request))]
    for path, (lowest, highest) in request.numbers.items():
        column = find_column(kinds, path, reads_nominal=reads_nominal)
        parts.append((Occur.Must, weightless(number_between(column, lowest, highest))))
    if request.text.strip():
        parts.extend(
            text_query(request.text, kinds, reads_nominal=reads_nominal, is_forgiving=is_forgiving, among=among)
        )
    filters: dict[str, Query] = {}
    chosen: dict[str, Hashable] = {}
    for name, values in request.filters.items():
        if values:
            column = find_column(kinds, name, reads_nominal=reads_nominal)
            filters[name] = any_value(column, values)
            chosen[name] = (column.field, frozenset(column.to_term(value) if value else "" for value in values))
    return Compiled(Query.boolean_query(parts), filters, _known_again(actor, terms, kinds, request), chosen)


def _known_again(actor: Actor, terms: LockTerms, kinds: Sequence[str], request: SearchRequest) -> Hashable:
    """Return what decides a request besides its filters; nothing where words or numbers are asked for."""
    if request.text.strip() or request.numbers:
        return None
    days = (request.occurred_from, request.occurred_to)
    own = actor.id if request.mine else None
    return terms, tuple(kinds), days, request.quality_below, own, request.has_photos, request.waiting


def kinds_of(terms: LockTerms, request: SearchRequest) -> list[str]:
    """Return the databases that are asked for and may be read."""
    return [name for name in sorted(terms.types) if request.type in ("", name)]


def weightless(query: Query) -> Query:
    """Let a query decide what is found without a say in how well it fits."""
    return Query.const_score_query(query, 0.0)


def any_value(column: Column, values: Iterable[str]) -> Query:
    """Ask for any of a facet's values; the empty value asks for what does not state it."""
    wanted = list(values)
    choices = []
    if stated := [column.to_term(value) for value in wanted if value]:
        choices.append((Occur.Should, Query.term_set_query(SCHEMA, column.field, stated)))
    if "" in wanted:
        nothing = [(Occur.Must, Query.all_query()), (Occur.MustNot, Query.exists_query(column.field))]
        choices.append((Occur.Should, Query.boolean_query(nothing)))
    return Query.boolean_query(choices)


def _lock(terms: LockTerms, kinds: Sequence[str]) -> Iterable[Query]:
    yield Query.term_set_query(SCHEMA, "type", kinds)
    if terms.offices is not None:
        yield Query.term_set_query(SCHEMA, "office", [office.hex for office in terms.offices])
    if terms.clearance < 0:
        yield Query.empty_query()
    else:
        yield between("sensitivity", None, terms.clearance)
    groups = [NO_COMPARTMENT, *(group.hex for group in terms.compartments)]
    yield Query.term_set_query(SCHEMA, "compartment", groups)


def _limits(actor: Actor, request: SearchRequest) -> Iterable[Query]:
    first, last = request.occurred_from, request.occurred_to
    if first or last:
        yield between("occurred", first.toordinal() if first else 1, last.toordinal() if last else None)
    if request.quality_below is not None:
        is_possible = request.quality_below > 0
        yield between("quality", None, request.quality_below - 1) if is_possible else Query.empty_query()
    if request.mine:
        yield Query.term_query(SCHEMA, "author", actor.id.hex)
    if request.has_photos:
        yield between("photos", 1, None)
    if request.waiting:
        yield Query.term_set_query(SCHEMA, "values.head/state", list(REVIEWABLE))
