"""Charts of the report as the press draws them: bars with their lengths, columns by month with who reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opencen.analysis.answers import Answer
from opencen.analysis.covering import NUMBERS
from opencen.analysis.measures.members import is_silent
from opencen.analysis.measures.protection import COVERED
from opencen.analysis.wording import write_value

MOST_BARS = 12
STEPS = 5
_MEMBERS = frozenset({"code", "country", "office"})
# What a figure's bars stand for; of every other one it is the seizures.
_DRAWN = {"subtypes": "quantity", "e_commerce": "yes"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its number in words, its length as a share of the longest; silent ones are hatched."""

    label: str
    text: str
    length: float
    is_silent: bool


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """One month: cases, seizures and the cases of a year earlier as shares of the highest; who reported in time."""

    label: str
    cases: float
    seizures: float
    before: float
    reported: str
    reported_share: float
    in_time_share: float


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn beside a table: bars, or months."""

    bars: tuple[Bar, ...] = ()
    months: tuple[MonthColumn, ...] = ()
    highest: str = ""
    legend: tuple[str, ...] = ()


def draw_section(answer: Answer, language: str) -> Chart | None:
    """Draw an answer that has one kind of member, or the months; None for what is better read as a table."""
    if answer.question == "cases_by_month":
        return _draw_months(answer, language)
    names = [column.name for column in answer.columns]
    members = [column for column in answer.columns if column.kind not in NUMBERS and column.kind != "text"]
    drawn = _DRAWN.get(answer.question, "seizures")
    if drawn not in names or len(members) != 1 or answer.columns[0].kind not in _MEMBERS or len(answer.rows) < 2:
        return None
    place, column = names.index(drawn), answer.columns[0]
    measured = [row for row in answer.rows if row[place] and row[place] != COVERED]
    longest_first = sorted(measured, key=lambda row: row[place], reverse=True)
    longest = longest_first[0][place] if longest_first else 0
    bars = [
        Bar(
            write_value(column, row[0], language),
            write_value(answer.columns[place], row[place], language),
            float(row[place] / longest),
            is_silent(row[0]),
        )
        for row in longest_first[:MOST_BARS]
    ]
    if not bars:
        return None
    return Chart(bars=tuple(bars), legend=(_drawn_words(answer, place, language),))


def _drawn_words(answer: Answer, place: int, language: str) -> str:
    """Write what the bars stand for, with the unit that all of them have."""
    units = {
        write_value(found, row[at], language)
        for at, found in enumerate(answer.columns)
        for row in answer.rows
        if found.name == "unit" and row[at]
    }
    column = answer.columns[place]
    is_measured = column.kind == "quantity" and len(units) == 1
    return f"{column.label}: {units.pop()}" if is_measured else str(column.label)


def _draw_months(answer: Answer, language: str) -> Chart | None:
    rows = [row for row in answer.rows if row[0] is not None]
    highest = max((_height(value) for row in rows for value in row[1:4]), default=0)
    if not highest:
        return None
    columns = answer.columns
    months = [
        MonthColumn(
            write_value(columns[0], row[0], language),
            _height(row[1]) / highest,
            _height(row[2]) / highest,
            _height(row[3]) / highest,
            _("%(count)s of %(all)s") % {"count": row[4], "all": row[5]},
            row[4] / row[5] if row[5] else 0,
            row[6] / row[5] if row[5] else 0,
        )
        for row in rows
    ]
    legend = tuple(str(columns[at].label) for at in (1, 2, 3, 4, 6))
    return Chart(months=tuple(months), highest=write_value(columns[1], highest, language), legend=legend)


def _height(value: Any) -> float:
    """Return what a column is drawn to; what is covered has no height."""
    return 0 if value == COVERED else value


def shade_cells(answer: Answer) -> tuple[tuple[int, ...], ...]:
    """Return the step of every cell of a grid, by its share of the largest."""
    if not answer.details.get("across"):
        return ()
    cells: dict[Any, Any] = {row[:2]: row[2] for row in answer.rows}
    largest = max((value for value in cells.values() if isinstance(value, int | float)), default=0)
    return tuple(
        tuple(_step(cells.get((down, across)), largest) for across in answer.details["columns"])
        for down in answer.details["rows"]
    )


def _step(value: Any, largest: float) -> int:
    if not isinstance(value, int | float) or not value or not largest:
        return 0
    return max(1, round(STEPS * float(value) / largest))
