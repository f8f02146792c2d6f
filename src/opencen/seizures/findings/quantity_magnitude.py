"""Far more than was ever found of such goods: mostly grams typed as kilograms, or packs as cartons."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.kernel.errors import Invalid
from opencen.kernel.quantities import normalise
from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import amount, code
from opencen.seizures.findings._shared import quantities_of
from opencen.seizures.quantities import trade_context, unit_of

# The unit that was probably meant, for each that is easily slipped into.
_SMALLER = {
    "t": ("kg", "g"), "kg": ("g", "mg"), "lb": ("oz",), "m3": ("l",), "hl": ("l",), "l": ("ml",),
    "master_case": ("carton", "pack"), "carton": ("pack", "stick"), "pack": ("stick",),
    "thousand": ("piece",), "million": ("thousand", "piece"), "gross": ("piece",), "dozen": ("piece",),
}  # fmt: skip


@finding_rule(
    "quantity.magnitude",
    "warning",
    "{stated} of {commodity} is more than was ever found at once.",
    "Up to {usual} would be usual: check the unit and the decimal point.",
)
def quantity_magnitude(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare each quantity with the largest usual one of its commodity."""
    for line in case.lines:
        if line.role in (None, "contraband") and line.commodity:
            for path, part in quantities_of(line):
                yield from _check(line, path, part)


def _check(line: Any, path: str, part: Any) -> Iterator[Finding]:
    codes = get_list("commodity")
    largest, unit = codes.attribute(line.commodity, "typical_max"), codes.attribute(line.commodity, "default_unit")
    limit = _base(line, Decimal(largest), unit) if largest and unit else None
    stated = _base(line, part.quantity, part.unit) if limit else None
    if limit is None or stated is None or limit[1] != stated[1] or stated[0] <= limit[0]:
        return
    suggestions = []
    for smaller in _SMALLER.get(part.unit, ()):
        meant = _base(line, part.quantity, smaller)
        if meant is not None and meant[1] == limit[1] and meant[0] <= limit[0]:
            label = {"meant": amount(part.quantity, smaller)}
            suggestions.append(Suggestion("quantity.meant", {f"{path}.unit": smaller}, data=label))
    data = {
        "stated": amount(part.quantity, part.unit),
        "commodity": code("commodity", line.commodity),
        "usual": amount(largest, unit),
    }
    yield Finding("quantity.magnitude", "warning", f"{path}.quantity", data, tuple(suggestions[:2]))


def _base(line: Any, quantity: Decimal, unit: str) -> tuple[Decimal, str] | None:
    """Return a quantity of the line's goods in its base unit, or None where that cannot be known."""
    found = unit_of(unit)
    if found is None or quantity < 0:
        return None
    size = line.attributes.pack_size if line.attributes else None
    plain = {"commodity": line.commodity, "attributes": {"pack_size": size}}
    try:
        normal = normalise(quantity, found, context=trade_context(plain))
    except Invalid:
        return None
    return normal.value, normal.base_unit
