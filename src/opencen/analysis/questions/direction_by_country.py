"""Direction by reporting country."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column
from opencen.analysis.grids import answer_grid
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question


@question
class DirectionByCountry(Question):
    """Seizures by reporting country and direction of the goods."""

    name = "direction_by_country"
    title = _("Direction by reporting country")
    base = "seizures"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a cell."""
        return answer_grid(reader, self, "country", "direction", Column("seizures", _("Seizures"), "count"))
