"""Year on year, only over the offices that reported in both periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from opencen.analysis.measures.base import controls_table, in_period
from opencen.analysis.measures.reader import Reader, received_table
from opencen.analysis.measures.selection import Selection
from opencen.analysis.measures.tables import Table

# Below this many a year earlier, a percentage says more about chance than about change.
FEW = 20


@dataclass(frozen=True, slots=True)
class Change:
    """A value beside that of a year earlier; no `share` where there were few, no `before` where none compares."""

    now: float
    before: float | None

    @property
    def share(self) -> float | None:
        """Return the change as a share of the value a year earlier."""
        if self.before is None or self.before < FEW:
            return None
        return self.now / self.before - 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two readers over the offices that reported in both years."""

    present: Reader
    earlier: Reader
    offices: frozenset[UUID]

    def changes(self, dimension: str, measure: str, asked: Sequence[str] = ()) -> dict[Any, Change]:
        """Return the change of every member of a dimension; `asked` names the measures that were asked of it before."""
        now = self._present(dimension, measure, asked or (measure,))
        before = dict(self._tabulate(self.earlier, dimension, measure))
        return {member: Change(now.get(member) or 0, before.get(member) or 0) for member in {*now, *before}}

    def total(self, measure: str) -> Change:
        """Return the change of the whole."""
        found = [self._tabulate(reader, "", measure) for reader in (self.present, self.earlier)]
        return Change(*(float(rows[0][0] or 0) if rows else 0 for rows in found))

    def holds_all(self) -> bool:
        """Tell whether nothing that is counted in either year lies outside these offices."""
        return bool(self.offices) and all(
            reporting_offices(reader) <= self.offices for reader in (self.present, self.earlier)
        )

    def _present(self, dimension: str, measure: str, asked: Sequence[str]) -> dict[Any, Any]:
        """Return a measure's present values, out of the answer that was given already where that is the same."""
        if self.offices and reporting_offices(self.present) <= self.offices:
            place = 1 + asked.index(measure)
            return {row[0]: row[place] for row in self.present.tabulate((dimension,), asked)}
        return dict(self._tabulate(self.present, dimension, measure))

    def _tabulate(self, reader: Reader, dimension: str, measure: str) -> list[tuple[Any, ...]]:
        if not self.offices:
            return []
        dimensions = (dimension,) if dimension else ()
        if reporting_offices(reader) <= self.offices:  # nothing that is counted lies outside
            return reader.tabulate(dimensions, (measure,))
        table = reader.cases
        table = table.filter(reader.is_office(table, self.offices))
        return reader.tabulate_rows(table, dimensions, (measure,))


def compare_years(reader: Reader) -> Comparison:
    """Set a reader's selection beside that of a year earlier."""
    earlier = reader.over(reader.selection.years_earlier())
    return Comparison(reader, earlier, reporting_offices(reader) & reporting_offices(earlier))


def reporting_offices(reader: Reader) -> frozenset[UUID]:
    """Return the offices with any case or control in the period, whatever else the selection says."""
    chosen = reader.selection.only_period()
    over = reader.over(chosen).of_kinds(*ALL_KINDS)
    ever = reader.over(replace(chosen, since=None, until=None)).of_kinds(*ALL_KINDS)
    offices = {row[0] for row in ever.fetch_received(_receiving(chosen.since, chosen.until))}
    return frozenset(offices | {row[0] for row in over.fetch(_checking())})


@lru_cache(maxsize=64)
def _receiving(since: date | None, until: date | None) -> Table:
    """Return the offices of which something was received in a period; to write this takes longer than to answer."""
    received = received_table()
    received = received.filter(in_period(received.month, received.year, Selection(since, until)))
    return received.select("office_id").distinct()


@cache
def _checking() -> Table:
    """Return the offices that made checks."""
    return controls_table().select("office_id").distinct()


def is_comparable(selection: Selection) -> bool:
    """Tell whether a selection has a period that a year earlier can stand beside."""
    return selection.since is not None and selection.until is not None


ALL_KINDS = ("seizure", "offence", "detention")
