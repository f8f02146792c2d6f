"""Reads the facts for one actor: the lock in every query, each event once, the selection applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import ibis
import pyarrow as pa

from opencen.accounts.queries import office_tree
from opencen.analysis.facts.extraction import to_uuids
from opencen.analysis.facts.snapshot import Snapshot
from opencen.analysis.measures.dimensions import dimension, filter_dimension
from opencen.analysis.measures.measures import MEASURES
from opencen.analysis.measures.selection import Selection
from opencen.analysis.measures.tables import Table, Value, fact_table
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.records.lock import LockTerms, lock_terms

COUNTED_KINDS = ("seizure", "offence")
NOT_COMPLETED = "not_completed"
CANCELLED = "cancelled"
_LINKS = ibis.table({"stating": "uuid", "named": "uuid"}, name="links")


@dataclass(slots=True)
class Reader:
    """Give questions what one actor may see of the facts at one moment, within one selection."""

    terms: LockTerms
    snapshot: Snapshot
    selection: Selection

    @classmethod
    def of(cls, actor: Actor, snapshot: Snapshot, selection: Selection) -> Reader:
        """Make the reader of an actor."""
        return cls(lock_terms(actor), snapshot, selection)

    def over(self, selection: Selection) -> Reader:
        """Return the same reader with another selection."""
        return Reader(self.terms, self.snapshot, selection)

    def cases(self, kinds: Sequence[str] = COUNTED_KINDS) -> Table:
        """Return the rows that cases and seizures are counted from: contraband, or the one row of a case without."""
        table = self._visible("lines", "case")
        table = self._with_events(table)
        table = table.filter(table.kind.isin(list(kinds)), _is_counted_row(table))
        days = (table.validated_at.epoch_seconds() - table.reported_at.epoch_seconds()) / 86400.0
        table = self._with_time(table).mutate(days_to_validate=days)
        return self._narrowed(table, "lines")

    def controls(self) -> Table:
        """Return the controls; what a control does not answer does not narrow them."""
        table = self._visible("controls", "control")
        table = table.filter((table.state != CANCELLED) & (table.result.isnull() | (table.result != NOT_COMPLETED)))
        return self._narrowed(self._with_time(table), "controls")

    def tabulate(self, dimensions: Sequence[str], measures: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return measures by dimensions: the members, then the values; no dimension gives the one total."""
        return self.tabulate_rows(self._base(measures), dimensions, measures)

    def tabulate_rows(self, table: Table, dimensions: Sequence[str], measures: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return measures by dimensions over rows that a question chose itself."""
        keys = {f"by_{name}": dimension(name).values(table) for name in dimensions}
        values = {name: MEASURES.get(name).expression(table) for name in measures}
        found = table.group_by(**keys).agg(**values) if keys else table.agg(**values)
        return self.fetch(found)

    def total(self, measure: str) -> Any:
        """Return one measure over the whole selection."""
        return self.tabulate((), (measure,))[0][0] or 0

    def fetch(self, expression: Table) -> list[tuple[Any, ...]]:
        """Run an expression."""
        return self.snapshot.fetch(str(ibis.to_sql(expression, dialect="duckdb")))

    def is_office(self, table: Table, offices: frozenset[UUID]) -> Value:
        """Return the condition that a row is of one of these offices."""
        return _is_one_of(table.office_id, offices)

    def _base(self, measures: Sequence[str]) -> Table:
        bases = {MEASURES.get(name).base == "controls" for name in measures}
        if len(bases) > 1:
            raise Invalid("measure.mixed_bases", measures=list(measures))
        return self.controls() if bases == {True} else self.cases()

    def _visible(self, name: str, record_type: str) -> Table:
        """Return a fact table under the lock: the compiled form of `LockTerms.admits`."""
        table = fact_table(name)
        conditions = [
            ibis.literal(record_type in self.terms.types),
            table.sensitivity <= self.terms.clearance,
        ]
        if self.terms.offices is not None:
            conditions.append(_is_one_of(table.office_id, self.terms.offices))
        outside = table.compartment_id.isnull()
        if self.terms.compartments:
            outside = outside | _is_one_of(table.compartment_id, self.terms.compartments)
        return table.filter(*conditions, outside)

    def _with_events(self, table: Table) -> Table:
        """Name the event of every case: itself, or the group of visible cases that say they are one."""
        if not self.snapshot.links:
            return table.mutate(event_id=table.record_id)
        text = repr((self.terms.types, self.terms.offices, self.terms.clearance, self.terms.compartments))
        name = f"events_{sha256(text.encode()).hexdigest()[:16]}"
        if not self.snapshot.has_table(name):
            self.snapshot.add_table(name, self._group_events(table))
        events = ibis.table({"linked_id": "uuid", "group_id": "uuid"}, name=name)
        joined = table.left_join(events, table.record_id == events.linked_id)
        return joined.mutate(event_id=ibis.coalesce(joined.group_id, joined.record_id)).drop("linked_id", "group_id")

    def _group_events(self, visible: Table) -> pa.Table:
        """Group the cases that are linked by what this reader may see; a hidden case links nothing."""
        standing = visible.filter(visible.state != CANCELLED).select("record_id")
        links = _LINKS.semi_join(standing, _LINKS.stating == standing.record_id)
        links = links.semi_join(standing, links.named == standing.record_id)
        groups = group_linked(self.fetch(links))
        columns = [to_uuids(list(groups)), to_uuids(list(groups.values()))]
        return pa.Table.from_arrays(columns, names=["linked_id", "group_id"])

    def _with_time(self, table: Table) -> Table:
        """Lay the month and the year of the chosen time beside the rows."""
        month = table[f"{self.selection.time}_month"]
        year = table.occurred_year if self.selection.time == "occurred" else month.year().cast("int16")
        return table.mutate(month=month, year=year)

    def _narrowed(self, table: Table, name: str) -> Table:
        chosen = self.selection
        conditions = [*period_conditions(table, chosen)]
        if name == "lines":
            conditions.append(table.state.isin(list(chosen.states)))
        if chosen.offices:
            tree = office_tree()
            named = [tree.by_code[code].id for code in chosen.offices if code in tree.by_code]
            conditions.append(_is_one_of(table.office_id, {below for office in named for below in tree.below(office)}))
        for parameter, codes in chosen.filters:
            found = filter_dimension(parameter)
            if name in found.tables:
                conditions.append(found.condition(table, codes))
        return table.filter(*conditions) if conditions else table


def period_conditions(table: Table, chosen: Selection) -> list[Value]:
    """Return the conditions of a period; what was dated by its year alone belongs where the whole year does."""
    if chosen.since is None and chosen.until is None:
        return []
    first, last = chosen.since, chosen.until
    months = [table.month >= first] if first else []
    months += [table.month <= last] if last else []
    in_months = months[0] if len(months) == 1 else months[0] & months[1]
    years = [table.year >= (first.year if first.month == 1 else first.year + 1)] if first else []
    years += [table.year <= (last.year if last.month == 12 else last.year - 1)] if last else []
    in_years = years[0] if len(years) == 1 else years[0] & years[1]
    return [in_months | (table.month.isnull() & in_years)]


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


def _is_counted_row(table: Table) -> Value:
    return table.line_id.isnull() | (table.role == "contraband")


def _is_one_of(column: Value, ids: Sequence[UUID] | frozenset[UUID] | set[UUID]) -> Value:
    """Return the condition that a column holds one of these ids; of none, nothing does."""
    return column.isin([ibis.literal(found) for found in sorted(ids)]) if ids else ibis.literal(False)
