"""Goods against location, means of transport, concealment, e-commerce or region."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column
from opencen.analysis.grids import answer_grid
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question, read_choice


@question
class GoodsBy(Question):
    """Seizures by flow of goods against one further answer of the case, each seizure in one cell."""

    name = "goods_by"
    title = _("Goods by location, transport, concealment, e-commerce or region")
    base = "seizures"
    parameters = ("by",)
    choices = {"by": ("location_type", "mode", "concealment", "e_commerce", "region")}

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a cell."""
        by = read_choice(self, parameters, "by")
        return answer_grid(reader, self, "flow", by, Column("seizures", _("Seizures"), "count"))
