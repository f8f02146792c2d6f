"""A quantity of nothing, or less than nothing, is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import amount
from opencen.seizures.findings._shared import quantities_of


@finding_rule(
    "quantity.not_positive",
    "error",
    "A quantity of {stated} was stated.",
    "Write what was found; leave the field empty where it is not known.",
)
def quantity_not_positive(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Refuse zero and negative quantities."""
    for line in case.lines:
        for path, part in quantities_of(line):
            if part.quantity <= 0:
                stated = amount(part.quantity, part.unit)
                yield Finding("quantity.not_positive", "error", f"{path}.quantity", {"stated": stated})
