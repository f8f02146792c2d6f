"""Region by section."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column
from opencen.analysis.grids import answer_grid
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question


@question
class RegionBySection(Question):
    """Seizures by region of the reporting country and section of goods, each seizure in one cell."""

    name = "region_by_section"
    title = _("Region by section")
    base = "seizures"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a cell."""
        return answer_grid(reader, self, "region", "section", Column("seizures", _("Seizures"), "count"))
