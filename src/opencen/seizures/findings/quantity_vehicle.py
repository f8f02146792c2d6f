"""More than the vehicle holds: eight million cigarettes in a van, two tonnes on a motorcycle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from opencen.kernel.quantities import Amount, add_amounts
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import amount, code
from opencen.seizures.findings._shared import under
from opencen.seizures.quantities import normalised_line


@dataclass(frozen=True, slots=True)
class _Holds:
    """How much fits: kilograms of load and cubic metres of space, of the largest of its kind."""

    kilograms: int
    cubic_metres: str


_VEHICLES = {
    "bicycle": _Holds(150, "0.3"),
    "motorcycle": _Holds(300, "0.4"),
    "tricycle": _Holds(1200, "3"),
    "animal_cart": _Holds(2000, "5"),
    "car": _Holds(1000, "1.5"),
    "taxi": _Holds(1000, "1.5"),
    "suv": _Holds(1500, "2.5"),
    "pick_up": _Holds(2000, "4"),
    "camper": _Holds(2500, "10"),
    "van": _Holds(4000, "22"),
    "truck": _Holds(30_000, "110"),
    "tractor_trailer": _Holds(45_000, "110"),
    "refrigerated_truck": _Holds(45_000, "110"),
    "container": _Holds(32_000, "86"),
    "reefer_container": _Holds(32_000, "76"),
    "light_aircraft": _Holds(1500, "6"),
    "drone": _Holds(500, "1"),
}
# A master case of 10,000 cigarettes measures about 0.06 cubic metres.
_STICK = Decimal("0.000006")


@finding_rule(
    "quantity.vehicle",
    "warning",
    "{stated} does not fit one “{vehicle}”.",
    "It holds up to {most}: check unit and quantity, or add the second vehicle.",
)
def quantity_vehicle(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare what stands to be in a vehicle with the largest of its kind."""
    vehicles = {part.id: part for part in case.conveyances if part.vehicle_type in _VEHICLES}
    only = next(iter(vehicles)) if len(case.conveyances) == 1 and vehicles else ""
    for vehicle_id, vehicle in vehicles.items():
        lines = [line for line in case.lines if (line.conveyance or only) == vehicle_id]
        yield from _check(lines, vehicle.vehicle_type)


def _check(lines: list[Any], vehicle: str) -> Iterator[Finding]:
    holds = _VEHICLES[vehicle]
    weights = [(line, found) for line in lines if (found := _counted(line, "mass")) is not None]
    total = add_amounts(found for _, found in weights)
    if total is not None and total.value > holds.kilograms:
        yield _finding(weights[0][0], total.value, "kg", vehicle, Decimal(holds.kilograms))
    sticks = [
        (line, found)
        for line in lines
        if under("commodity", line.commodity, "revenue.tobacco.cigarettes")
        and (found := _counted(line, "count")) is not None
    ]
    count = add_amounts(found for _, found in sticks)
    most = (Decimal(holds.cubic_metres) / _STICK).quantize(Decimal("1E5"))
    if count is not None and count.value > most:
        yield _finding(sticks[0][0], count.value, "stick", vehicle, most)


def _counted(line: Any, family: str) -> Amount | None:
    """Return the quantity of a line that counts, where it is of a family."""
    found = normalised_line(line.model_dump(mode="json", exclude_none=True)).counted
    if found is None or found.value is None or found.family != family:
        return None
    return Amount(found.value, found.family, found.base_unit)


def _finding(line: Any, value: Decimal, unit: str, vehicle: str, most: Decimal) -> Finding:
    data = {"stated": amount(value, unit), "vehicle": code("vehicle_type", vehicle), "most": amount(most, unit)}
    return Finding("quantity.vehicle", "warning", f"lines[{line.id}].quantity", data)
