"""The machine-readable lines of a document prove themselves: one letter misread, and a check digit fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.mrz import MrzReading
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.suspects.findings._zones import offers_of, part_of, read_zones
from opencen.suspects.findings.zone_misread import CHECK_DIGIT


@finding_rule(
    "zone.check_digit",
    "warning",
    "Line {line} of the machine-readable lines: the check digit of “{part}” fails, {found} was read.",
    "For what stands there it would be {expected}; compare it with the document, letter by letter.",
)
def zone_digit(suspect: Any, context: FindingContext) -> Iterator[Finding]:
    """Read each zone and name the first check digit that fails, what it would be, and what may have been meant."""
    for path, reading in read_zones(suspect, context):
        if isinstance(reading, MrzReading) and reading.problems and reading.problems[0].code == CHECK_DIGIT:
            first = reading.problems[0]
            said = {name: str(first.data.get(name, "")) for name in ("found", "expected")}
            data = {"line": first.line + 1, "part": part_of(reading, path), **said}
            yield Finding("zone.check_digit", "warning", path, data, offers_of(reading, path))
