"""Completeness, timeliness and unknown answers of every office."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column
from opencen.analysis.grids import link_cell
from opencen.analysis.measures.base import median_days
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.reporting import count_standings, read_reporting, reporting_months
from opencen.analysis.question import Parameters, Question, question


@question
class OfficeStanding(Question):
    """For every office: months reported, months in time, days to validate, and the share of unknown answers."""

    name = "office_standing"
    title = _("Completeness, timeliness and unknown answers by office")
    base = "offices"
    free = ("complete", "in_time")

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row an office, the least complete first."""
        months = reporting_months(reader)
        reporting = read_reporting(reader, months)
        table = reader.cases
        days = median_days(table.seconds_to_validate, table.is_first)
        parts = {"cases": reader.count_cases(table, table.is_first), "days": days, "unknown": table.silent.sum()}
        parts["answers"] = table.given.sum()
        found = {row[0]: row[1:] for row in reader.fetch(table.group_by("office_id").agg(**parts))}
        rows = []
        for office in reporting.offices:
            standing = count_standings(reporting.standings(office.id, months))
            due = standing["due"]
            cases, taken, silent, given = found.get(office.id, (0, None, 0, 0))
            rows.append(
                (
                    office.code,
                    cases,
                    _of(standing["reported"], due),
                    _of(standing["in_time"], due),
                    taken,
                    _of(silent, given),
                    office,
                )
            )
        rows.sort(key=lambda row: (row[2] if row[2] is not None else 2, row[3] or 0, row[6].path))
        return Answer(
            self.name,
            self.base,
            (
                Column("office", _("Office"), "office"),
                Column("cases", _("Cases"), "count"),
                Column("complete", _("Months reported"), "share"),
                Column("in_time", _("Months in time"), "share"),
                Column("days", _("Days to validate, median"), "days"),
                Column("unknown", _("Unknown answers"), "share"),
            ),
            tuple(row[:6] for row in rows),
            reader.snapshot.as_of,
            totals={},
            links=tuple(link_cell({"office": row[6].id}) for row in rows),
        )


def _of(part: Any, whole: Any) -> float | None:
    return min(1.0, part / whole) if whole else None
