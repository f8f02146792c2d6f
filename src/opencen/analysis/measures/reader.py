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
from opencen.analysis.measures.tables import Table, Value
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
    "e_commerce", "arrested", "days_to_validate", "country", "region", "departure_region", "destination_region",
)  # fmt: skip
UNUSUAL = COUNTED_COLUMNS - {*USUAL, "event_id"}
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
        return self.tabulate_rows(self._base(measures), dimensions, measures)

    def tabulate_rows(self, table: Table, dimensions: Sequence[str], measures: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return measures by dimensions over rows that a question chose itself."""
        table = spread_rows(table, dimensions)
        keys = {f"by_{name}": dimension(name).values(table) for name in dimensions}
        values = {name: MEASURES.get(name).expression(table) for name in measures}
        if "arrested" in values:
            values["arrested"] = count_arrested(table, dimensions)
        return self.fetch(table.group_by(**keys).agg(**values) if keys else table.agg(**values))

    def total(self, measure: str) -> Any:
        """Return one measure over the whole selection."""
        return self.tabulate((), (measure,))[0][0] or 0

    def fetch(self, expression: Table) -> list[tuple[Any, ...]]:
        """Run an expression over this reader's rows."""
        key = expression.op()
        figure = _compiled.get(key)
        if figure is None:
            if len(_compiled) > _MAX_COMPILED:
                _compiled.clear()
            figure = _compiled[key] = compile_sql(expression)
        scope = scope_of(self.terms, self.selection, self.kinds)
        bases = []
        if '"cases"' in figure:
            rows = self._with_events(self._rows_of(figure, compile_cases(scope)))
            bases.append(f"cases AS NOT MATERIALIZED ({rows})")
        if '"controls_counted"' in figure:
            bases.append(f"controls_counted AS NOT MATERIALIZED ({compile_controls(scope)})")
        return self.snapshot.fetch(f"WITH {', '.join(bases)} SELECT * FROM ({figure})")  # noqa: S608 - compiled

    def _rows_of(self, figure: str, query: str) -> str:
        """Let the figures of a page share the rows of a selection, as far as they ask for the usual columns."""
        is_shared = len(self.selection.months()) != 1 and self.kinds == COUNTED_KINDS
        if not is_shared or self.snapshot.rows > HELD_ROWS or set(QUOTED.findall(figure)) & UNUSUAL:
            return query
        usual = f"SELECT {', '.join(USUAL)} FROM ({query})"  # noqa: S608 - own names
        return f"SELECT * FROM {self.snapshot.hold_rows(usual, USUAL)}"  # noqa: S608 - own names

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
            return f"SELECT rows.*, record_id AS event_id FROM ({query}) AS rows"  # noqa: S608 - compiled
        text = repr([sorted(found or (), key=str) for found in (self.terms.types, self.terms.offices)])
        text += repr((self.terms.offices is None, self.terms.clearance, sorted(self.terms.compartments)))
        name = f"events_{sha256(text.encode()).hexdigest()[:16]}"
        if not self.snapshot.has_table(name):
            self.snapshot.add_table(name, self._group_events())
        return (
            f"SELECT rows.*, COALESCE(group_id, record_id) AS event_id FROM ({query}) AS rows "  # noqa: S608 - compiled
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
