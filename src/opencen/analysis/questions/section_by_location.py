"""Section by location."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.measures.members import lay_out, link_to
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question


@question
class SectionByLocation(Question):
    """Seizures by section of goods and type of location, each seizure in one cell."""

    name = "section_by_location"
    title = _("Section by location")
    base = "seizures"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a cell, zeros among them."""
        counted = [row for row in reader.tabulate(("section", "location_type"), ("seizures",)) if row[2]]
        down, across, cells = lay_out(counted)
        pairs = [(section, location) for section in down for location in across]
        return Answer(
            self.name,
            self.base,
            (member_column("section"), member_column("location_type"), Column("seizures", _("Seizures"), "count")),
            tuple((*pair, cells.get(pair, 0)) for pair in pairs),
            reader.snapshot.as_of,
            totals={"seizures": sum(cells.values())},
            links=tuple({**link_to("commodity", pair[0]), **link_to("location_type", pair[1])} for pair in pairs),
            details={"rows": down, "columns": across, "down": "section", "across": "location_type"},
        )
