"""Means of transport by direction."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column
from opencen.analysis.grids import answer_grid
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question


@question
class ConveyanceByDirection(Question):
    """Seizures by means of transport and direction of the goods."""

    name = "conveyance_by_direction"
    title = _("Means of transport by direction")
    base = "seizures"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a cell."""
        return answer_grid(reader, self, "mode", "direction", Column("seizures", _("Seizures"), "count"))
