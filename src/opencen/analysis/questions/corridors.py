"""Corridors: where the goods left and where they were bound."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note, member_column
from opencen.analysis.measures.members import is_silent, link_to
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.tables import Table, ibis
from opencen.analysis.question import Parameters, Question, question

MOSTLY = 2


@question
class Corridors(Question):
    """Seizures by departure and destination. A transit is neither; what is unknown or empty stands in its own rows."""

    name = "corridors"
    title = _("Corridors")
    base = "seizures"

    def _count_pairs(self, table: Table) -> Table:
        """Return for each pair of countries its seizures and the kinds of goods that were found most."""
        each = table.group_by("departure", "destination", "flow").agg(seizures=table.line_id.count())
        order = [each.flow.isnull(), each.seizures.desc(), each.flow]
        ranked = each.mutate(place=ibis.row_number().over(group_by=["departure", "destination"], order_by=order))
        mostly = {f"most_{place}": ranked.flow.max(where=ranked.place == place) for place in range(MOSTLY)}
        counted = ranked.group_by("departure", "destination").agg(total=ranked.seizures.sum(), **mostly)
        return counted.filter(counted.total > 0)

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a pair of countries, with what was mostly found there."""
        found = reader.fetch(self._count_pairs(reader.cases))
        totals: dict[tuple[Any, Any], int] = {row[:2]: row[2] for row in found}
        goods = {row[:2]: tuple(flow for flow in row[3:] if flow) for row in found}
        pairs = sorted(totals, key=lambda pair: (sum(map(is_silent, pair)), -totals[pair], str(pair)))
        rows = [(*pair, totals[pair], goods[pair]) for pair in pairs]
        known = sum(count for pair, count in totals.items() if not all(map(is_silent, pair)))
        whole = sum(totals.values())
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
            links=tuple({**link_to("departure", pair[0]), **link_to("destination", pair[1])} for pair in pairs),
        )
