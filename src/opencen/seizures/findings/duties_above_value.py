"""Duties evaded are a share of a value: many times the value is a slip of digits or currency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import money
from opencen.seizures.findings._shared import under

# Excise may be many times the price before tax: on cigarettes and spirits up to about twenty times.
_MOST = 5
_MOST_EXCISE = 40


@finding_rule(
    "duties.above_value",
    "warning",
    "Duties of {duties} on goods worth {value}: more than {most} times their value.",
    "Check both amounts and their currencies.",
)
def duties_above_value(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare each duty with the value of its line in the same currency."""
    for line in case.lines:
        value = line.value
        if value is None or not value.amount or value.amount <= 0:
            continue
        most = _MOST_EXCISE if under("commodity", line.commodity, "revenue") else _MOST
        for duty in line.duties:
            if duty.amount and duty.currency == value.currency and duty.amount > value.amount * most:
                data = {
                    "duties": money(duty.amount, duty.currency or ""),
                    "value": money(value.amount, value.currency or ""),
                    "most": most,
                }
                yield Finding("duties.above_value", "warning", f"lines[{line.id}].duties[{duty.id}].amount", data)
