"""Nobody owns more than the whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule

WHOLE = 100
OWNING = ("owner", "parent", None)


@finding_rule(
    "ownership.over_whole",
    "warning",
    "The present owners hold {total} % together.",
    "Correct the shares, or say until when a former owner held his.",
)
def shares_over_whole(company: Any, context: FindingContext) -> Iterator[Finding]:
    """Add up the shares of present owners."""
    present = [h for h in (*company.owners, *company.people) if h.share and not h.until and h.role in OWNING]
    total = sum(holder.share for holder in present)
    if total > WHOLE:
        yield Finding("ownership.over_whole", "warning", "people", {"total": total})
