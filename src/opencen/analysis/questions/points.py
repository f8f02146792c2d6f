"""Places where goods were found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note
from opencen.analysis.covering import Layer, weigh_rows
from opencen.analysis.measures.reader import Reader, held_table
from opencen.analysis.measures.tables import Table, Value
from opencen.analysis.question import Parameters, Question, question
from opencen.codelists.catalogue import get_list

MOST = 500


@question
class Points(Question):
    """Seizures by place. Only what was stated as a place is drawn: the middle of a country is never shown as one."""

    name = "points"
    title = _("Places where goods were found")
    base = "seizures"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a place, to about a kilometre."""
        table = reader.cases
        keys = _keys(table)
        each = table.group_by("record_id", **keys).agg(lines=table.line_id.count())
        places = held_table(each, "places")
        found = reader.fetch(places.group_by(*keys).agg(seizures=places.lines.sum()), places=each)
        shown = {code.code for code in get_list("coordinate_precision") if code.attributes.get("shown")}
        rows = [row for row in found if row[4] and (row[0] or (row[1] is not None and (row[3] or "locality") in shown))]
        rows = sorted(rows, key=lambda row: (-row[4], str(row)))[:MOST]
        whole = sum(row[4] for row in found)
        drawn = sum(row[4] for row in rows)
        return Answer(
            self.name,
            self.base,
            (
                Column("locode", _("Place"), "place", "place"),
                Column("latitude", _("Latitude"), "quantity"),
                Column("longitude", _("Longitude"), "quantity"),
                Column("precision", _("Precision"), "code", "coordinate_precision"),
                Column("seizures", _("Seizures"), "count"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals={"seizures": whole, "known": drawn},
            notes=(Note("points.known", {"known": drawn, "total": whole}),),
            links=tuple(None for _row in rows),
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh each place by its cases; where it is goes with its number."""
        table = reader.cases
        keys = _keys(table)
        found = reader.fetch(table.group_by(**keys).agg(cases=table.record_id.nunique()))
        counted = {row[:4]: row[4] for row in found}
        return [weigh_rows(answer, [counted.get(row[:4], 0) for row in answer.rows], [1, 2, 4])]


def _keys(table: Table) -> dict[str, Value]:
    """Return by what places are told apart: to about a kilometre."""
    return {
        "locode": table.locode,
        "lat": table.latitude.round(2),
        "lon": table.longitude.round(2),
        "precision": table.place_precision,
    }
