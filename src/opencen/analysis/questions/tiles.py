"""The figures at the head of the dashboard."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note
from opencen.analysis.measures.comparison import compare_years, is_comparable
from opencen.analysis.measures.members import UNKNOWN
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.tables import Table, Value, ibis
from opencen.analysis.question import Parameters, Question, question

# What is asked once a case, and what is asked once a line.
CASE_ANSWERS = ("location_type", "direction", "e_commerce", "detection_method", "departure", "destination")
LINE_ANSWERS = ("commodity", "concealment_place", "mode")


@question
class Tiles(Question):
    """Cases, seizures, checks, hit rate, days to validate and the share of answers that are unknown."""

    name = "tiles"
    title = _("Key figures")
    base = "cases"

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a figure, with last year's where a year earlier can stand beside it."""
        chosen = reader.selection
        present = key_figures(reader)
        notes = [Note("checks.count_finds")]
        earlier: dict[str, Any] = {}
        if is_comparable(chosen):
            comparison = compare_years(reader)
            change = comparison.total("cases")
            earlier = key_figures(reader.over(chosen.years_earlier()))
            data = {"count": len(comparison.offices), "share": change.share, "now": change.now, "before": change.before}
            notes.append(Note("comparison.cases", data))
        if any(name not in ("detection_method", "country") for name, _codes in chosen.filters):
            notes.append(Note("controls.not_narrowed"))
        return Answer(
            self.name,
            self.base,
            (
                Column("figure", _("Figure"), "text"),
                Column("value", _("Value"), "quantity"),
                Column("earlier", _("A year earlier"), "quantity"),
            ),
            tuple((name, value, earlier.get(name)) for name, value in present.items()),
            reader.snapshot.as_of,
            notes=tuple(notes),
            links=tuple({} if name in ("cases", "seizures") else None for name in present),
        )


def key_figures(reader: Reader) -> dict[str, Any]:
    """Compute the key figures of one selection."""
    cases, seizures, days = reader.tabulate((), ("cases", "seizures", "days_to_validate"))[0]
    checks = cases + int(reader.total("checks"))
    unknown, answers = count_unknown(reader)
    return {
        "cases": cases,
        "seizures": seizures,
        "checks": checks,
        "hit_rate": cases / checks if checks else None,
        "days_to_validate": days,
        "unknown_share": unknown / answers if answers else None,
    }


def count_unknown(reader: Reader) -> tuple[int, int]:
    """Count the answers "unknown" and all answers; what was not asked is no answer."""
    table = reader.cases
    unknown, answers = unknown_answers(table)
    found = reader.fetch(table.agg(unknown=unknown, answers=answers))[0]
    return int(found[0] or 0), int(found[1] or 0)


def unknown_answers(table: Table) -> tuple[Value, Value]:
    """Return how many answers are "unknown", and how many were given at all, as expressions."""
    unknown: Any = ibis.literal(0)
    answers: Any = ibis.literal(0)
    for name in (*CASE_ANSWERS, *LINE_ANSWERS):
        counts = table.is_first if name in CASE_ANSWERS else table.line_id.notnull()
        unknown = unknown + table[name].count(where=counts & (table[name] == UNKNOWN))
        answers = answers + table[name].count(where=counts)
    return unknown, answers
