"""What has not come yet was not seen yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from opencen.kernel.partial_dates import PartialDate
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import day

_FIRST_ZONE = timedelta(hours=14)


@finding_rule("sighting.future", "error", "A sighting of {stated} lies in the future.", "Check the year and the day.")
def sighting_future(conveyance: Any, context: FindingContext) -> Iterator[Finding]:
    """Refuse sightings whose day has not come."""
    for sighting in conveyance.sightings:
        if sighting.on and PartialDate.parse(sighting.on).earliest() > context.at + _FIRST_ZONE:
            yield Finding("sighting.future", "error", f"sightings[{sighting.id}].on", {"stated": day(sighting.on)})
