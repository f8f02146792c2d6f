"""Sub-types of goods: how many seizures, how much, how much each."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.changes import compare_members
from opencen.analysis.covering import Layer, cases_by, weigh_rows
from opencen.analysis.measures.members import is_silent, link_to, order_by_value
from opencen.analysis.measures.quantities import cases_measured, quantities_by
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question, read_choice


@question
class Subtypes(Question):
    """Seizures and quantity by sub-type within one kind of unit, and the quantity of a seizure that was measured."""

    name = "subtypes"
    title = _("Sub-types and quantities")
    base = "quantity"
    parameters = ("family", "section")
    choices = {"family": ("mass", "count", "volume")}

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a sub-type, with the change of its seizures on the year before."""
        family = read_choice(self, parameters, "family")
        if section := parameters.get("section"):
            reader = reader.over(reader.selection.with_filter("commodity", section))
        found = [row for row in reader.tabulate(("commodity",), ("seizures",)) if row[1]]
        sums = {row[0]: row[1:] for row in quantities_by(reader, ("commodity",), family)}
        changes, total, notes = compare_members(reader, "commodity", "seizures")
        rows = [(*row, *_quantity(sums.get(row[0])), changes.get(row[0])) for row in order_by_value(found, 1)]
        return Answer(
            self.name,
            self.base,
            (
                member_column("commodity"),
                Column("seizures", _("Seizures"), "count"),
                Column("quantity", _("Quantity"), "quantity"),
                Column("unit", _("Unit"), "text", "unit"),
                Column("measured", _("Seizures measured so"), "count"),
                Column("each", _("Quantity of a seizure"), "quantity"),
                Column("change", _("Seizures on the year before"), "change"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"seizures": sum(row[1] for row in rows), "change": total},
            notes=notes,
            links=tuple(None if is_silent(row[0]) else link_to("commodity", row[0]) for row in rows),
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh seizures by their cases, and quantities by the cases that were measured so."""
        family = read_choice(self, parameters, "family")
        if section := parameters.get("section"):
            reader = reader.over(reader.selection.with_filter("commodity", section))
        counted, measured = cases_by(reader, ("commodity",)), cases_measured(reader, ("commodity",), family)
        seizures = weigh_rows(answer, [counted.get((row[0],), 0) for row in answer.rows], [1, 6])
        return [seizures, weigh_rows(answer, [measured.get((row[0],), 0) for row in answer.rows], [2, 4, 5])]


def _quantity(found: tuple[Any, ...] | None) -> tuple[Any, ...]:
    """Return quantity, unit, lines measured and quantity of each."""
    if found is None:
        return (None, "", 0, None)
    unit, total, lines = found
    return (total, unit, lines, total / lines if lines else None)
