"""The national illicit trade report: the figures of the screen in one fixed order, for paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opencen.analysis.answers import Answer
from opencen.analysis.covering import NUMBERS
from opencen.analysis.measures.selection import Selection, write_month
from opencen.analysis.paper_charts import Chart, draw_section, shade_cells
from opencen.analysis.queries import Figures, find_question
from opencen.analysis.wording import BASES, covered_text, reported_text, write_row, write_value
from opencen.records.texts import write_date, write_moment

# The order of the WCO's report; each figure with what it is asked with.
FIGURES: tuple[tuple[str, dict[str, str]], ...] = (
    ("tiles", {}),
    ("cases_by_month", {}),
    ("cases_by_section", {}),
    ("cases_by_region", {}),
    ("top_reporters", {"by": "office"}),
    ("e_commerce", {"by": "section"}),
    ("subtypes", {"family": "mass"}),
    ("subtypes", {"family": "count"}),
    ("operational_panel", {}),
    ("conveyance_by_direction", {}),
    ("goods_by", {"by": "location_type"}),
    ("goods_by", {"by": "concealment"}),
    ("currency_by_conveyance", {}),
    ("departures", {}),
    ("corridors", {}),
    ("route_legs", {}),
    ("cites_appendix", {}),
    ("office_standing", {}),
)
MOST_ROWS = 25


@dataclass(frozen=True, slots=True)
class Section:
    """One figure as it is read: its words, and how many rows were left out."""

    name: str
    title: str
    counts: str
    head: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: str
    chart: Chart | None = None
    # How much each cell of a grid holds, in steps of 0 to 5; empty where it is no grid.
    shades: tuple[tuple[int, ...], ...] = ()

    @property
    def marked_head(self) -> list[tuple[str, bool]]:
        """Return the heads, each with whether numbers stand under it."""
        return list(zip(self.head, self.numbers, strict=True))

    @property
    def marked_rows(self) -> list[list[tuple[str, bool]]]:
        """Return the cells, each with whether it is a number."""
        return [list(zip(row, self.numbers, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language, with when it was counted and over what."""

    title: str
    period: str
    as_of: str
    sections: tuple[Section, ...]


def make_report(figures: Figures, chosen: Selection, language: str, only: tuple[str, ...] = ()) -> Report:
    """Answer every figure of the report for one reader in one language, small cells covered: it is given away."""
    with translation.override(language):
        sections = []
        for name, parameters in FIGURES:
            if not only or name in only:
                answer = figures.ask_covered(name, chosen, parameters)
                sections.append(write_section(answer, language, _variant(parameters)))
        return Report(
            _("National illicit trade report"),
            write_period(chosen, language),
            write_moment(figures.as_of, language, figures.actor.time_zone),
            tuple(sections),
        )


def write_period(chosen: Selection, language: str) -> str:
    """Write the period of a selection as months."""
    if chosen.since is None or chosen.until is None:
        return _("All time")
    first, last = (write_date(write_month(month), language) for month in (chosen.since, chosen.until))
    return f"{first} – {last}"


def write_section(answer: Answer, language: str, variant: str = "") -> Section:
    """Write one answer, its grid as a grid, the longest lists cut with a word about it."""
    question = find_question(answer.question)
    name = _("Goods") if answer.question == "goods_by" else str(question.title)
    title = f"{name}: {variant}" if variant else name
    head, numbers, rows = _grid(answer, language) if answer.details.get("across") else _list(answer, language)
    whole = rows[-1:] if answer.details.get("row_totals") else []
    rows = rows[: len(rows) - len(whole)]
    more = len(rows) - MOST_ROWS
    left = ngettext("%(count)s further row is left out.", "%(count)s further rows are left out.", max(more, 1))
    words = [left % {"count": more}] if more > 0 else []
    if answer.details.get("covered"):
        words.append(covered_text(answer, language, MOST_ROWS))
    if answer.question == "reporting_by_office_month":
        words.insert(0, reported_text(answer.totals, language))
    return Section(
        answer.question,
        title,
        str(BASES[answer.base]),
        tuple(head),
        tuple(numbers),
        tuple(tuple(row) for row in [*rows[:MOST_ROWS], *whole]),
        " ".join(word for word in words if word),
        draw_section(answer, language),
        shade_cells(answer)[:MOST_ROWS],
    )


def _list(answer: Answer, language: str) -> tuple[list[str], list[bool], list[list[str]]]:
    head = [str(column.label) for column in answer.columns]
    numbers = [column.kind in NUMBERS for column in answer.columns]
    return head, numbers, [write_row(answer, row, language) for row in answer.rows]


def _grid(answer: Answer, language: str) -> tuple[list[str], list[bool], list[list[str]]]:
    """Write a grid, with its totals as the last column and row where they are counted."""
    down, across, value = answer.columns
    cells = {row[:2]: row[2] for row in answer.rows}
    columns = answer.details["columns"]
    head = [str(down.label), *(write_value(across, member, language) for member in columns)]
    rows = [
        [
            write_value(down, member, language),
            *(write_value(value, cells.get((member, other)), language) for other in columns),
        ]
        for member in answer.details["rows"]
    ]
    if answer.details.get("row_totals"):
        head.append(_("All"))
        for row, total in zip(rows, answer.details["row_totals"], strict=True):
            row.append(write_value(value, total, language))
        last = [*answer.details["column_totals"], answer.totals[value.name]]
        rows.append([_("All"), *(write_value(value, total, language) for total in last)])
    return head, [False, *(True for _column in head[1:])], rows


def _variant(parameters: dict[str, str]) -> str:
    words = {
        "mass": _("by weight"),
        "count": _("by number"),
        "location_type": _("Location"),
        "concealment": _("Concealment"),
    }
    return next((words[value] for value in parameters.values() if value in words), "")
