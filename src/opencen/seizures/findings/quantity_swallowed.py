"""A person cannot swallow or insert more than a few kilograms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import amount, code
from opencen.seizures.findings._shared import in_unit, quantities_of, under

# Body packers were found with up to about 2.2 kg in over 200 packages; somewhat more for two of them.
_MOST = {"on_person.body_packing": Decimal("2.5"), "on_person.body_cavity": Decimal("1.0")}


@finding_rule(
    "quantity.swallowed",
    "warning",
    "{stated} does not fit “{place}”.",
    "One person was found with up to {most} in this way: was it grams, several persons, or another place?",
)
def quantity_swallowed(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare what was hidden in bodies with what a body holds."""
    for line in case.lines:
        place = line.concealment.place if line.concealment else None
        most = next((value for kind, value in _MOST.items() if under("concealment", place, kind)), None)
        if most is not None:
            yield from _check(line, str(place), most * max(1, len(line.persons)))


def _check(line: Any, place: str, most: Decimal) -> Iterator[Finding]:
    for path, part in quantities_of(line):
        kilograms = in_unit(part.quantity, part.unit, "kg")
        if kilograms is None or kilograms <= most:
            continue
        suggestions: tuple[Suggestion, ...] = ()
        if part.unit == "kg" and part.quantity / 1000 <= most:
            meant = {"meant": amount(part.quantity, "g")}
            suggestions = (Suggestion("quantity.meant", {f"{path}.unit": "g"}, data=meant),)
        data = {
            "stated": amount(part.quantity, part.unit),
            "place": code("concealment", place),
            "most": amount(most, "kg"),
        }
        yield Finding("quantity.swallowed", "warning", f"{path}.quantity", data, suggestions)
