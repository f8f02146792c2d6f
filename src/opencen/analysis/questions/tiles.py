"""The figures at the head of the dashboard."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note
from opencen.analysis.covering import Layer, weigh_rows
from opencen.analysis.measures.base import median_days
from opencen.analysis.measures.comparison import Change, compare_years, is_comparable
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question


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
            earlier = key_figures(reader.over(chosen.years_earlier()))
            is_all = comparison.holds_all()  # then what was counted already is what is compared
            change = Change(float(present["cases"]), float(earlier["cases"])) if is_all else comparison.total("cases")
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

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh the whole by its cases: this year's, and those of a year earlier."""
        layers = []
        for at in (1, 2):
            cases = next((row[at] for row in answer.rows if row[0] == "cases"), None) or 0
            layers.append(weigh_rows(answer, [cases] * len(answer.rows), [at]))
        return layers


def key_figures(reader: Reader) -> dict[str, Any]:
    """Compute the key figures of one selection."""
    table = reader.cases
    counted = table.agg(
        cases=reader.count_cases(table, table.is_first),
        seizures=table.line_id.count(),
        days=median_days(table.seconds_to_validate, table.is_first),
        unknown=table.silent.sum(),
        answers=table.given.sum(),
    )
    cases, seizures, days, unknown, answers = reader.fetch(counted)[0]
    checks = cases + int(reader.total("checks"))
    return {
        "cases": cases,
        "seizures": seizures,
        "checks": checks,
        "hit_rate": cases / checks if checks else None,
        "days_to_validate": days,
        "unknown_share": unknown / answers if answers else None,
    }
