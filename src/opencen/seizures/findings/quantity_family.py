"""A unit that such goods are never measured in: kilograms of banknotes, litres of pistols."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import amount, code
from opencen.seizures.findings._shared import quantities_of
from opencen.seizures.quantities import unit_of


@finding_rule(
    "quantity.family",
    "warning",
    "{commodity} is not measured in “{unit}”.",
    "“{usual}” would be usual.",
)
def quantity_family(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare the unit's family with those that the commodity is measured in."""
    codes = get_list("commodity")
    for line in case.lines:
        families = codes.attribute(line.commodity, "families") if line.commodity else None
        usual = codes.attribute(line.commodity, "default_unit", "") if line.commodity else ""
        for path, part in quantities_of(line):
            unit = unit_of(part.unit)
            if not families or unit is None or unit.family in families:
                continue
            data = {
                "commodity": code("commodity", line.commodity),
                "unit": code("unit", part.unit),
                "usual": code("unit", usual),
            }
            meant = Suggestion("quantity.meant", {f"{path}.unit": usual}, data={"meant": amount(part.quantity, usual)})
            yield Finding("quantity.family", "warning", f"{path}.unit", data, (meant,) if usual else ())
