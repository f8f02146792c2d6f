"""What has not happened yet was not found yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import day
from opencen.seizures.findings._shared import date_of
from opencen.seizures.findings._times import stated_times

# A device's clock may be fast, and a day without zone begins first where the sun rises.
_GRACE = timedelta(minutes=15)
_FIRST_ZONE = timedelta(hours=14)


@finding_rule(
    "time.future",
    "error",
    "{field}: {stated} lies in the future.",
    "Check the year, the day and the clock of the device.",
)
def time_future(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Refuse times of the event that have not come yet."""
    for path, stated in stated_times(case):
        found = date_of(stated)
        if found is None:
            continue
        grace = _GRACE if found.offset is not None else _FIRST_ZONE
        if found.earliest() > context.at + grace:
            yield Finding("time.future", "error", path, {"stated": day(stated)})
