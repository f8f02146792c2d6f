"""Answers in words: one cell as it is read in a report, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opencen.analysis.answers import Answer, Column
from opencen.analysis.covering import NUMBERS
from opencen.analysis.labels import label_member
from opencen.analysis.measures.dimensions import dimension
from opencen.analysis.measures.protection import COVERED, LEAST
from opencen.analysis.measures.selection import write_month
from opencen.kernel.languages import comma
from opencen.records.texts import write_date, write_decimal

BASES = {
    "cases": gettext_lazy("Cases: each event once, however many kinds of goods it holds."),
    "seizures": gettext_lazy("Seizures: lines of contraband; they add up."),
    "controls": gettext_lazy("Checks: completed checks without a find, and the cases themselves."),
    "value": gettext_lazy("Money: in the country's own currency, foreign sums by the rate stated with them."),
    "quantity": gettext_lazy("Quantities: added within one kind of unit only."),
    "offices": gettext_lazy("Offices: who reported for which month, and when."),
}
STANDINGS = {
    "in_time": gettext_lazy("in time"),
    "late": gettext_lazy("late"),
    "missing": gettext_lazy("not reported"),
    "begun": gettext_lazy("reported, month still open"),
    "open": gettext_lazy("not due yet"),
}
# Of who reported, what is counted over all offices and months.
COUNTED_MONTHS = {
    "due": gettext_lazy("months of offices that are over"),
    "reported": gettext_lazy("reported"),
    "open": gettext_lazy("still open, not counted"),
}
FIGURES = {
    "cases": gettext_lazy("Cases"),
    "seizures": gettext_lazy("Seizures"),
    "checks": gettext_lazy("Checks"),
    "hit_rate": gettext_lazy("Hit rate"),
    "completeness": gettext_lazy("Completeness"),
    "days_to_enter": gettext_lazy("Days to enter, median"),
    "days_to_validate": gettext_lazy("Days to validate, median"),
    "unknown_share": gettext_lazy("Unknown answers"),
}
# Columns of texts that are codes, with words of their own.
WORDED = frozenset({"figure", "standing", "dimension"})
# More rows than these are counted, not named, where it is said what is covered.
MOST_NAMED = 8
SHARES = frozenset({"hit_rate", "unknown_share", "completeness"})


def write_value(column: Column, value: Any, language: str) -> str:
    """Write one cell; what is not there is a dash, and a change upon few is said so."""
    if column.kind not in NUMBERS:
        if column.kind == "month" and value is not None:
            return write_date(value if isinstance(value, str) else write_month(value), language)
        if column.name == "quarter" and value is not None:
            year, _separator, quarter = str(value).partition("-Q")
            return _("Q%(quarter)s %(year)s") % {"quarter": quarter, "year": year}
        words = {"standing": STANDINGS, "figure": FIGURES}.get(column.name, {})
        return str(words[value]) if value in words else label_member(column, value, language)
    if isinstance(value, str):
        return value
    if value is None:
        return _("few") if column.kind == "change" else "–"
    if column.kind in ("share", "change"):
        return write_share(value, language, signed=column.kind == "change")
    number = round(Decimal(str(value)), 2)
    is_whole = number == number.to_integral_value()
    return write_decimal(number.to_integral_value() if is_whole else number, language)


def write_share(value: Any, language: str, *, signed: bool = False) -> str:
    """Write a share as a percentage to one decimal, with its sign where it is a change."""
    number = round(Decimal(str(value)) * 100, 1)
    sign = "+" if signed and number > 0 else "−" if number < 0 else ""
    run = "\u200e" if sign and language.startswith("ar") else ""  # keeps the sign before its number
    return f"{run}{sign}{write_decimal(abs(number), language)} %"


def covered_text(answer: Answer, language: str, shown: int | None = None) -> str:
    """Say which rows hold covered numbers and why; which of them is the small one is not told.

    Where only the first rows are shown the others are counted; where none of those is covered nothing is said.
    """
    names = _covered_names(answer, language)
    is_grid = bool(answer.details.get("across"))
    is_one = len(names) == 1 and not is_grid
    named = MOST_NAMED
    if shown is not None and not is_grid:
        named = min(named, len({place for place, _column in answer.details["covered_spots"] if place < shown}))
    if not named:
        return ""
    more = len(names) - named
    said = comma(language).join(names[:named])
    if more > 0:
        said = _("%(names)s and %(count)s more") % {"names": said, "count": write_decimal(Decimal(more), language)}
    text = (
        _(
            "%(mark)s stands for numbers that are not given away, here of: %(names)s. "
            "They rest on fewer than %(least)s cases."
        )
        if is_one
        else _(
            "%(mark)s stands for numbers that are not given away, here of: %(names)s. "
            "At least one of them rests on fewer than %(least)s cases; the others are covered with it, "
            "because the total less the numbers shown would tell it."
        )
    )
    return text % {"mark": COVERED, "names": said, "least": LEAST}


def _covered_names(answer: Answer, language: str) -> list[str]:
    """Return the names of the rows in which something is covered, each once, and "All" for totals."""
    parts = 2 if answer.columns[0].name == "dimension" else 1
    spots = answer.details.get("covered_spots", ())
    rows = [answer.rows[place] for place in sorted({place for place, _column in spots})]
    names = [": ".join(write_row(answer, row, language)[:parts]) for row in rows]
    sums = (*answer.details.get("row_totals", ()), *answer.details.get("column_totals", ()), *answer.totals.values())
    if any(value == COVERED for value in sums if isinstance(value, str)):
        names.append(_("All"))
    return list(dict.fromkeys(names))


def reported_text(totals: Mapping[str, Any], language: str) -> str:
    """Say how many months of offices were reported, of those that are over; what is open is counted apart."""
    text = _("Reported: %(reported)s of %(due)s months of offices that are over, %(in_time)s in time.")
    more = _("Still open and not counted: %(open)s.")
    said = {name: write_decimal(Decimal(totals[name]), language) for name in ("reported", "due", "in_time", "open")}
    return f"{text % said} {more % said}" if totals["open"] else text % said


def write_row(answer: Answer, row: tuple[Any, ...], language: str) -> list[str]:
    """Write one row of an answer; of key figures, shares as shares."""
    columns = answer.columns
    if columns[0].name == "dimension":
        found = dimension(str(row[0]))
        member = label_member(Column(found.name, found.label, found.kind, found.codelist), row[1], language)
        rest = zip(columns[2:], row[2:], strict=True)
        return [str(found.label), member, *(write_value(column, value, language) for column, value in rest)]
    if columns[0].name == "figure" and row[0] in SHARES:
        columns = (columns[0], *(Column(column.name, column.label, "share") for column in columns[1:]))
    return [write_value(column, value, language) for column, value in zip(columns, row, strict=True)]
