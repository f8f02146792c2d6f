"""Hidden in a place that the case has no means of transport for: in an aircraft, where only a lorry was checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import code
from opencen.seizures.findings._shared import is_known


@finding_rule(
    "concealment.contradiction",
    "warning",
    "“{place}” does not go with “{mode}”.",
    "Correct where it was hidden, or point the line to the means of transport it was hidden in.",
)
def concealment_contradiction(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare where each line was hidden with the means of transport it points to, else with all of the case."""
    places = get_list("concealment")
    by_id = {part.id: part for part in case.conveyances}
    for line in case.lines:
        place = line.concealment.place if line.concealment else None
        fitting = places.attribute(place, "modes") if place and is_known(place) else None
        own = by_id.get(line.conveyance or "")
        modes = [part.mode for part in ([own] if own else case.conveyances) if is_known(part.mode)]
        if fitting and modes and not set(modes) & set(fitting):
            data = {"place": code("concealment", place), "mode": code("conveyance_mode", modes[0])}
            yield Finding("concealment.contradiction", "warning", f"lines[{line.id}].concealment.place", data)
