"""What a figure is asked about: a period, states of record, offices and values of dimensions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid

TimeBasis = Literal["occurred", "reported", "validated"]
TIMES: tuple[TimeBasis, ...] = ("occurred", "reported", "validated")
PENDING = ("submitted", "returned")
VALIDATED = ("validated", "amended")
STATES = (*PENDING, *VALIDATED)
EMPTY = "empty"
MAX_MONTHS = 12 * 40


@dataclass(frozen=True, slots=True)
class Selection:
    """The records and the period a figure counts. `since` and `until` are months, both included.

    `filters` names dimensions with the codes that are let through, each with everything below it.
    """

    since: date | None = None
    until: date | None = None
    time: TimeBasis = "occurred"
    states: tuple[str, ...] = VALIDATED
    offices: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def years_earlier(self, years: int = 1) -> Selection:
        """Return the same selection of an earlier year."""
        return replace(self, since=_shift(self.since, years), until=_shift(self.until, years))

    def only_period(self) -> Selection:
        """Return the period alone: what says who reported at all."""
        return Selection(self.since, self.until, self.time, STATES, self.offices)

    def with_filter(self, name: str, *codes: str) -> Selection:
        """Return the selection narrowed by one dimension, in place of what it said of it."""
        kept = tuple(pair for pair in self.filters if pair[0] != name)
        return replace(self, filters=tuple(sorted((*kept, (name, tuple(codes))))) if codes else kept)

    def codes(self, name: str) -> tuple[str, ...]:
        """Return the codes that a dimension is narrowed to."""
        return dict(self.filters).get(name, ())

    def months(self) -> list[date]:
        """Return the months of the period; none where it has no end."""
        if self.since is None or self.until is None:
            return []
        count = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month + 1
        return [add_months(self.since, step) for step in range(max(0, count))]

    def to_query(self) -> list[tuple[str, str]]:
        """Write the selection as the parameters that reopen it."""
        found: list[tuple[str, str]] = []
        if self.since:
            found.append(("from", write_month(self.since)))
        if self.until:
            found.append(("to", write_month(self.until)))
        if self.time != "occurred":
            found.append(("time", self.time))
        if self.states != VALIDATED:
            found += [("state", state) for state in self.states]
        found += [("office", code) for code in self.offices]
        found += [(name, code) for name, codes in self.filters for code in codes]
        return found


def read_selection(given: Mapping[str, Sequence[str]], dimensions: Iterable[str]) -> Selection:
    """Read a selection from parameters; without a period it is this year up to this month."""
    today = now().date()
    since, until = _month(given, "from"), _month(given, "to")
    if since is None and until is None and not given.get("all"):
        since, until = date(today.year, 1, 1), date(today.year, today.month, 1)
    if since and until and since > until:
        raise Invalid("selection.period_reversed", path="from")
    if since and until and (until.year - since.year) * 12 > MAX_MONTHS:
        raise Invalid("selection.period_too_long", path="from", limit=MAX_MONTHS)
    time = next(iter(given.get("time", ())), "occurred")
    if time not in TIMES:
        raise Invalid("selection.unknown_time", path="time", value=time, expected=TIMES)
    states = tuple(state for state in STATES if state in given.get("state", ()))
    filters = {name: tuple(sorted({code for code in given.get(name, ()) if code})) for name in dimensions}
    return Selection(
        since=since,
        until=until,
        time=next(basis for basis in TIMES if basis == time),
        states=states or VALIDATED,
        offices=tuple(sorted({code for code in given.get("office", ()) if code})),
        filters=tuple(sorted((name, codes) for name, codes in filters.items() if codes)),
    )


def read_month(text: str, path: str = "month") -> date:
    """Read a month written as 2026-06."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Invalid("selection.not_a_month", path=path, value=text[:20], expected="2026-06") from None


def write_month(month: date) -> str:
    """Write a month as 2026-06."""
    return f"{month.year:04d}-{month.month:02d}"


def add_months(month: date, count: int) -> date:
    """Return the month that lies a number of months later."""
    years, index = divmod(month.month - 1 + count, 12)
    return date(month.year + years, index + 1, 1)


def _month(given: Mapping[str, Sequence[str]], name: str) -> date | None:
    text = next(iter(given.get(name, ())), "")
    return read_month(text, name) if text else None


def _shift(month: date | None, years: int) -> date | None:
    return None if month is None else add_months(month, -12 * years)
