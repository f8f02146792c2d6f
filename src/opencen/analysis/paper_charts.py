"""Charts of the report as the press draws them: bars with their lengths, columns by month with who reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from opencen.analysis.answers import Answer
from opencen.analysis.covering import NUMBERS
from opencen.analysis.measures.members import is_silent
from opencen.analysis.measures.protection import COVERED
from opencen.analysis.measures.reporting import is_open
from opencen.analysis.wording import STANDINGS, write_row, write_value

MOST_BARS = 12
MOST_PANEL_BARS = 8
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
    is_open: bool = False
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Bars under a title of their own: one side of the operational panel."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn beside a table: bars, several groups of them, or months; `marks` names hatching and pattern."""

    bars: tuple[Bar, ...] = ()
    groups: tuple[BarGroup, ...] = ()
    months: tuple[MonthColumn, ...] = ()
    highest: str = ""
    legend: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)


def draw_section(answer: Answer, language: str) -> Chart | None:
    """Draw an answer that has one kind of member, or the months; None for what is better read as a table."""
    if answer.question == "cases_by_month":
        return _draw_months(answer, language)
    if answer.question == "operational_panel":
        return _draw_panel(answer, language)
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
        _make_bar(
            write_value(column, row[0], language),
            write_value(answer.columns[place], row[place], language),
            row[place] / longest,
            row[0],
        )
        for row in longest_first[:MOST_BARS]
    ]
    if not bars:
        return None
    return Chart(bars=tuple(bars), legend=(_drawn_words(answer, place, language),))


def _make_bar(label: str, text: str, length: Any, member: Any) -> Bar:
    return Bar(label, text, float(length), is_silent(member))


def _draw_panel(answer: Answer, language: str) -> Chart | None:
    """Draw the operational panel as on the screen: four groups of bars, all to one scale."""
    longest = max((row[2] for row in answer.rows if row[2] != COVERED), default=0)
    groups: dict[str, list[Bar]] = {}
    for row in answer.rows:
        title, label, count, share = write_row(answer, row, language)
        length = 0 if row[2] == COVERED or not longest else row[2] / longest
        text = count if row[2] == COVERED else f"{count} · {share}"
        groups.setdefault(title, []).append(_make_bar(label, text, length, row[1]))
    if not groups:
        return None
    made = tuple(BarGroup(title, tuple(bars[:MOST_PANEL_BARS])) for title, bars in groups.items())
    return Chart(groups=made, legend=(str(answer.columns[2].label),))


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
            is_open(row[0]),
            COVERED in row[1:4],
        )
        for row in rows
    ]
    legend = tuple(str(columns[at].label) for at in (1, 2, 3, 4, 6))
    marks = {"missing": str(STANDINGS["missing"])}
    if any(month.is_open for month in months):
        marks["open"] = _("month still open")
    if any(month.is_covered for month in months):
        marks["covered"] = _("covered")
    highest_words = write_value(columns[1], highest, language)
    return Chart(months=tuple(months), highest=highest_words, legend=legend, marks=marks)


def _height(value: Any) -> float:
    """Return what a column is drawn to; what is covered has no height."""
    return 0 if value == COVERED else value


def shade_cells(answer: Answer) -> tuple[tuple[int, ...], ...]:
    """Return the step of every cell of a grid, by its share of the largest."""
    if not answer.details.get("across"):
        return ()
    cells: dict[Any, Any] = {row[:2]: row[2] for row in answer.rows}
    largest = max((value for value in cells.values() if isinstance(value, int | float)), default=0)
    beside = (0,) if answer.details.get("row_totals") else ()  # totals are not shaded
    return tuple(
        (*(_step(cells.get((down, across)), largest) for across in answer.details["columns"]), *beside)
        for down in answer.details["rows"]
    )


def _step(value: Any, largest: float) -> int:
    if not isinstance(value, int | float) or not value or not largest:
        return 0
    return max(1, round(STEPS * float(value) / largest))
