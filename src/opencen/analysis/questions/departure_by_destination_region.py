"""Departure region by destination region."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column
from opencen.analysis.grids import answer_grid
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question


@question
class RegionsOfRoutes(Question):
    """Seizures by the regions where the goods left and where they were bound; the unknown stand in their own rows."""

    name = "departure_by_destination_region"
    title = _("Departure region by destination region")
    base = "seizures"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a cell."""
        return answer_grid(
            reader, self, "departure_region", "destination_region", Column("seizures", _("Seizures"), "count")
        )
