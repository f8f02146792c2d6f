"""The share of e-commerce."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.measures.members import order_by_value
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question, read_choice

YES, NO = "yes", "no"


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


def _parts(found: Counter[str]) -> tuple[Any, ...]:
    """Return all, yes, no, unknown, empty and the share of yes among the known."""
    total, yes, no, empty = sum(found.values()), found[YES], found[NO], found[""]
    return (total, yes, no, total - yes - no - empty, empty, yes / (yes + no) if yes + no else None)
