"""A means of transport without name or number is found by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule

NUMBERS = ("imo", "mmsi", "call_sign", "registration", "plate", "vin", "container", "wagon")


@finding_rule(
    "conveyance.unidentified",
    "warning",
    "Neither a name nor a number of the means of transport is stated.",
    "State what one can find it by, or describe it.",
)
def nothing_identifies(conveyance: Any, context: FindingContext) -> Iterator[Finding]:
    """Ask for a name, a number or at least a description."""
    has_name = any(name.text for name in conveyance.names)
    has_number = any(getattr(conveyance, field) for field in NUMBERS)
    if not (has_name or has_number or conveyance.description):
        yield Finding("conveyance.unidentified", "warning", "kind")
