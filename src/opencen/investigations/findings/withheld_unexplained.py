"""What is kept from the defence is kept for a reason that stands in the schedule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule


@finding_rule(
    "evidence.withheld_unexplained",
    "warning",
    "{field}: withheld evidence needs its reason in the schedule.",
    "Name the ground, such as the safety of a source.",
)
def withheld_unexplained(document: Any, context: FindingContext) -> Iterator[Finding]:
    """Doubt withheld evidence without a reason."""
    for item in document.evidence:
        if item.disclosure in ("withheld", "partly") and not item.reason:
            yield Finding("evidence.withheld_unexplained", "warning", f"evidence[{item.id}].reason")
