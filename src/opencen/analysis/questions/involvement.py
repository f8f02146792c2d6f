"""Involvement of countries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note
from opencen.analysis.covering import Layer, weigh_columns
from opencen.analysis.measures.members import order_by_value
from opencen.analysis.measures.reader import Reader, count_events, held_table
from opencen.analysis.measures.tables import Table, ibis
from opencen.analysis.question import Parameters, Question, question

ROLES = ("departure", "transit", "destination", "origin", "reporter")


@question
class Involvement(Question):
    """Cases that name a country, by role; a country can count in several roles, and a case for several countries."""

    name = "involvement"
    title = _("Involvement of countries")
    base = "cases"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a country, each case once in the first number."""
        rows = self._name_countries(reader.cases)
        named = held_table(rows, "named")
        counts = {role: count_events(reader, named, named[role]) for role in ROLES}
        found = named.group_by("country").agg(cases=count_events(reader, named), **counts)
        rows = order_by_value(reader.fetch(found, named=rows), 1)
        return Answer(
            self.name,
            self.base,
            (
                Column("country", _("Country"), "country", "country"),
                Column("cases", _("Cases"), "count"),
                Column("departure", _("Departure"), "count"),
                Column("transit", _("Transit"), "count"),
                Column("destination", _("Destination"), "count"),
                Column("origin", _("Origin"), "count"),
                Column("reporter", _("Reporter"), "count"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"cases": reader.total("cases")},
            notes=(Note("involvement.several"),),
            links=tuple(None for _row in rows),
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh every number by itself: each counts cases."""
        return weigh_columns(answer, ("cases", *ROLES))

    def _name_countries(self, table: Table) -> Table:
        """Return one row for every country that a case names, with its parts in the case."""
        leg = table.filter(table.is_first).select("record_id", leg=table.legs.unnest())
        named = leg.select("record_id", country=leg.leg["country"], part=leg.leg["role"])
        for column, part in (("country", "reporter"), ("goods_origin", "origin")):
            more: Any = table.select("record_id", country=table[column], part=ibis.literal(part))
            named = named.union(more)
        named = named.filter(named.country.notnull())
        parts = {role: (named.part == role).fill_null(False).any() for role in ROLES}
        return named.group_by("record_id", "country").agg(**parts)
