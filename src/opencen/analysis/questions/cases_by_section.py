"""Cases and seizures by section of goods."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note, member_column
from opencen.analysis.measures.comparison import Change, compare_years, is_comparable
from opencen.analysis.measures.members import link_to, order_by_value
from opencen.analysis.measures.reader import Reader, count_events, held_table
from opencen.analysis.measures.tables import Table, ibis
from opencen.analysis.question import Parameters, Question, question


@question
class CasesBySection(Question):
    """Cases and seizures by section; a case with goods of several sections stands in each, the total counts it once."""

    name = "cases_by_section"
    title = _("By section")
    base = "cases"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a section, with the change on the year before over offices that reported in both."""
        each = self._list_sections(reader)
        table = held_table(each, "sections")
        counted = table.group_by("section").agg(cases=count_events(reader, table), seizures=table.lines.sum())
        found = order_by_value(reader.fetch(counted, sections=each), 1)
        notes = [Note("cases.several_sections", {"count": self._count_several(reader, each)})]
        changes: dict[str | None, Change] = {}
        total: Change | None = None
        if is_comparable(reader.selection):
            comparison = compare_years(reader)
            changes, total = comparison.changes("section", "seizures"), comparison.total("seizures")
            notes.append(Note("comparison.offices", {"count": len(comparison.offices)}))
        rows = [(*row, changes[row[0]].share if row[0] in changes else None) for row in found]
        cases, seizures = reader.tabulate((), ("cases", "seizures"))[0]
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

    def _list_sections(self, reader: Reader) -> Table:
        """Return one row for every section of a case, with its lines, and how many sections the case has."""
        each = reader.cases.group_by("record_id", "section").agg(lines=reader.cases.line_id.count())
        return each.mutate(
            kinds=each.section.count().over(group_by="record_id"),
            place=ibis.row_number().over(group_by="record_id", order_by="section"),
        )

    def _count_several(self, reader: Reader, each: Table) -> int:
        """Count the events that hold goods of more than one section."""
        table = held_table(each, "sections")
        if not reader.snapshot.links:
            counted = table.agg(several=table.count(where=(table.place == 0) & (table.kinds > 1)))
            return int(reader.fetch(counted, sections=each)[0][0])
        events = table.group_by("event_id").agg(sections=table.section.nunique())
        return int(reader.fetch(events.filter(events.sections > 1).count().as_table(), sections=each)[0][0])
