"""Reads the facts for one actor: the lock in every query, each event once, the selection applied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from opencen.analysis.facts.columns import FIRSTS
from opencen.analysis.facts.extraction import to_uuids
from opencen.analysis.facts.snapshot import Snapshot
from opencen.analysis.measures.base import (
    COUNTED_KINDS,
    LAID_COLUMNS,
    UNUSUAL,
    Scope,
    cases_table,
    compile_cases,
    compile_controls,
    compile_laid,
    compile_shown,
    compile_sql,
    compile_standing,
    controls_table,
    has_mark,
    has_standings,
    is_one_of,
    is_told_later,
    laid_scope,
    scope_of,
)
from opencen.analysis.measures.dimensions import Dimension, count_arrested, dimension, spread_rows
from opencen.analysis.measures.measures import MEASURES
from opencen.analysis.measures.selection import Selection
from opencen.analysis.measures.tables import Table, Value, ibis
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.kernel.later import load_later
from opencen.records.lock import LockTerms, lock_terms

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = load_later("pyarrow")

# What follows from an answer: lines of the same goods are of the same flow and section.
ABOVE = {"flow": ("section",), "commodity": ("flow", "section"), "concealment_place": ("concealment",)}
QUOTED = re.compile(r'"(\w+)"')
_MAX_COMPILED = 1000
_compiled: dict[Any, str] = {}
_tabulated: dict[Any, str] = {}


@dataclass(frozen=True, slots=True)
class Reader:
    """Give questions what one actor may see of the facts at one moment, within one selection.

    `cases` holds the rows that cases and seizures are counted from: every line of contraband, or one row of a case
    without; `controls` the completed checks. Both are expressions, and are the actor's own when they are fetched.
    """

    terms: LockTerms
    snapshot: Snapshot
    selection: Selection
    kinds: tuple[str, ...] = COUNTED_KINDS

    @classmethod
    def of(cls, actor: Actor, snapshot: Snapshot, selection: Selection) -> Reader:
        """Make the reader of an actor."""
        return cls(lock_terms(actor), snapshot, selection)

    def over(self, selection: Selection) -> Reader:
        """Return the same reader with another selection."""
        return replace(self, selection=selection)

    def of_kinds(self, *kinds: str) -> Reader:
        """Return the same reader over other kinds of cases."""
        return replace(self, kinds=kinds)

    @property
    def cases(self) -> Table:
        """Return the rows that cases and seizures are counted from."""
        return cases_table()

    @property
    def controls(self) -> Table:
        """Return the controls."""
        return controls_table()

    def tabulate(self, dimensions: Sequence[str], measures: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return measures by dimensions: the members, then the values; no dimension gives the one total."""
        key = (tuple(dimensions), tuple(measures), bool(self.snapshot.links))
        figure = _tabulated.get(key)
        if figure is None:
            base = self._base(measures)
            expression = self._tabulation(base, dimensions, measures, is_whole=base is self.cases)
            figure = _remember(_tabulated, key, compile_sql(expression))
        return self.snapshot.fetch(self._compose(figure))

    def tabulate_rows(self, table: Table, dimensions: Sequence[str], measures: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return measures by dimensions over rows that a question chose itself."""
        return self.fetch(self._tabulation(table, dimensions, measures, is_whole=False))

    def _tabulation(self, table: Table, dimensions: Sequence[str], measures: Sequence[str], *, is_whole: bool) -> Table:
        table = spread_rows(table, dimensions)
        keys = {f"by_{name}": dimension(name).values(table) for name in dimensions}
        values = {name: MEASURES.get(name).expression(table) for name in measures}
        found = [dimension(name) for name in dimensions]
        if "cases" in values and not any(one.spread for one in found):
            values["cases"] = self.count_cases(table, _one_each(table, found) if is_whole else None)
        if "arrested" in values:
            values["arrested"] = count_arrested(table, dimensions)
        return table.group_by(**keys).agg(**values) if keys else table.agg(**values)

    def total(self, measure: str) -> Any:
        """Return one measure over the whole selection."""
        return self.tabulate((), (measure,))[0][0] or 0

    def count_cases(self, table: Table, once: Value | None) -> Value:
        """Return the number of events as an expression, equal to that of distinct ones, which takes much longer.

        `once` is true of one row of each case in each group. Where none is known, what has one row only is one event,
        and only the others are told apart.
        """
        is_single = table.is_alone if once is None else once
        is_told = table.is_linked if once is not None else ~table.is_alone | table.is_linked
        if not self.snapshot.links:
            count = table.count(where=is_single)
            return count if once is not None else count + table.event_id.nunique(where=~table.is_alone)
        return table.count(where=is_single & ~table.is_linked) + table.event_id.nunique(where=is_told)

    def fetch(self, expression: Table, **held: Table) -> list[tuple[Any, ...]]:
        """Run an expression over this reader's rows, or over what was held of them under a name."""
        return self.snapshot.fetch(self._compose(_write(expression), **held))

    def fetch_received(self, expression: Table) -> list[tuple[Any, ...]]:
        """Run an expression over the first receipt by office, month and year, added up once a moment."""
        table = self.cases
        first = table.filter(table.is_first)
        summed = first.group_by("office_id", "month", "year").agg(received=first.reported_at.min())
        name = self.snapshot.lay_sums(self._compose(_write(summed)))
        return self.snapshot.fetch(f"WITH received AS (SELECT * FROM {name}) SELECT * FROM ({_write(expression)})")  # noqa: S608 - own names

    def _compose(self, figure: str, **held: Table) -> str:
        """Write the query of a figure over the rows that it names."""
        scope = scope_of(self.terms, self.selection, self.kinds)
        bases = []
        for name, rows in held.items():
            bases.append(f"{name} AS NOT MATERIALIZED ({self._with_events(self._held(rows, scope))})")
        if '"cases"' in figure:
            bases.append(f"cases AS NOT MATERIALIZED ({self._with_events(self._rows_of(figure, scope))})")
        if '"controls_counted"' in figure:
            bases.append(f"controls_counted AS NOT MATERIALIZED ({compile_controls(scope)})")
        return f"WITH {', '.join(bases)} SELECT * FROM ({figure})"  # noqa: S608 - compiled

    def _held(self, rows: Table, scope: Scope) -> str:
        """Lay out rows that stand for themselves, each of one record, for all that ask for them later."""
        held = f"WITH cases AS NOT MATERIALIZED ({compile_cases(scope)}) SELECT * FROM ({_write(rows)})"  # noqa: S608 - compiled
        if len(self.selection.months()) == 1 or not self.snapshot.can_hold:
            return held
        return f"SELECT * FROM {self.snapshot.hold_rows(held, rows.columns)}"  # noqa: S608 - own names

    def _rows_of(self, figure: str, scope: Scope) -> str:
        """Let all figures share laid rows, as far as they ask for the usual columns; each reads them under its lock."""
        parts = (False, True) if self.terms.compartments else (False,)
        columns = set(QUOTED.findall(figure))
        is_told = is_told_later(self.selection, columns)
        wanted = laid_scope(scope, is_told=is_told)
        laid = {is_closed: compile_laid(wanted, is_closed=is_closed) for is_closed in parts}
        is_worth_it = len(self.selection.months()) != 1 or self.snapshot.stored.holds(laid[False])
        is_usual = has_standings(scope) and not columns & UNUSUAL
        if not (is_worth_it and is_usual and self.snapshot.can_hold):
            return compile_cases(scope)
        shown = []
        for is_closed, query in laid.items():
            name = self.snapshot.hold_rows(query, LAID_COLUMNS)
            rows = compile_shown(scope, is_closed=is_closed, is_told=is_told)
            shown.append(f"(WITH laid AS NOT MATERIALIZED (SELECT * FROM {name}) {rows})")  # noqa: S608 - own names
        return " UNION ALL ".join(shown)

    def is_office(self, table: Table, offices: frozenset[UUID]) -> Value:
        """Return the condition that a row is of one of these offices."""
        return is_one_of(table.office_id, offices)

    def _base(self, measures: Sequence[str]) -> Table:
        bases = {MEASURES.get(name).base == "controls" for name in measures}
        if len(bases) > 1:
            raise Invalid("measure.mixed_bases", measures=list(measures))
        return self.controls if bases == {True} else self.cases

    def _with_events(self, query: str) -> str:
        """Name the event of every case: itself, or the group of visible cases that say they are one."""
        if not self.snapshot.links:
            return f"SELECT rows.*, record_id AS event_id, false AS is_linked FROM ({query}) AS rows"  # noqa: S608 - compiled
        text = repr([sorted(found or (), key=str) for found in (self.terms.types, self.terms.offices)])
        text += repr((self.terms.offices is None, self.terms.clearance, sorted(self.terms.compartments)))
        name = f"events_{sha256(text.encode()).hexdigest()[:16]}"
        if not self.snapshot.has_table(name):
            self.snapshot.add_table(name, self._group_events())
        return (
            "SELECT rows.*, COALESCE(group_id, record_id) AS event_id, group_id IS NOT NULL AS is_linked "  # noqa: S608 - own names
            f"FROM ({query}) AS rows "
            f"LEFT JOIN {name} ON record_id = linked_id"
        )

    def _group_events(self) -> pa.Table:
        """Group the cases that are linked by what this reader may see; a hidden case links nothing."""
        standing = compile_standing(self.terms)
        links = self.snapshot.fetch(
            f"WITH standing AS ({standing}) SELECT stating, named FROM links WHERE stating IN "  # noqa: S608 - compiled
            "(SELECT record_id FROM standing) AND named IN (SELECT record_id FROM standing)"
        )
        groups = group_linked([(row[0], row[1]) for row in links])
        columns = [to_uuids(list(groups)), to_uuids(list(groups.values()))]
        return pa.Table.from_arrays(columns, names=["linked_id", "group_id"])


def _one_each(table: Table, dimensions: Sequence[Dimension]) -> Value | None:
    """Return what is true of one row of each case in each group of whole cases; None where no mark tells."""
    asked = {one.name for one in dimensions if one.is_of_line}
    if not asked:
        return table.is_first
    finest = next((name for name in FIRSTS if asked <= {name, *ABOVE.get(name, ())}), None)
    return None if finest is None else has_mark(table, 1 << FIRSTS.index(finest))


def received_table() -> Table:
    """Return the first receipt by office, month and year as an expression."""
    columns = {"office_id": "uuid", "month": "date", "year": "int16", "received": "timestamp"}
    return ibis.table(columns, name="received")


def held_table(rows: Table, name: str) -> Table:
    """Return rows that are held under a name as an expression."""
    return ibis.table({**dict(rows.schema().items()), "event_id": "uuid", "is_linked": "boolean"}, name=name)


def count_events(reader: Reader, table: Table, condition: Value | None = None) -> Value:
    """Return the number of events as an expression, of rows that name each case at most once in a group."""
    is_meant = ibis.literal(True) if condition is None else condition
    if not reader.snapshot.links:
        return table.count(where=is_meant)
    return table.count(where=is_meant & ~table.is_linked) + table.event_id.nunique(where=is_meant & table.is_linked)


def _write(expression: Table) -> str:
    """Write an expression, once: to write it takes longer than to answer it."""
    key = expression.op()
    return _compiled.get(key) or _remember(_compiled, key, compile_sql(expression))


def _remember(known: dict[Any, str], key: Any, written: str) -> str:
    if len(known) > _MAX_COMPILED:
        known.clear()
    known[key] = written
    return written


def group_linked(links: Sequence[tuple[UUID, UUID]]) -> dict[UUID, UUID]:
    """Return for every linked record the least id of all that are linked with it, over any number of steps."""
    heads: dict[UUID, UUID] = {}

    def head_of(found: UUID) -> UUID:
        while heads.setdefault(found, found) != found:
            heads[found] = heads[heads[found]]
            found = heads[found]
        return found

    for one, other in links:
        first, second = sorted((head_of(one), head_of(other)))
        heads[second] = first
    return {found: head_of(found) for found in list(heads)}
