"""Reporting by office and month."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.covering import Layer
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.reporting import DUE_DAY, count_standings, read_reporting, reporting_months
from opencen.analysis.measures.selection import write_month
from opencen.analysis.question import Parameters, Question, question

_WEIGHT = {"missing": 100, "late": 1, "in_time": 0, "begun": 0, "open": 0}


@question
class ReportingByOffice(Question):
    """For every office and month: in time, late (first record after the 15th of the next month), or not reported.

    Months that are not over yet are counted apart, as open.
    """

    name = "reporting_by_office_month"
    title = _("Reporting by office and month")
    base = "offices"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row an office and month, the offices with the widest gaps first."""
        months = reporting_months(reader)
        reporting = read_reporting(reader, months)
        standings = {office.code: reporting.standings(office.id, months) for office in reporting.offices}
        worst = sorted(
            reporting.offices,
            key=lambda office: (-sum(_WEIGHT[standing] for standing in standings[office.code]), office.path),
        )
        rows = [
            (office.code, month, standing)
            for office in worst
            for month, standing in zip(months, standings[office.code], strict=True)
        ]
        written = {month: (write_month(month),) for month in months}
        return Answer(
            self.name,
            self.base,
            (member_column("office"), member_column("month"), Column("standing", _("Reported"), "text")),
            tuple(rows),
            reader.snapshot.as_of,
            totals=count_standings(row[2] for row in rows),
            links=tuple({"office": (row[0],), "month": written[row[1]]} for row in rows),
            details={"offices": [office.code for office in worst], "months": months, "due_day": DUE_DAY},
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh nothing: who reported is not counted in cases."""
        return []
