"""Legs of routes: from one country of the way to the next."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column
from opencen.analysis.measures.reader import Reader, count_events, held_table
from opencen.analysis.question import Parameters, Question, question


@question
class RouteLegs(Question):
    """Cases by leg of their route, from each country of the way to the next; a case counts once on each of its legs."""

    name = "route_legs"
    title = _("Legs of routes")
    base = "cases"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a pair of neighbouring countries of the way."""
        table = reader.cases
        count = table.legs.length()
        pairs = table.legs[0 : count - 1].zip(table.legs[1:count])
        each: Any = table.filter(count > 1, table.is_first).select("record_id", pair=pairs.unnest())
        ends = each.select("record_id", first=each.pair["f1"]["country"], second=each.pair["f2"]["country"])
        ends = ends.filter(ends.first.notnull(), ends.second.notnull(), ends.first != ends.second)
        ends = ends.distinct()
        drawn = held_table(ends, "drawn")
        found = drawn.group_by("first", "second").agg(cases=count_events(reader, drawn))
        rows = reader.fetch(found.order_by(found.cases.desc(), "first", "second"), drawn=ends)
        return Answer(
            self.name,
            self.base,
            (
                Column("first", _("From"), "country", "country"),
                Column("second", _("To"), "country", "country"),
                Column("cases", _("Cases"), "count"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"cases": reader.total("cases")},
            links=tuple(None for _row in rows),
        )
