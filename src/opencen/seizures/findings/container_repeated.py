"""A container is one box: it is not part of two consignments with different papers without a word about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.text import identifier_key
from opencen.records.findings import Finding, FindingContext, finding_rule


@finding_rule(
    "container.repeated",
    "hint",
    "Container {number} stands in this case twice.",
    "Right for consignments loaded together: say to which of them the goods belong. Else remove one.",
)
def container_repeated(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Find the second place of a container number, unless every line says which consignment it belongs to."""
    owners = {line.consignment for line in case.lines}
    if owners and all(owners):
        return
    seen: set[str] = set()
    for consignment in case.consignments:
        for container in consignment.containers:
            key = identifier_key(container.number or "")
            if key and key in seen:
                path = f"consignments[{consignment.id}].containers[{container.id}].number"
                yield Finding("container.repeated", "hint", path, {"number": container.number})
            seen.add(key)
