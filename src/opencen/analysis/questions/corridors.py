"""Corridors: where the goods left and where they were bound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note, member_column
from opencen.analysis.covering import Layer, cases_by, weigh_rows
from opencen.analysis.measures.members import UNKNOWN, is_silent, link_to
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.tables import Table, Value, ibis
from opencen.analysis.question import Parameters, Question, question

MOSTLY = 2
MOST_FLOWS = 100_000
ENDS = ("departure", "destination")


@cache
def _largest() -> Callable[[Value, Value], Value]:
    """Return the engine's own way of keeping the largest of some values, the largest first."""

    def largest(values: Value, count: Value) -> Value:
        """Keep as many as asked for."""

    found: Callable[[Value, Value], Value] = ibis.udf.agg.builtin(
        largest, name="max", signature=(("int64", "int64"), "array<int64>")
    )
    return found


@question
class Corridors(Question):
    """Seizures by departure and destination. A transit is neither; what is unknown or empty stands in its own rows."""

    name = "corridors"
    title = _("Corridors")
    base = "seizures"

    def _count_pairs(self, table: Table, flows: Sequence[str]) -> Table:
        """Return for each pair of countries its seizures and the kinds of goods that were found most."""
        each = table.group_by("departure", "destination", "flow").agg(seizures=table.line_id.count())
        # One number for how many and which: the most first, of equally many the first by name.
        place = ibis.array(flows).index(each.flow)
        weight = each.seizures * MOST_FLOWS + (MOST_FLOWS - 1 - place)
        each = each.mutate(weight=ibis.ifelse(each.flow.notnull() & (each.seizures > 0), weight, ibis.null("int64")))
        most = _largest()(each.weight, ibis.literal(MOSTLY, "int64"))
        counted = each.group_by("departure", "destination").agg(total=each.seizures.sum(), most=most)
        counted = counted.filter(counted.total > 0)
        silent = [(counted[name].isnull() | (counted[name] == UNKNOWN)).cast("int8") for name in ENDS]
        return counted.order_by(silent[0] + silent[1], counted.total.desc(), *ENDS)

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a pair of countries, with what was mostly found there."""
        flows = sorted(row[0] for row in reader.tabulate(("flow",), ("seizures",)) if row[0])
        found = reader.fetch(self._count_pairs(reader.cases, flows or [""]))
        rows = [
            (left, bound, total, tuple(flows[MOST_FLOWS - 1 - weight % MOST_FLOWS] for weight in most or ()))
            for left, bound, total, most in found
        ]
        known = sum(row[2] for row in rows if not (is_silent(row[0]) and is_silent(row[1])))
        whole = sum(row[2] for row in rows)
        leaving = {row[0]: link_to("departure", row[0]) for row in rows}
        bound_for = {row[1]: link_to("destination", row[1]) for row in rows}
        return Answer(
            self.name,
            self.base,
            (
                member_column("departure"),
                member_column("destination"),
                Column("seizures", _("Seizures"), "count"),
                Column("mostly", _("Mostly"), "code", "commodity"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"seizures": whole, "known": known},
            notes=(Note("corridors.known", {"known": known, "total": whole}),),
            links=tuple({**leaving[row[0]], **bound_for[row[1]]} for row in rows),
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh each corridor by its cases; what was mostly found goes with its number."""
        counted = cases_by(reader, ENDS)
        cells = [(row[0], row[1]) for row in answer.rows]
        return [weigh_rows(answer, [counted.get(cell, 0) for cell in cells], [2, 3], cells)]
