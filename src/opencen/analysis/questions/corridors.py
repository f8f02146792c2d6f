"""Corridors: where the goods left and where they were bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note, member_column
from opencen.analysis.covering import Layer, cases_by, weigh_rows
from opencen.analysis.measures.base import cases_table
from opencen.analysis.measures.members import UNKNOWN, is_silent, link_to
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.tables import Table, Value, ibis
from opencen.analysis.question import Parameters, Question, question

MOSTLY = 2
MOST_FLOWS = 100_000
# Pairs beyond these many are counted in the totals alone.
MOST = 2000
ENDS = ("departure", "destination")
CARRIED = ("total", "unnamed", "pairs", "whole", "known")


@cache
def _largest() -> Callable[[Value, Value], Value]:
    """Return the engine's own way of keeping the largest of some values, the largest first."""

    def largest(values: Value, count: Value) -> Value:
        """Keep as many as asked for."""

    found: Callable[[Value, Value], Value] = ibis.udf.agg.builtin(
        largest, name="max", signature=(("int64", "int64"), "array<int64>")
    )
    return found


@lru_cache(maxsize=16)
def count_pairs(flows: tuple[str, ...], most: int) -> Table:
    """Return the pairs of countries with most seizures, and the kinds of goods that were found most in each."""
    table = cases_table()
    each = table.group_by(*ENDS, "flow").agg(seizures=table.line_id.count())
    pairs = each.group_by(*ENDS).agg(total=each.seizures.sum())
    pairs = pairs.filter(pairs.total > 0)
    is_unnamed = [(pairs[name].isnull() | (pairs[name] == UNKNOWN)).cast("int8") for name in ENDS]
    pairs = pairs.mutate(unnamed=is_unnamed[0] + is_unnamed[1])
    every = ibis.window()
    pairs = pairs.mutate(
        pairs=pairs.count().over(every),
        whole=pairs.total.sum().over(every),
        known=pairs.total.sum(where=pairs.unnamed < len(ENDS)).over(every),
    )
    order = ("unnamed", ibis.desc("total"), *ENDS)
    largest = pairs.order_by(*order).limit(most)
    is_same = [each[name].identical_to(largest[name]) for name in ENDS]
    each = each.join(largest, is_same, rname="top_{name}").select(*ENDS, "flow", "seizures", *CARRIED)
    # One number for how many and which: the most first, of equally many the first by name.
    place = ibis.array(list(flows)).index(each.flow)
    weight = each.seizures * MOST_FLOWS + (MOST_FLOWS - 1 - place)
    each = each.mutate(weight=ibis.ifelse(each.flow.notnull() & (each.seizures > 0), weight, ibis.null("int64")))
    largest_first = _largest()(each.weight, ibis.literal(MOSTLY, "int64"))
    found = each.group_by(*ENDS, *CARRIED).agg(most=largest_first).order_by(*order)
    return found.select(*ENDS, "total", "most", "pairs", "whole", "known")


@question
class Corridors(Question):
    """Seizures by departure and destination. A transit is neither; what is unknown or empty stands in its own rows."""

    name = "corridors"
    title = _("Corridors")
    base = "seizures"

    def _count_countries(self, reader: Reader) -> dict[str, int]:
        """Return the seizures that name a country as one of their ends or as both."""
        found: Counter[str] = Counter()
        for name in ENDS:
            found.update({row[0]: row[1] for row in reader.tabulate((name,), ("seizures",)) if not is_silent(row[0])})
        within = reader.cases
        within = within.filter(within.departure == within.destination)
        for country, count in reader.tabulate_rows(within, ("departure",), ("seizures",)):
            if not is_silent(country):
                found[country] -= count
        return dict(found)

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a pair of countries, the largest first, with what was mostly found there."""
        flows = sorted(row[0] for row in reader.tabulate(("flow",), ("seizures",)) if row[0])
        found = reader.fetch(count_pairs(tuple(flows or [""]), MOST))
        rows = [
            (*row[:3], tuple(flows[MOST_FLOWS - 1 - weight % MOST_FLOWS] for weight in row[3] or ())) for row in found
        ]
        pairs, whole, known = found[0][4:] if found else (0, 0, 0)
        totals = {"seizures": int(whole), "known": int(known or 0)}
        noted = {"known": totals["known"], "total": totals["seizures"], "shown": len(rows), "pairs": pairs}
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
            totals=totals,
            notes=(Note("corridors.known", noted),),
            links=tuple({**link_to("departure", row[0]), **link_to("destination", row[1])} for row in rows),
            details={"countries": self._count_countries(reader)},
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh each corridor by its cases; what was mostly found goes with its number."""
        counted = cases_by(reader, ENDS)
        cells = [(row[0], row[1]) for row in answer.rows]
        return [weigh_rows(answer, [counted.get(cell, 0) for cell in cells], [2, 3], cells)]
