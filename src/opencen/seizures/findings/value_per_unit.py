"""A value that makes one kilogram or one piece far too cheap or far too dear."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import amount, code, money
from opencen.seizures.findings._shared import in_unit, under

# Widest plausible values of one unit in hard currency, from street and wholesale prices the UNODC prints, and
# from retail prices of excise goods; ten times more and ten times less than printed, so that only slips are found.
_RANGES: tuple[tuple[str, str, str, str], ...] = (
    ("drugs.cannabis", "kg", "20", "100000"),
    ("drugs.cocaine", "kg", "500", "2000000"),
    ("drugs.opioids", "kg", "20", "3000000"),
    ("drugs.psychotropics", "kg", "10", "1000000"),
    ("drugs.khat", "kg", "1", "5000"),
    ("drugs", "kg", "1", "3000000"),
    ("revenue.tobacco.cigarettes", "stick", "0.005", "20"),
    ("revenue.alcohol", "l", "0.1", "20000"),
    ("revenue.fuel", "l", "0.05", "20"),
    ("money.gold", "g", "5", "1000"),
)
_HARD = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "TND"})


@finding_rule(
    "value.per_unit",
    "warning",
    "{stated} for {quantity} of {commodity} makes {each} for one “{unit}”.",
    "Between {low} and {high} would be plausible: check value, currency and quantity.",
)
def value_per_unit(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Divide each value by its quantity and compare with the widest plausible price."""
    for line in case.lines:
        value = line.value
        if value is None or value.amount is None or value.currency not in _HARD or value.basis == "declared":
            continue
        range_of = next((row for row in _RANGES if under("commodity", line.commodity, row[0])), None)
        if range_of is not None and line.quantity and line.unit:
            yield from _check(line, range_of)


def _check(line: Any, row: tuple[str, str, str, str]) -> Iterator[Finding]:
    _, unit, low, high = row
    quantity = in_unit(line.quantity, line.unit, unit)
    if not quantity:
        return
    each = line.value.amount / quantity
    if Decimal(low) <= each <= Decimal(high):
        return
    currency = line.value.currency
    data = {
        "stated": money(line.value.amount, currency),
        "quantity": amount(line.quantity, line.unit),
        "commodity": code("commodity", line.commodity),
        "each": money(each.quantize(Decimal("0.01")), currency),
        "unit": get_list("unit").attribute(unit, "symbol") or code("unit", unit),
        "low": money(low, currency),
        "high": money(high, currency),
    }
    yield Finding("value.per_unit", "warning", f"lines[{line.id}].value.amount", data)
