"""A seal other than the papers say was changed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.text import identifier_key
from opencen.records.findings import Finding, FindingContext, finding_rule


@finding_rule(
    "seal.differs",
    "warning",
    "The seal differs from the papers: {expected} expected, {found} found.",
    "Check the number; if it is so, say what is known of the change and photograph the seal.",
)
def seal_differs(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare each seal found with the one that the papers have."""
    for path, seal in _seals(case):
        if seal.expected and seal.found and identifier_key(seal.expected) != identifier_key(seal.found):
            data = {"expected": seal.expected, "found": seal.found}
            yield Finding("seal.differs", "warning", f"{path}.found", data)


def _seals(case: Any) -> Iterator[tuple[str, Any]]:
    for consignment in case.consignments:
        for container in consignment.containers:
            for seal in container.seals:
                yield f"consignments[{consignment.id}].containers[{container.id}].seals[{seal.id}]", seal
