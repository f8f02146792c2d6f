"""A direction that the route contradicts: an export that ends in the own country."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import code
from opencen.seizures.findings._shared import country_of, is_known


@finding_rule(
    "direction.contradiction",
    "warning",
    "“{direction}” contradicts a route from {departure} to {destination}.",
    "By this route it would be “{fitting}”.",
)
def direction_contradiction(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare the direction with where the route begins and ends, seen from the country of the case."""
    starts = {country_of(leg) for leg in case.route if leg.role == "departure"}
    ends = {country_of(leg) for leg in case.route if leg.role == "destination"}
    if not case.country or len(starts) != 1 or len(ends) != 1 or not is_known(case.direction):
        return
    departure, destination = next(iter(starts)), next(iter(ends))
    if not (is_known(departure) and is_known(destination)):
        return
    fitting = _fitting(case.country, departure, destination)
    if case.direction == fitting:
        return
    data = {
        "direction": code("direction", case.direction),
        "departure": code("country", departure),
        "destination": code("country", destination),
        "fitting": code("direction", fitting),
    }
    suggestion = Suggestion("direction.meant", {"direction": fitting}, data={"meant": code("direction", fitting)})
    yield Finding("direction.contradiction", "warning", "direction", data, (suggestion,))


def _fitting(country: str, departure: str, destination: str) -> str:
    if departure == destination == country:
        return "internal"
    if destination == country:
        return "import"
    return "export" if departure == country else "transit"
