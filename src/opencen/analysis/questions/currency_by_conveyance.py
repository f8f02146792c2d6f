"""Money by currency, means of transport and direction."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.measures.members import order_by_value
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question


@question
class CurrencyByConveyance(Question):
    """Seizures of money by currency, means of transport and direction; amounts are added within one currency only."""

    name = "currency_by_conveyance"
    title = _("Currency by means of transport and direction")
    base = "seizures"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a currency, means of transport and direction, the most seizures first."""
        names = ("currency", "mode", "direction")
        table = reader.cases.filter(reader.cases.family == "value")
        found = reader.tabulate_rows(table, names, ("seizures", "sum"))
        rows = order_by_value([row for row in found if row[3]], 3)
        return Answer(
            self.name,
            self.base,
            (
                *(member_column(name) for name in names),
                Column("seizures", _("Seizures"), "count"),
                Column("sum", _("Sum"), "quantity"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"seizures": sum(row[3] for row in rows)},
            links=tuple(None for _row in rows),
        )
