"""A place and a means of transport that do not meet: a vessel at an airport."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import code
from opencen.seizures.findings._shared import is_known


@finding_rule(
    "place.contradiction",
    "warning",
    "“{mode}” does not arrive at “{location}”.",
    "Correct the location or the means of transport, or say how both can be.",
)
def place_contradiction(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare the location with the means of transport of the case; one that fits is enough."""
    modes = [part for part in case.conveyances if is_known(part.mode)]
    if not is_known(case.location_type) or not modes:
        return
    codes = get_list("conveyance_mode")
    places: list[tuple[str, ...]] = [codes.attribute(part.mode, "locations", ()) for part in modes]
    if not all(places) or any(case.location_type in allowed for allowed in places):
        return
    first = modes[0]
    data = {"mode": code("conveyance_mode", first.mode), "location": code("location_type", case.location_type)}
    usual = places[0][0]
    suggestion = Suggestion("place.meant", {"location_type": usual}, data={"meant": code("location_type", usual)})
    yield Finding("place.contradiction", "warning", f"conveyances[{first.id}].mode", data, (suggestion,))
