"""Cases and seizures by region."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.changes import compare_members
from opencen.analysis.measures.members import order_by_value
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question


@question
class CasesByRegion(Question):
    """Cases and seizures by region of the reporting country, with how many countries reported."""

    name = "cases_by_region"
    title = _("Cases and seizures by region")
    base = "cases"
    free = ("countries",)

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a region, with the change on the year before."""
        found = order_by_value(reader.tabulate(("region",), ("cases", "seizures")), 1)
        countries: dict[Any, int] = {}
        for region, _country, _cases in reader.tabulate(("region", "country"), ("cases",)):
            countries[region] = countries.get(region, 0) + 1
        changes, total, notes = compare_members(reader, "region", "seizures", ("cases", "seizures"))
        cases, seizures = reader.tabulate((), ("cases", "seizures"))[0]
        return Answer(
            self.name,
            self.base,
            (
                member_column("region"),
                Column("cases", _("Cases"), "count"),
                Column("seizures", _("Seizures"), "count"),
                Column("countries", _("Reporting countries"), "count"),
                Column("change", _("Seizures on the year before"), "change"),
            ),
            tuple((*row, countries.get(row[0], 0), changes.get(row[0])) for row in found),
            reader.snapshot.as_of,
            totals={"cases": cases, "seizures": seizures, "change": total},
            notes=notes,
            links=tuple(None for _row in found),
        )
