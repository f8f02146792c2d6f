"""The machine-readable lines of a document cannot be read, or a sign stands where it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import field
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
    for path, text, reading in read_zones(suspect, context):
        if reading is None:
            yield Finding("zone.misread", "warning", path, {"line": 1, "part": field(path), "found": text[:9]})
        elif reading.problems and reading.problems[0].code != CHECK_DIGIT:
            first = reading.problems[0]
            data = {"line": first.line + 1, "part": part_of(reading, path), "found": str(first.data.get("found", ""))}
            yield Finding("zone.misread", "warning", path, data, offers_of(reading, path))
