"""The rates of quality: each counts records, under the lock, over the cases that were handed in for a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from opencen.analysis.facts.snapshot import Snapshot
from opencen.analysis.measures.base import (
    LAID_COLUMNS,
    Scope,
    compile_laid,
    compile_sql,
    count_months,
    is_one_of,
    laid_conditions,
    laid_table,
    median_days,
)
from opencen.analysis.measures.members import UNKNOWN
from opencen.analysis.measures.selection import Selection
from opencen.analysis.measures.tables import Table, Value, ibis
from opencen.records.lock import LockTerms

# What is asked once a case, and what is asked once a line.
CASE_FIELDS = ("location_type", "direction", "e_commerce", "detection_method", "departure", "destination")
LINE_FIELDS = ("commodity", "concealment_place", "mode")
FIELDS = (*CASE_FIELDS, *LINE_FIELDS)
# The country stands beside an office only as rates, and only where this many offices are in it.
LEAST_OFFICES = 3
_RATED = (
    "office_id", "month", "is_first", "line_id", *FIELDS, "quality", "seconds_to_enter", "seconds_to_validate",
    "is_timed", "silent", "given",
)  # fmt: skip
# The rows of every office and time: what a frame lets through is told when they are read.
_COUNTRY = Scope(LockTerms(frozenset(), None, 0, frozenset()), Selection(states=()), ())


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one office, month or country; None where nothing can be said."""

    cases: int = 0
    completeness: float | None = None
    days_to_enter: float | None = None
    days_to_validate: float | None = None
    unknown: float | None = None


@dataclass(frozen=True, slots=True)
class FieldRate:
    """How one field is answered: the share that is unknown, and the share that is empty."""

    name: str
    asked: int
    unknown: int
    empty: int

    @property
    def unknown_share(self) -> float | None:
        """Return the share of unknown among all that was asked."""
        return self.unknown / self.asked if self.asked else None

    @property
    def silent(self) -> int:
        """Count what says nothing: unknown or empty."""
        return self.unknown + self.empty


@dataclass(frozen=True, slots=True)
class Frame:
    """Which rows are rated: the lock's terms, offices (None: all of them) and months, both included."""

    terms: LockTerms
    first: date
    last: date
    offices: frozenset[UUID] | None = None


def rate_by_office(snapshot: Snapshot, frame: Frame) -> dict[UUID, Rates]:
    """Rate every office that handed something in."""
    return {row[0]: _rates(row[1:]) for row in _fetch(snapshot, frame, compile_rates("office_id"))}


def rate_by_month(snapshot: Snapshot, frame: Frame) -> dict[date, Rates]:
    """Rate every month in which something was found."""
    return {row[0]: _rates(row[1:]) for row in _fetch(snapshot, frame, compile_rates("month"))}


def rate_all(snapshot: Snapshot, frame: Frame) -> Rates:
    """Rate everything together."""
    return _rates(_fetch(snapshot, frame, compile_rates())[0])


def rate_fields(snapshot: Snapshot, frame: Frame) -> list[FieldRate]:
    """Rate every field by how it is answered."""
    found = [int(value or 0) for value in _fetch(snapshot, frame, compile_fields())[0]]
    return [FieldRate(name, *found[3 * place : 3 * place + 3]) for place, name in enumerate(FIELDS)]


def has_offices(snapshot: Snapshot, frame: Frame, least: int = LEAST_OFFICES) -> bool:
    """Tell whether that many offices handed something in: each row that names another one ends its reading early."""
    found: tuple[UUID, ...] = ()
    while len(found) < least:
        rows = _fetch(snapshot, frame, compile_other_office(found))
        if not rows:
            return False
        found = (*found, rows[0][0])
    return True


@cache
def compile_rates(by: str = "") -> str:
    """Write the query of the rates of rated rows."""
    rows = _rated_table()
    return compile_sql(rows.group_by(by=rows[by]).agg(**_values(rows)) if by else rows.agg(**_values(rows)))


@cache
def compile_fields() -> str:
    """Write the query of the fields' answers."""
    rows = _rated_table()
    values: dict[str, Value] = {}
    for name in FIELDS:
        counts = rows.is_first if name in CASE_FIELDS else rows.line_id.notnull()
        values |= {
            f"{name}_asked": counts.sum(),
            f"{name}_unknown": (counts & (rows[name] == UNKNOWN)).sum(),
            f"{name}_empty": (counts & rows[name].isnull()).sum(),
        }
    return compile_sql(rows.agg(**values))


@lru_cache(maxsize=256)
def compile_other_office(known: tuple[UUID, ...]) -> str:
    """Write the query of any office beside those known."""
    rows = _rated_table()
    others = rows.filter(rows.office_id.notnull())
    if known:
        others = others.filter(~is_one_of(others.office_id, known))
    return compile_sql(others.select("office_id").limit(1))


def country_frame(frame: Frame) -> Frame:
    """Return the frame of the whole country: open records only, of every office."""
    return Frame(LockTerms(frozenset({"case"}), None, 0, frozenset()), frame.first, frame.last)


def _fetch(snapshot: Snapshot, frame: Frame, query: str) -> list[tuple[Any, ...]]:
    """Run a query over the rows of a frame: the rows of the whole country that all figures share, read by its lock."""
    parts = []
    for is_closed in (False, True) if frame.terms.compartments else (False,):
        laid = compile_laid(_COUNTRY, is_closed=is_closed)
        is_worth_it = frame.first != frame.last or snapshot.stored.holds(laid)
        if is_worth_it and snapshot.can_hold:
            laid = f"SELECT * FROM {snapshot.hold_rows(laid, LAID_COLUMNS)}"  # noqa: S608 - own names
        rows = compile_rated(frame, is_closed=is_closed)
        parts.append(f"(WITH laid AS NOT MATERIALIZED ({laid}) {rows})")
    return snapshot.fetch(f"WITH rated AS NOT MATERIALIZED ({' UNION ALL '.join(parts)}) {query}")


@lru_cache(maxsize=256)
def compile_rated(frame: Frame, *, is_closed: bool) -> str:
    """Write the query of the rows of a frame, once: to write it takes longer than to answer it."""
    laid = laid_table()
    conditions = laid_conditions(laid, frame.terms, is_closed=is_closed)
    conditions += [
        laid.standing >= 0,
        laid.first_month >= count_months(frame.first),
        laid.last_month <= count_months(frame.last),
        laid.month.notnull(),
    ]
    conditions += [is_one_of(laid.office_id, some) for some in (frame.terms.offices, frame.offices) if some is not None]
    return compile_sql(laid.filter(*conditions).select(*_RATED))


@cache
def _rated_table() -> Table:
    return ibis.table({name: laid_table().schema()[name] for name in _RATED}, name="rated")


def _values(rows: Table) -> dict[str, Value]:
    """Return the rates as expressions."""
    return {
        "cases": rows.is_first.sum(),
        "completeness": rows.quality.mean(),
        "days_to_enter": median_days(rows.seconds_to_enter),
        "days_to_validate": median_days(rows.seconds_to_validate, rows.is_timed),
        "unknown": rows.silent.sum(),
        "answers": rows.given.sum(),
    }


def _rates(values: Sequence[Any]) -> Rates:
    cases, completeness, enter, validate, unknown, answers = values
    return Rates(int(cases or 0), completeness, enter, validate, (unknown or 0) / answers if answers else None)
