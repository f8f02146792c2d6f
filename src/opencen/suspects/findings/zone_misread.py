"""A sign stands in the machine-readable lines of a document where it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.mrz import MrzReading
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.suspects.findings._zones import offers_of, part_of, read_zones

CHECK_DIGIT = "mrz.check_digit"


@finding_rule(
    "zone.misread",
    "warning",
    "Line {line} of the machine-readable lines does not prove itself at “{part}”: {found} was read.",
    "Compare it with the document, letter by letter.",
)
def zone_misread(suspect: Any, context: FindingContext) -> Iterator[Finding]:
    """Read each zone and name the first part that was misread, with what it may have been."""
    for path, reading in read_zones(suspect, context):
        if isinstance(reading, MrzReading) and reading.problems and reading.problems[0].code != CHECK_DIGIT:
            first = reading.problems[0]
            data = {"line": first.line + 1, "part": part_of(reading, path), "found": str(first.data.get("found", ""))}
            yield Finding("zone.misread", "warning", path, data, offers_of(reading, path))
