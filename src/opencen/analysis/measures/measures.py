"""The measures: each one expression over the counted rows, each with what it counts said once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opencen.analysis.measures.base import median_days
from opencen.analysis.measures.tables import Table, Value
from opencen.kernel.registry import Registry

Unit = Literal["count", "days", "share", "quantity"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, over which base, and whether the parts add up to the whole."""

    name: str
    label: str | Promise
    base: Literal["cases", "seizures", "controls"]
    unit: Unit
    adds_up: bool
    expression: Callable[[Table], Value]


MEASURES: Registry[Measure] = Registry("measure")


def _add(measure: Measure) -> Measure:
    return MEASURES.add(measure.name, measure)


# Distinct events: several agencies' cases of one event count once; a case with goods of two sections stands in both.
CASES = _add(Measure("cases", _("Cases"), "cases", "count", False, lambda t: t.event_id.nunique()))

# Lines of contraband. A line is one commodity, so these add up over commodities and over everything of the case.
SEIZURES = _add(Measure("seizures", _("Seizures"), "seizures", "count", True, lambda t: t.line_id.count()))

ARRESTED = _add(
    Measure("arrested", _("Persons arrested"), "cases", "count", True, lambda t: t.arrested.sum(where=t.is_first))
)

# From the system's own times, so that nobody's statement makes it shorter.
DAYS_TO_VALIDATE = _add(
    Measure(
        "days_to_validate",
        _("Days to validate, median"),
        "cases",
        "days",
        False,
        lambda t: median_days(t.seconds_to_validate, t.is_first),
    )
)

CHECKS = _add(Measure("checks", _("Checks without a case"), "controls", "count", True, lambda t: t.checks.sum()))

# Within one family only: whoever asks for it has narrowed the rows to one, or divides them by unit.
SUM = _add(Measure("sum", _("Sum"), "seizures", "quantity", True, lambda t: t.quantity.sum()))
