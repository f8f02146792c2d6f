"""The machine-readable lines of a document are too long or too short for any document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.errors import Invalid
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.suspects.findings._zones import read_zones


@finding_rule(
    "zone.length",
    "warning",
    "The machine-readable lines are not complete: {found} signs stand there.",
    "A passport has two lines of 44, a card three of 30 or two of 36; type every <.",
)
def zone_length(suspect: Any, context: FindingContext) -> Iterator[Finding]:
    """Count the signs of each zone that has the length of no document."""
    for path, reading in read_zones(suspect, context):
        if isinstance(reading, Invalid) and reading.code != "mrz.foreign_character":
            yield Finding("zone.length", "warning", path, {"found": reading.data.get("found", 0)})
