"""Make the figures of a table of sums: period, measure, commodity and unit of each, or what is wrong with its row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from opencen.codelists.catalogue import resolve
from opencen.formats.dates import month_of, read_named_month
from opencen.formats.measures import LANGUAGES
from opencen.formats.reading import Sheet
from opencen.formats.statistics.recognising import MONTH, QUARTER, YEAR, StatisticsPlan, read_sum
from opencen.formats.suggesting import split_unit
from opencen.formats.tables import Cell, write_cell


@dataclass(frozen=True, slots=True)
class Figure:
    """One sum: when, of what, how much, in which unit."""

    period: str
    measure: str
    commodity: str
    commodity_text: str
    unit: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row of the table: its figures, what tells it apart, and the code and column of what is wrong with it."""

    number: int
    figures: tuple[Figure, ...] = ()
    further: dict[str, str] = field(default_factory=dict)
    code: str = ""
    column: int = -1
    value: str = ""


def read_figures(sheet: Sheet, plan: StatisticsPlan) -> Iterator[FigureRow]:
    """Yield every row of the table with its figures."""
    known: dict[str, str] = {}
    for number, cells in sheet.rows:
        yield _row(number, cells, plan, known)


def _row(number: int, cells: list[Cell], plan: StatisticsPlan, known: dict[str, str]) -> FigureRow:
    def text(place: int | None) -> str:
        return write_cell(cells[place]) if place is not None and place < len(cells) else ""

    period = read_period(text(plan.year), text(plan.month), plan)
    if not period:
        return FigureRow(number, code="statistics.period_unreadable", column=plan.year or 0, value=text(plan.year))
    named = text(plan.commodity)
    if named not in known:
        known[named] = _commodity(named)
    figures = []
    for measure in plan.measures:
        if not text(measure.position):
            continue
        value = read_sum(cells[measure.position])
        if value is None:
            wrong = text(measure.position)
            return FigureRow(number, code="number.not_a_number", column=measure.position, value=wrong)
        figures.append(Figure(period, measure.kind, known[named], named, measure.unit, value))
    if not figures:
        return FigureRow(number, code="statistics.no_figure", column=plan.measures[0].position)
    further = {plan.names[place]: text(place) for place in plan.further if text(place)}
    return FigureRow(number, tuple(figures), further)


def _commodity(text: str) -> str:
    """Return the code that a name of goods means; a note in brackets is left aside, "other" stays a text."""
    for part in (text, text.split("(")[0], split_unit(text)[0]):
        found = resolve("commodity", part.strip(" *"), LANGUAGES) if part.strip(" *") else None
        if found:
            return found.code
    return ""


def read_period(year: str, month: str, plan: StatisticsPlan) -> str:
    """Return the year or month of a row as a partial date, in calendar years; empty where it cannot be read."""
    if MONTH.fullmatch(year):
        return year
    if len(named := read_named_month(year)) == 7:
        return named
    match = YEAR.fullmatch(year)
    if not match:
        return ""
    if plan.month is None:
        return match[1]
    if quarter := QUARTER.fullmatch(month):
        return f"{match[1]}-Q{quarter[1]}"
    found = month_of(month) or (int(month) if month.isdigit() else None)
    if found is None or not 1 <= found <= 12:
        return ""
    # A fiscal year is named by the calendar year it ends in.
    calendar = int(match[1]) - (1 if plan.is_fiscal and plan.first_month > 1 and found >= plan.first_month else 0)
    return f"{calendar:04d}-{found:02d}"
