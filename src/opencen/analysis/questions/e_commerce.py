"""The share of e-commerce."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.covering import Layer, Spot, cases_by, weigh_rows, write_member
from opencen.analysis.measures.members import order_by_value
from opencen.analysis.measures.protection import Cell
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question, read_choice

YES, NO = "yes", "no"
# Where the parts and the share stand in a row, and which answers each part counts.
_PARTS: dict[int, tuple[str | None, ...]] = {2: (YES,), 3: (NO,), 4: ("unknown",), 5: (None,)}
_KNOWN, _SHARE = (2, 3), 6


@question
class ECommerce(Question):
    """Seizures from e-commerce as a share of those where it is known; unknown and not asked stand beside it."""

    name = "e_commerce"
    title = _("E-commerce")
    base = "seizures"
    parameters = ("by",)
    choices = {"by": ("section", "region", "flow", "commodity")}

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a member, the most seizures first."""
        by = read_choice(self, parameters, "by")
        counts: dict[Any, Counter[str]] = {}
        for member, said, count in reader.tabulate((by, "e_commerce"), ("seizures",)):
            if count:
                counts.setdefault(member, Counter())[said or ""] += count
        rows = order_by_value([(member, *_parts(found)) for member, found in counts.items()], 1)
        whole = _parts(sum(counts.values(), Counter()))
        return Answer(
            self.name,
            self.base,
            (
                member_column(by),
                Column("seizures", _("Seizures"), "count"),
                Column("yes", _("From e-commerce"), "count"),
                Column("no", _("Not from e-commerce"), "count"),
                Column("unknown", _("Unknown"), "count"),
                Column("empty", _("Empty"), "count"),
                Column("share", _("Share where known"), "share"),
            ),
            tuple(rows),
            reader.snapshot.as_of,
            totals=dict(zip(("seizures", "yes", "no", "unknown", "empty", "share"), whole, strict=True)),
            links=tuple(None for _row in rows),
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh each part by its own cases; a covered sum covers its parts, and a covered part its share."""
        by = read_choice(self, parameters, "by")
        counted, said = cases_by(reader, (by,)), cases_by(reader, (by, "e_commerce"))
        members = [write_member(by, row[0]) for row in answer.rows]
        sums = weigh_rows(answer, [counted.get((member,), 0) for member in members], [1])
        hidden = {place for place, _at in sums.cover()}
        cases: dict[Cell, int] = {}
        spots: dict[Cell, tuple[Spot, ...]] = {}
        for place, member in enumerate(members):
            for at, answers in _PARTS.items():
                count = sum(said.get((member, found), 0) for found in answers)
                cases[place, at] = min(count, answer.rows[place][at])
                spots[place, at] = ((place, at), (place, _SHARE)) if at in _KNOWN else ((place, at),)
        also = [cell for cell in cases if cell[0] in hidden]
        return [sums, Layer(cases, spots, also)]


def _parts(found: Counter[str]) -> tuple[Any, ...]:
    """Return all, yes, no, unknown, empty and the share of yes among the known."""
    total, yes, no, empty = sum(found.values()), found[YES], found[NO], found[""]
    return (total, yes, no, total - yes - no - empty, empty, yes / (yes + no) if yes + no else None)
