"""Money by currency, means of transport and direction."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.covering import Layer, weigh_rows
from opencen.analysis.measures.members import order_by_value
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question

NAMES = ("currency", "mode", "direction")


@question
class CurrencyByConveyance(Question):
    """Seizures of money by currency, means of transport and direction; amounts are added within one currency only."""

    name = "currency_by_conveyance"
    title = _("Currency by means of transport and direction")
    base = "seizures"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a currency, means of transport and direction, the most seizures first."""
        table = reader.cases.filter(reader.cases.family == "value")
        found = reader.tabulate_rows(table, NAMES, ("seizures", "sum"))
        rows = order_by_value([row for row in found if row[3]], 3)
        return Answer(
            self.name,
            self.base,
            (
                *(member_column(name) for name in NAMES),
                Column("seizures", _("Seizures"), "count"),
                Column("sum", _("Sum"), "quantity"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"seizures": sum(row[3] for row in rows)},
            links=tuple(None for _row in rows),
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh each row by its cases with money."""
        table = reader.cases.filter(reader.cases.family == "value")
        counted = {row[:3]: row[3] for row in reader.tabulate_rows(table, NAMES, ("cases",))}
        return [weigh_rows(answer, [counted.get(row[:3], 0) for row in answer.rows], [3, 4])]
