"""The numbers of an office's quality, read at one moment: rates, by office, month and field, and who reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opencen.accounts.queries import office_tree
from opencen.analysis.facts.snapshot import Snapshot
from opencen.analysis.measures.comparison import ALL_KINDS
from opencen.analysis.measures.rates import (
    FieldRate,
    Frame,
    Rates,
    country_frame,
    has_offices,
    rate_all,
    rate_by_month,
    rate_by_office,
    rate_fields,
)
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.reporting import is_open, read_reporting
from opencen.analysis.measures.selection import STATES, Selection

Standings = tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class QualityNumbers:
    """What the facts say of one office, or of all in view; the country only where enough offices are in it."""

    rates: Rates
    by_office: dict[UUID, Rates]
    by_month: dict[date, Rates]
    fields: tuple[FieldRate, ...]
    country: Rates | None
    country_by_month: dict[date, Rates]
    country_fields: tuple[FieldRate, ...]
    standing: Standings


def read_numbers(snapshot: Snapshot, frame: Frame, office: str) -> QualityNumbers:
    """Read the numbers of the offices of a frame; `office` names one, or is empty for all in view."""
    country = country_frame(frame)
    is_shown = bool(office) and has_offices(snapshot, country)
    return QualityNumbers(
        rates=rate_all(snapshot, frame),
        by_office=rate_by_office(snapshot, frame),
        by_month={month: rates for month, rates in rate_by_month(snapshot, frame).items() if month is not None},
        fields=tuple(rate_fields(snapshot, frame)),
        country=rate_all(snapshot, country) if is_shown else None,
        country_by_month=rate_by_month(snapshot, country) if is_shown else {},
        country_fields=tuple(rate_fields(snapshot, country)) if is_shown else (),
        standing=_read_standing(snapshot, frame, office),
    )


def _read_standing(snapshot: Snapshot, frame: Frame, office: str) -> Standings:
    """Tell for each month whether the office reported in time; a district is as late as its latest."""
    if office not in office_tree().by_code:
        return ()
    chosen = Selection(frame.first, frame.last, states=STATES, offices=(office,))
    months = [month for month in chosen.months() if month <= frame.last]
    reporting = read_reporting(Reader(frame.terms, snapshot, chosen).of_kinds(*ALL_KINDS), months)
    worst = ("missing", "late", "open", "begun", "in_time")
    found = []
    for month in months:
        states = {reporting.standing(each.id, month) for each in reporting.offices}
        usual = "open" if is_open(month) else "missing"
        found.append((month, next((state for state in worst if state in states), usual)))
    return tuple(found)


__all__ = ["QualityNumbers", "read_numbers"]
