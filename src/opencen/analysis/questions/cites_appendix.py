"""Species by CITES appendix."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.measures.members import is_silent
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question

FAUNA, FLORA = "environment.fauna", "environment.flora"


@question
class CitesAppendix(Question):
    """Seizures of fauna and flora by kind of goods and CITES appendix; a specimen without one stands as empty."""

    name = "cites_appendix"
    title = _("Fauna and flora by CITES appendix")
    base = "seizures"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a flow, kind of goods and appendix, with cases and seizures."""
        chosen = reader.selection
        table = reader.cases
        table = table.filter(table.flow.isin([FAUNA, FLORA]))
        names = ("flow", "commodity", "appendix")
        found = reader.over(chosen).tabulate_rows(table, names, ("cases", "seizures"))
        rows = sorted(found, key=lambda row: (row[0], row[1], is_silent(row[2]), str(row[2])))
        return Answer(
            self.name,
            self.base,
            (
                *(member_column(name) for name in names),
                Column("cases", _("Cases"), "count"),
                Column("seizures", _("Seizures"), "count"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"seizures": sum(row[4] for row in rows)},
            links=tuple(None for _row in rows),
        )
