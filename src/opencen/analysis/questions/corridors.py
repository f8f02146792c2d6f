"""Corridors: where the goods left and where they were bound."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note, member_column
from opencen.analysis.measures.members import is_silent, link_to
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question

MOSTLY = 2


@question
class Corridors(Question):
    """Seizures by departure and destination. A transit is neither; what is unknown or empty stands in its own rows."""

    name = "corridors"
    title = _("Corridors")
    base = "seizures"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a pair of countries, with what was mostly found there."""
        totals: dict[tuple[Any, Any], int] = defaultdict(int)
        goods: dict[tuple[Any, Any], list[tuple[int, str]]] = defaultdict(list)
        for departure, destination, flow, count in reader.tabulate(("departure", "destination", "flow"), ("seizures",)):
            if not count:
                continue
            totals[departure, destination] += count
            if flow:
                goods[departure, destination].append((-count, flow))
        pairs = sorted(totals, key=lambda pair: (sum(map(is_silent, pair)), -totals[pair], str(pair)))
        rows = [(*pair, totals[pair], tuple(flow for _count, flow in sorted(goods[pair])[:MOSTLY])) for pair in pairs]
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
