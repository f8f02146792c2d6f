"""A value in foreign money says nothing in figures without the rate of the day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from babel.numbers import get_territory_currencies

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import code, money


@finding_rule(
    "value.rate_missing",
    "hint",
    "{stated} stands without the rate into {own}.",
    "State the rate, its day and its source, so that the value counts in figures.",
)
def value_rate_missing(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Ask for the rate of values that are not in the money of the case's country."""
    own = get_territory_currencies(case.country) if case.country else []
    for line in case.lines:
        value = line.value
        if not own or value is None or value.amount is None or not value.currency:
            continue
        if value.currency not in own and value.rate is None:
            data = {"stated": money(value.amount, value.currency), "own": code("currency", own[-1])}
            yield Finding("value.rate_missing", "hint", f"lines[{line.id}].value.rate", data)
