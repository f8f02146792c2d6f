"""Top departures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.changes import compare_members
from opencen.analysis.measures.members import link_to, order_by_value
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question


@question
class Departures(Question):
    """Cases and seizures by the country where the goods left; a transit is no departure."""

    name = "departures"
    title = _("Top departures")
    base = "seizures"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a country, with the change on the year before."""
        rows = order_by_value(reader.tabulate(("departure",), ("cases", "seizures")), 2)
        changes, total, notes = compare_members(reader, "departure", "seizures", ("cases", "seizures"))
        cases, seizures = reader.tabulate((), ("cases", "seizures"))[0]
        return Answer(
            self.name,
            self.base,
            (
                member_column("departure"),
                Column("cases", _("Cases"), "count"),
                Column("seizures", _("Seizures"), "count"),
                Column("change", _("Seizures on the year before"), "change"),
            ),
            tuple((*row, changes.get(row[0])) for row in rows),
            reader.snapshot.as_of,
            totals={"cases": cases, "seizures": seizures, "change": total},
            notes=notes,
            links=tuple(link_to("departure", row[0]) for row in rows),
        )
