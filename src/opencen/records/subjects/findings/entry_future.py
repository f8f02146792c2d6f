"""What has not come yet was not known yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from opencen.kernel.partial_dates import PartialDate
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import day

_FIRST_ZONE = timedelta(hours=14)


@finding_rule(
    "entry.future",
    "error",
    "A suspicion known since {stated} lies in the future.",
    "Check the year and the day.",
)
def entry_future(subject: Any, context: FindingContext) -> Iterator[Finding]:
    """Refuse suspicions whose day has not come."""
    for entry in subject.entries:
        if entry.on and PartialDate.parse(entry.on).earliest() > context.at + _FIRST_ZONE:
            yield Finding("entry.future", "error", f"entries[{entry.id}].on", {"stated": day(entry.on)})
