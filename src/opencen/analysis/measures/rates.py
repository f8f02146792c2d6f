"""The rates of quality: each counts records, under the lock, over the cases that were handed in for a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from opencen.analysis.facts.snapshot import Snapshot
from opencen.analysis.measures.base import compile_sql, is_one_of, lock_conditions
from opencen.analysis.measures.members import UNKNOWN
from opencen.analysis.measures.selection import STATES
from opencen.analysis.measures.tables import Table, Value, fact_table, ibis
from opencen.records.lock import LockTerms

# What is asked once a case, and what is asked once a line.
CASE_FIELDS = ("location_type", "direction", "e_commerce", "detection_method", "departure", "destination")
LINE_FIELDS = ("commodity", "concealment_place", "mode")
FIELDS = (*CASE_FIELDS, *LINE_FIELDS)
# The country stands beside an office only as rates, and only where this many offices are in it.
LEAST_OFFICES = 3
_DAY = 86400.0


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
    return {row[0]: _rates(row[1:]) for row in snapshot.fetch(compile_rates(frame, "office_id"))}


def rate_by_month(snapshot: Snapshot, frame: Frame) -> dict[date, Rates]:
    """Rate every month in which something was found."""
    return {row[0]: _rates(row[1:]) for row in snapshot.fetch(compile_rates(frame, "occurred_month"))}


def rate_all(snapshot: Snapshot, frame: Frame) -> Rates:
    """Rate everything together."""
    return _rates(snapshot.fetch(compile_rates(frame))[0])


def rate_fields(snapshot: Snapshot, frame: Frame) -> list[FieldRate]:
    """Rate every field by how it is answered."""
    found = [int(value or 0) for value in snapshot.fetch(compile_fields(frame))[0]]
    return [FieldRate(name, *found[3 * place : 3 * place + 3]) for place, name in enumerate(FIELDS)]


@lru_cache(maxsize=256)
def compile_rates(frame: Frame, by: str = "") -> str:
    """Write the query of the rates, once a frame: to write it takes longer than to answer it."""
    rows = _rows(frame)
    return compile_sql(rows.group_by(by=rows[by]).agg(**_values(rows)) if by else rows.agg(**_values(rows)))


@lru_cache(maxsize=256)
def compile_fields(frame: Frame) -> str:
    """Write the query of the fields' answers."""
    rows = _rows(frame)
    values: dict[str, Value] = {}
    for name in FIELDS:
        counts = _is_counted(rows, name)
        values |= {
            f"{name}_asked": counts.sum(),
            f"{name}_unknown": (counts & (rows[name] == UNKNOWN)).sum(),
            f"{name}_empty": (counts & rows[name].isnull()).sum(),
        }
    return compile_sql(rows.agg(**values))


def country_frame(frame: Frame) -> Frame:
    """Return the frame of the whole country: open records only, of every office."""
    return Frame(LockTerms(frozenset({"case"}), None, 0, frozenset()), frame.first, frame.last)


def _rows(frame: Frame) -> Table:
    lines = fact_table("lines")
    conditions = [
        *lock_conditions(lines, frame.terms, "case"),
        lines.state.isin(list(STATES)),
        lines.occurred_month >= frame.first,
        lines.occurred_month <= frame.last,
    ]
    if frame.offices is not None:
        conditions.append(is_one_of(lines.office_id, frame.offices))
    return lines.filter(*conditions)


def _is_counted(rows: Table, name: str) -> Value:
    """Return whether a row is asked for a field: once a case, or once a line of contraband."""
    if name in CASE_FIELDS:
        return rows.is_first
    return rows.line_id.notnull() & (rows.role == "contraband")


def _values(rows: Table) -> dict[str, Value]:
    """Return the rates as expressions. A batch of old cases was entered late on purpose: it is not timed."""
    unknown: Any = ibis.literal(0)
    answers: Any = ibis.literal(0)
    for name in FIELDS:
        counts = _is_counted(rows, name)
        unknown = unknown + (counts & (rows[name] == UNKNOWN)).sum()
        answers = answers + (counts & rows[name].notnull()).sum()
    found_at = rows.occurred_on.cast("timestamp").epoch_seconds()
    entered = (rows.reported_at.epoch_seconds() - found_at) / _DAY
    checked = (rows.validated_at.epoch_seconds() - rows.reported_at.epoch_seconds()) / _DAY
    is_timed = rows.is_first & (rows.batch == "") & rows.occurred_precision.isin(["day", "time"])
    return {
        "cases": rows.is_first.sum(),
        "completeness": rows.quality.mean(where=rows.is_first),
        "days_to_enter": entered.median(where=is_timed & (entered >= 0)),
        "days_to_validate": checked.median(where=rows.is_first & (rows.batch == "")),
        "unknown": unknown,
        "answers": answers,
    }


def _rates(values: Sequence[Any]) -> Rates:
    cases, completeness, enter, validate, unknown, answers = values
    return Rates(int(cases or 0), completeness, enter, validate, (unknown or 0) / answers if answers else None)
