"""The operational panel: location, concealment, direction and detection."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Link
from opencen.analysis.covering import Layer, cases_by, weigh_rows
from opencen.analysis.measures.dimensions import dimension
from opencen.analysis.measures.members import link_to, order_by_value
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question

PANELS = ("location_type", "concealment", "direction", "detection_method")


@question
class OperationalPanel(Question):
    """Seizures of a section by location, concealment, direction and detection; each of the four adds up to the same."""

    name = "operational_panel"
    title = _("Operational panel")
    base = "seizures"
    parameters = ("section",)

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give the members of the four dimensions, one after the other."""
        narrow: Link = {}
        if section := parameters.get("section"):
            reader = reader.over(reader.selection.with_filter("commodity", section))
            narrow = {"commodity": (section,)}
        total = reader.total("seizures")
        rows: list[tuple[object, ...]] = []
        links: list[Link] = []
        for name in PANELS:
            counted = [row for row in reader.tabulate((name,), ("seizures",)) if row[1]]
            for member, count in order_by_value(counted, 1):
                rows.append((name, member, count, count / total if total else None))
                links.append({**narrow, **link_to(name, member)})
        return Answer(
            self.name,
            self.base,
            (
                Column("dimension", _("Dimension"), "text"),
                Column("member", _("Value"), "code"),
                Column("seizures", _("Seizures"), "count"),
                Column("share", _("Share"), "share"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"seizures": total},
            links=tuple(links),
            details={"dimensions": {name: dimension(name).label for name in PANELS}, "section": section or ""},
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh each member by its cases; each of the four adds up for itself."""
        if section := parameters.get("section"):
            reader = reader.over(reader.selection.with_filter("commodity", section))
        counted = {name: cases_by(reader, (name,)) for name in PANELS}
        cells = [(row[1], row[0]) for row in answer.rows]
        counts = [counted[row[0]].get((row[1],), 0) for row in answer.rows]
        return [weigh_rows(answer, counts, [2, 3], cells)]
