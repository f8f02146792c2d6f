"""Year on year, only over the offices that reported in both periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.selection import Selection

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

    def changes(self, dimension: str, measure: str) -> dict[Any, Change]:
        """Return the change of every member of a dimension."""
        now = dict(self._tabulate(self.present, dimension, measure))
        before = dict(self._tabulate(self.earlier, dimension, measure))
        return {member: Change(now.get(member) or 0, before.get(member) or 0) for member in {*now, *before}}

    def total(self, measure: str) -> Change:
        """Return the change of the whole."""
        found = [self._tabulate(reader, "", measure) for reader in (self.present, self.earlier)]
        return Change(*(float(rows[0][0] or 0) if rows else 0 for rows in found))

    def _tabulate(self, reader: Reader, dimension: str, measure: str) -> list[tuple[Any, ...]]:
        if not self.offices:
            return []
        table = reader.cases
        table = table.filter(reader.is_office(table, self.offices))
        return reader.tabulate_rows(table, (dimension,) if dimension else (), (measure,))


def compare_years(reader: Reader) -> Comparison:
    """Set a reader's selection beside that of a year earlier."""
    earlier = reader.over(reader.selection.years_earlier())
    return Comparison(reader, earlier, reporting_offices(reader) & reporting_offices(earlier))


def reporting_offices(reader: Reader) -> frozenset[UUID]:
    """Return the offices with any case or control in the period, whatever else the selection says."""
    over = reader.over(reader.selection.only_period()).of_kinds(*ALL_KINDS)
    found = [table.select("office_id").distinct() for table in (over.cases, over.controls)]
    return frozenset(row[0] for expression in found for row in reader.fetch(expression))


def is_comparable(selection: Selection) -> bool:
    """Tell whether a selection has a period that a year earlier can stand beside."""
    return selection.since is not None and selection.until is not None


ALL_KINDS = ("seizure", "offence", "detention")
