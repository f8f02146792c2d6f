"""The goods alone cannot weigh more than the goods with their packaging."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import amount
from opencen.seizures.findings._shared import in_unit, quantities_of

_TOLERANCE = Decimal("1.02")


@finding_rule(
    "quantity.net_above_gross",
    "warning",
    "{net} net is more than {gross} gross of the same goods.",
    "Check both weights, and which of them is gross.",
)
def quantity_net_above_gross(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare every net weight of a line with its smallest gross weight; scales may differ by 2 %."""
    for line in case.lines:
        stated = list(quantities_of(line))
        net = [(path, part) for path, part in stated if part.basis in ("net", "pure")]
        gross = [
            (weight, part)
            for _, part in stated
            if net and part.basis == "gross" and (weight := in_unit(part.quantity, part.unit, "kg")) is not None
        ]
        if not gross:
            continue
        least, heavy = min(gross, key=lambda pair: pair[0])
        for path, part in net:
            weight = in_unit(part.quantity, part.unit, "kg")
            if weight is not None and weight > least * _TOLERANCE:
                data = {"net": amount(part.quantity, part.unit), "gross": amount(heavy.quantity, heavy.unit)}
                yield Finding("quantity.net_above_gross", "warning", f"{path}.quantity", data)
