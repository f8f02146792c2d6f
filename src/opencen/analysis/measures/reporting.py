"""Who has reported: fewer seizures, or fewer reports?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from opencen.accounts.queries import OfficeInfo, office_tree
from opencen.analysis.measures.comparison import ALL_KINDS
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.selection import STATES, Selection, add_months
from opencen.kernel.clock import now

# A month's records are due by this day of the next.
DUE_DAY = 15
REPORTING_KINDS = ("office",)
Standing = Literal["in_time", "late", "missing", "open"]


@dataclass(frozen=True, slots=True)
class Reporting:
    """The first record of every office for every month, and which offices ought to have reported."""

    offices: tuple[OfficeInfo, ...]
    first: dict[tuple[UUID, date], datetime]

    def standing(self, office: UUID, month: date) -> Standing:
        """Tell whether an office reported for a month, and in time."""
        received = self.first.get((office, month))
        if received is None:
            return "open" if is_open(month) else "missing"
        return "late" if received.date() > add_months(month, 1).replace(day=DUE_DAY) else "in_time"

    def reported(self, month: date) -> int:
        """Count the offices that reported for a month."""
        return len(self.offices_in(month))

    def expected(self, month: date) -> int:
        """Count the offices that ought to report."""
        return len(self.offices)

    def offices_in(self, month: date) -> frozenset[UUID]:
        """Return the offices that reported for a month."""
        return frozenset(office.id for office in self.offices if (office.id, month) in self.first)


def is_open(month: date) -> bool:
    """Tell whether a month is not over yet: nobody is late for it."""
    return month >= now().date().replace(day=1)


def read_reporting(reader: Reader, months: Sequence[date]) -> Reporting:
    """Read who reported: any case or control dated in the month counts, whatever else the selection says."""
    if not months:
        return Reporting(_expected(reader, frozenset()), {})
    period = Selection(months[0], months[-1], "occurred", STATES, reader.selection.offices)
    over = reader.over(period).of_kinds(*ALL_KINDS)
    first: dict[tuple[UUID, date], datetime] = {}
    for table in (over.cases, over.controls):
        found = table.group_by(["office_id", "month"]).agg(received=table.reported_at.min())
        for office, month, received in reader.fetch(found):
            if month is not None:
                first[office, month] = min(received, first.get((office, month), received))
    return Reporting(_expected(reader, frozenset(office for office, _ in first)), first)


def _expected(reader: Reader, reported: frozenset[UUID]) -> tuple[OfficeInfo, ...]:
    """Return the offices in view that ought to report: posts, and whoever has reported all the same."""
    tree = office_tree()
    chosen = [tree.by_code[code].id for code in reader.selection.offices if code in tree.by_code]
    below = {office for head in chosen for office in tree.below(head)}
    return tuple(
        office
        for office in sorted(tree.by_id.values(), key=lambda office: office.path)
        if (office.kind in REPORTING_KINDS or office.id in reported)
        and (reader.terms.offices is None or office.id in reader.terms.offices)
        and (not reader.selection.offices or office.id in below)
    )
