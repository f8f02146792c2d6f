"""Cases and seizures by section of goods."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note, member_column
from opencen.analysis.facts.columns import SEVERAL_SECTIONS
from opencen.analysis.measures.base import has_mark
from opencen.analysis.measures.comparison import Change, compare_years, is_comparable
from opencen.analysis.measures.members import link_to, order_by_value
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.tables import ibis
from opencen.analysis.question import Parameters, Question, question

MEASURED = ("cases", "seizures")


@question
class CasesBySection(Question):
    """Cases and seizures by section; a case with goods of several sections stands in each, the total counts it once."""

    name = "cases_by_section"
    title = _("By section")
    base = "cases"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a section, with the change on the year before over offices that reported in both."""
        found = order_by_value(reader.tabulate(("section",), MEASURED), 1)
        notes = [Note("cases.several_sections", {"count": self._count_several(reader)})]
        changes: dict[str | None, Change] = {}
        total: Change | None = None
        if is_comparable(reader.selection):
            comparison = compare_years(reader)
            changes, total = comparison.changes("section", "seizures", MEASURED), comparison.total("seizures")
            notes.append(Note("comparison.offices", {"count": len(comparison.offices)}))
        rows = [(*row, changes[row[0]].share if row[0] in changes else None) for row in found]
        cases, seizures = reader.tabulate((), MEASURED)[0]
        return Answer(
            self.name,
            self.base,
            (
                member_column("section"),
                Column("cases", _("Cases"), "count"),
                Column("seizures", _("Seizures"), "count"),
                Column("change", _("Seizures on the year before"), "change"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"cases": cases, "seizures": seizures, "change": total.share if total else None},
            notes=tuple(notes),
            links=tuple(link_to("commodity", row[0]) for row in rows),
        )

    def _count_several(self, reader: Reader) -> int:
        """Count the events that hold goods of more than one section."""
        table = reader.cases
        is_alone = ~table.is_linked if reader.snapshot.links else ibis.literal(True)
        count = reader.fetch(table.agg(several=table.count(where=is_alone & has_mark(table, SEVERAL_SECTIONS))))[0][0]
        if not reader.snapshot.links:
            return int(count)
        events = table.filter(table.is_linked).group_by("event_id").agg(sections=table.section.nunique())
        return int(count + reader.fetch(events.filter(events.sections > 1).count().as_table())[0][0])
