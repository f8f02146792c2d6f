"""A sign stands in the machine-readable lines of a document that none of them has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.errors import Invalid
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.suspects.findings._zones import read_zones


@finding_rule(
    "zone.sign",
    "warning",
    "“{found}” stands in no machine-readable line.",
    "Only letters A to Z, digits and < stand there.",
)
def zone_sign(suspect: Any, context: FindingContext) -> Iterator[Finding]:
    """Name the first foreign sign of each zone."""
    for path, reading in read_zones(suspect, context):
        if isinstance(reading, Invalid) and reading.code == "mrz.foreign_character":
            yield Finding("zone.sign", "warning", path, {"found": str(reading.data.get("found", ""))})
