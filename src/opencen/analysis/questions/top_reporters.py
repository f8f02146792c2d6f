"""Top reporters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.changes import compare_members
from opencen.analysis.grids import link_cell, plain_member
from opencen.analysis.measures.members import order_by_value
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question, read_choice


@question
class TopReporters(Question):
    """Cases and seizures by who reported them, the most seizures first; the change only where both years reported."""

    name = "top_reporters"
    title = _("Top reporters")
    base = "seizures"
    parameters = ("by",)
    choices = {"by": ("office", "country")}

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row an office or a country."""
        by = read_choice(self, parameters, "by")
        found = order_by_value(reader.tabulate((by,), ("cases", "seizures")), 2)
        changes, total, notes = compare_members(reader, by, "seizures", ("cases", "seizures"))
        cases, seizures = reader.tabulate((), ("cases", "seizures"))[0]
        return Answer(
            self.name,
            self.base,
            (
                member_column(by),
                Column("cases", _("Cases"), "count"),
                Column("seizures", _("Seizures"), "count"),
                Column("change", _("Seizures on the year before"), "change"),
            ),
            tuple((plain_member(by, row[0]), *row[1:], changes.get(row[0])) for row in found),
            reader.snapshot.as_of,
            totals={"cases": cases, "seizures": seizures, "change": total},
            notes=notes,
            links=tuple(link_cell({by: row[0]}) for row in found),
        )
