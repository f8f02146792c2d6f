"""Reads the facts for one actor: the lock in every query, each event once, the selection applied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from opencen.analysis.facts.extraction import to_uuids
from opencen.analysis.facts.snapshot import Snapshot
from opencen.analysis.measures.base import (
    COUNTED_COLUMNS,
    COUNTED_KINDS,
    cases_table,
    compile_cases,
    compile_controls,
    compile_sql,
    compile_standing,
    controls_table,
    is_one_of,
    scope_of,
)
from opencen.analysis.measures.dimensions import count_arrested, dimension, spread_rows
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

# Of a store no larger, the rows of a selection fit in memory beside everything else.
USUAL = (
    "record_id", "office_id", "month", "is_first", "line_id", "section", "flow", "commodity", "concealment",
    "concealment_place", "mode", "location_type", "direction", "detection_method", "departure", "destination",
    "e_commerce", "arrested", "days_to_validate", "silent", "given", "appendix", "country",
    "region", "departure_region", "destination_region",
)  # fmt: skip
UNUSUAL = COUNTED_COLUMNS - {*USUAL, "event_id", "is_linked", "is_alone"}
ALONE = "count(*) OVER (PARTITION BY record_id) = 1 AS is_alone"
QUOTED = re.compile(r'"(\w+)"')
HELD_ROWS = 2_000_000
_MAX_COMPILED = 1000
_compiled: dict[Any, str] = {}


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
        base = self._base(measures)
        return self._tabulate(base, dimensions, measures, is_whole=base is self.cases)

    def tabulate_rows(self, table: Table, dimensions: Sequence[str], measures: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return measures by dimensions over rows that a question chose itself."""
        return self._tabulate(table, dimensions, measures, is_whole=False)

    def _tabulate(
        self, table: Table, dimensions: Sequence[str], measures: Sequence[str], *, is_whole: bool
    ) -> list[tuple[Any, ...]]:
        table = spread_rows(table, dimensions)
        keys = {f"by_{name}": dimension(name).values(table) for name in dimensions}
        values = {name: MEASURES.get(name).expression(table) for name in measures}
        found = [dimension(name) for name in dimensions]
        if "cases" in values and not any(one.spread for one in found):
            is_of_case = is_whole and not any(one.is_of_line for one in found)
            values["cases"] = self.count_cases(table, is_of_case=is_of_case)
        if "arrested" in values:
            values["arrested"] = count_arrested(table, dimensions)
        return self.fetch(table.group_by(**keys).agg(**values) if keys else table.agg(**values))

    def total(self, measure: str) -> Any:
        """Return one measure over the whole selection."""
        return self.tabulate((), (measure,))[0][0] or 0

    def count_cases(self, table: Table, *, is_of_case: bool) -> Value:
        """Return the number of events as an expression, equal to that of distinct ones, which takes much longer.

        In groups that hold whole cases each case is its first row; elsewhere what has one row only is one event,
        and only the others are told apart.
        """
        once = table.is_first if is_of_case else table.is_alone
        linked = table.is_linked if is_of_case else ~table.is_alone | table.is_linked
        if not self.snapshot.links:
            count = once.count(where=once)
            return count if is_of_case else count + table.event_id.nunique(where=~table.is_alone)
        single = once & ~table.is_linked
        return single.count(where=single) + table.event_id.nunique(where=linked)

    def fetch(self, expression: Table, **held: Table) -> list[tuple[Any, ...]]:
        """Run an expression over this reader's rows, or over what was held of them under a name."""
        figure = _write(expression)
        scope = scope_of(self.terms, self.selection, self.kinds)
        bases = []
        for name, rows in held.items():
            bases.append(f"{name} AS NOT MATERIALIZED ({self._with_events(self._held(rows, compile_cases(scope)))})")
        if '"cases"' in figure:
            rows = self._with_events(self._rows_of(figure, compile_cases(scope)))
            bases.append(f"cases AS NOT MATERIALIZED ({rows})")
        if '"controls_counted"' in figure:
            bases.append(f"controls_counted AS NOT MATERIALIZED ({compile_controls(scope)})")
        return self.snapshot.fetch(f"WITH {', '.join(bases)} SELECT * FROM ({figure})")  # noqa: S608 - compiled

    def fetch_received(self, expression: Table) -> list[tuple[Any, ...]]:
        """Run an expression over the first receipt by office, month and year, added up once a moment."""
        table = self.cases
        first = table.filter(table.is_first)
        rows = first.select("record_id", "office_id", "month", "year", "reported_at")
        each = held_table(rows, "received_each")
        summed = each.group_by("office_id", "month", "year").agg(received=each.reported_at.min())
        scope = scope_of(self.terms, self.selection, self.kinds)
        held = self._held(rows, compile_cases(scope))
        query = f"WITH received_each AS NOT MATERIALIZED ({held}) SELECT * FROM ({_write(summed)})"  # noqa: S608 - own names
        name = self.snapshot.lay_sums(query)
        return self.snapshot.fetch(f"WITH received AS (SELECT * FROM {name}) SELECT * FROM ({_write(expression)})")  # noqa: S608 - own names

    def _held(self, rows: Table, query: str) -> str:
        """Lay out rows that stand for themselves, each of one record, for all that ask for them later."""
        held = f"WITH cases AS NOT MATERIALIZED ({query}) SELECT * FROM ({_write(rows)})"  # noqa: S608 - compiled
        if len(self.selection.months()) == 1 or self.snapshot.rows > HELD_ROWS:
            return held
        return f"SELECT * FROM {self.snapshot.hold_rows(held, rows.columns)}"  # noqa: S608 - own names

    def _rows_of(self, figure: str, query: str) -> str:
        """Let the figures of a page share the rows of a selection, as far as they ask for the usual columns."""
        is_shared = len(self.selection.months()) != 1 and self.kinds == COUNTED_KINDS
        if not is_shared or self.snapshot.rows > HELD_ROWS or set(QUOTED.findall(figure)) & UNUSUAL:
            # Who tells cases apart by all of their rows is right as well, only slower.
            return f"SELECT *, false AS is_alone FROM ({query})"  # noqa: S608 - compiled
        usual = f"SELECT {', '.join(USUAL)}, {ALONE} FROM ({query})"  # noqa: S608 - own names
        return f"SELECT * FROM {self.snapshot.hold_rows(usual, (*USUAL, 'is_alone'))}"  # noqa: S608 - own names

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
    figure = _compiled.get(key)
    if figure is None:
        if len(_compiled) > _MAX_COMPILED:
            _compiled.clear()
        figure = _compiled[key] = compile_sql(expression)
    return figure


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
