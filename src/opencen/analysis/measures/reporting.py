"""Who has reported: fewer seizures, or fewer reports?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache, cached_property, lru_cache
from typing import Literal
from uuid import UUID

from opencen.accounts.queries import OfficeInfo, office_tree
from opencen.analysis.measures.base import controls_table, in_period
from opencen.analysis.measures.comparison import ALL_KINDS
from opencen.analysis.measures.reader import Reader, received_table
from opencen.analysis.measures.selection import STATES, Selection, add_months
from opencen.analysis.measures.tables import Table
from opencen.kernel.clock import now

# A month's records are due by this day of the next.
DUE_DAY = 15
MOST_MONTHS = 36
REPORTING_KINDS = ("office",)
# In the last two a month is not over: they are counted apart, whether something was reported for it already or not.
Standing = Literal["in_time", "late", "missing", "begun", "open"]
OPEN: tuple[Standing, ...] = ("begun", "open")


@dataclass(frozen=True)
class Reporting:
    """Which offices ought to have reported, and the first record of each by month."""

    offices: tuple[OfficeInfo, ...]
    first: dict[UUID, dict[date, datetime]]

    def standing(self, office: UUID, month: date) -> Standing:
        """Tell whether an office reported for a month, and in time."""
        return self.standings(office, (month,))[0]

    def standings(self, office: UUID, months: Iterable[date]) -> list[Standing]:
        """Tell of some months whether an office reported for each, and in time."""
        received = self.first.get(office, {})
        present = _present_month()
        return [_standing(received.get(month), month, present) for month in months]

    def reported(self, month: date) -> int:
        """Count the offices that reported for a month."""
        return self._counts[0][month]

    def in_time(self, month: date) -> int:
        """Count the offices that reported for a month in time."""
        return self._counts[1][month]

    def expected(self, month: date) -> int:
        """Count the offices that ought to report."""
        return len(self.offices)

    def offices_in(self, month: date) -> frozenset[UUID]:
        """Return the offices that reported for a month."""
        return frozenset(office.id for office in self.offices if month in self.first.get(office.id, ()))

    @cached_property
    def _counts(self) -> tuple[Counter[date], Counter[date]]:
        """Count by month the offices that reported at all, and those that did in time."""
        reported, in_time = Counter[date](), Counter[date]()
        for office in self.offices:
            found = self.first.get(office.id, {})
            reported.update(found.keys())
            in_time.update(month for month, received in found.items() if received < _due(month))
        return reported, in_time


def _standing(received: datetime | None, month: date, present: date) -> Standing:
    """Tell how a month stands of which the first record was received at a moment, or none."""
    if month >= present:
        return "open" if received is None else "begun"
    if received is None:
        return "missing"
    return "late" if received >= _due(month) else "in_time"


def count_standings(standings: Iterable[str]) -> dict[str, int]:
    """Count months of offices by one rule for page, paper, file and interface: due is what is over, open the rest."""
    found = Counter(standings)
    still_open = sum(found[standing] for standing in OPEN)
    due = found.total() - still_open
    return {
        "due": due,
        "reported": due - found["missing"],
        "in_time": found["in_time"],
        "late": found["late"],
        "missing": found["missing"],
        "open": still_open,
    }


@lru_cache(maxsize=MOST_MONTHS * 20)
def _due(month: date) -> datetime:
    """Return the moment from which on a month's records are late."""
    return datetime.combine(add_months(month, 1).replace(day=DUE_DAY + 1), time())


def _present_month() -> date:
    return now().date().replace(day=1)


def is_open(month: date) -> bool:
    """Tell whether a month is not over yet: nobody is late for it."""
    return month >= _present_month()


def read_reporting(reader: Reader, months: Sequence[date]) -> Reporting:
    """Read who reported: any case or control dated in the month counts, whatever else the selection says."""
    if not months:
        return Reporting(_expected(reader, frozenset()), {})
    period = Selection(months[0], months[-1], "occurred", STATES, reader.selection.offices)
    over = reader.over(period).of_kinds(*ALL_KINDS)
    first: dict[UUID, dict[date, datetime]] = {}
    ever = reader.over(replace(period, since=None, until=None)).of_kinds(*ALL_KINDS)
    for found in (ever.fetch_received(_cases_received(months[0], months[-1])), over.fetch(_checks_received())):
        for office, months_of, received_in in found:
            fresh, known = dict(zip(months_of, received_in, strict=True)), first.get(office, {})
            first[office] = fresh | {month: min(moment, fresh.get(month, moment)) for month, moment in known.items()}
    return Reporting(_expected(reader, frozenset(first)), first)


@lru_cache(maxsize=64)
def _cases_received(since: date, until: date) -> Table:
    """Return what was received of cases in a period; to write this takes longer than to answer."""
    cases = received_table()
    return _by_office(cases.filter(in_period(cases.month, cases.year, Selection(since, until))))


@cache
def _checks_received() -> Table:
    """Return what was received of checks."""
    table = controls_table()
    return _by_office(table.group_by("office_id", "month").agg(received=table.reported_at.min()))


def _by_office(table: Table) -> Table:
    """Return one row an office: few ids are read much faster than many."""
    table = table.filter(table.month.notnull())
    return table.group_by("office_id").agg(months=table.month.collect(), received=table.received.collect())


def reporting_months(reader: Reader) -> list[date]:
    """Return the months of the selection; without a period the last that hold anything, three years at most."""
    chosen = reader.selection
    if months := chosen.months():
        return months
    over = reader.over(Selection(chosen.since, chosen.until, "occurred", STATES, chosen.offices)).of_kinds(*ALL_KINDS)
    ends = [reader_end for table in (over.cases, over.controls) for reader_end in _ends(over, table)]
    present = _present_month()
    last = min(max(ends, default=present), present)
    first = min(min(ends, default=last), last)
    return Selection(max(first, add_months(last, 1 - MOST_MONTHS)), last).months()


def _ends(over: Reader, table: Table) -> list[date]:
    found = over.fetch(table.agg(first=table.month.min(), last=table.month.max()))
    return [month for month in found[0] if month is not None]


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
