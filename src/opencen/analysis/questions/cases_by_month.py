"""Cases and seizures by month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Link, Note, member_column
from opencen.analysis.covering import Layer, weigh_columns, weigh_rows
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.reporting import Reporting, is_open, read_reporting
from opencen.analysis.measures.selection import EMPTY, add_months, write_month
from opencen.analysis.question import Parameters, Question, question


@question
class CasesByMonth(Question):
    """Cases (each event once) and seizures by month beside last year's cases, and how many offices reported in time."""

    name = "cases_by_month"
    title = _("Cases and seizures by month")
    base = "cases"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a month of the period, and one for what was dated by its year alone."""
        chosen = reader.selection
        found = {row[0]: row[1:] for row in reader.tabulate(("month",), ("cases", "seizures"))}
        months = chosen.months() or sorted(month for month in found if month)
        reporting = read_reporting(reader, months)
        last = dict(reader.over(chosen.years_earlier()).tabulate(("month",), ("cases",)))
        rows = [
            (
                month,
                *found.get(month, (0, 0)),
                last.get(add_months(month, -12), 0),
                reporting.reported(month),
                reporting.expected(month),
                reporting.in_time(month),
            )
            for month in months
        ]
        links: list[Link | None] = [{"month": (write_month(month),)} for month in months]
        if None in found:
            rows.append((None, *found[None], last.get(None, 0), 0, 0, 0))
            links.append({"month": (EMPTY,)})
        cases, seizures = reader.tabulate((), ("cases", "seizures"))[0]
        return Answer(
            self.name,
            self.base,
            (
                member_column("month"),
                Column("cases", _("Cases"), "count"),
                Column("seizures", _("Seizures"), "count"),
                Column("cases_last_year", _("Cases a year earlier"), "count"),
                Column("reported", _("Offices that reported"), "count"),
                Column("expected", _("Offices"), "count"),
                Column("in_time", _("Offices in time"), "count"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"cases": cases, "seizures": seizures},
            notes=tuple(gap_notes(reader, reporting, months)),
            links=tuple(links),
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh each month by its cases, and the cases of a year earlier by themselves."""
        months = weigh_rows(answer, [row[1] for row in answer.rows], [1, 2])
        return [months, *weigh_columns(answer, ("cases_last_year",))]


def gap_notes(reader: Reader, reporting: Reporting, months: Iterable[date]) -> list[Note]:
    """Say of the month with the widest gap how the offices that did report stand against a year earlier."""
    gaps = {
        month: reporting.expected(month) - reporting.reported(month)
        for month in months
        if reporting.reported(month) and not is_open(month)
    }
    worst = max(gaps, key=lambda month: (gaps[month], month), default=None)
    if worst is None or not gaps[worst]:
        return []
    offices = reporting.offices_in(worst)
    counts = []
    earlier = reader.over(reader.selection.years_earlier())
    for over, month in ((reader, worst), (earlier, add_months(worst, -12))):
        table = over.cases.filter(over.is_office(over.cases, offices), over.cases.month == month)
        counts.append(over.tabulate_rows(table, (), ("cases",))[0][0])
    data = {"month": worst, "missing": gaps[worst], "reported": len(offices), "now": counts[0], "before": counts[1]}
    return [Note("reporting.gap", data)]
