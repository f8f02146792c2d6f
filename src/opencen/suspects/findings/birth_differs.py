"""Two days of birth that cannot both be right: both are kept, and somebody says why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from opencen.kernel.partial_dates import PartialDate
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import day


@finding_rule(
    "birth.differs",
    "warning",
    "Two dates of birth are stated: {first} and {second}. Both are kept.",
    "Say where each comes from, or that one is false.",
)
def birth_differs(suspect: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare every pair of dates; a year and a day in it are no doubt."""
    stated = [birth for birth in suspect.births if birth.date]
    for first, second in combinations(stated, 2):
        one, other = PartialDate.parse(first.date), PartialDate.parse(second.date)
        if one.certainly_before(other) or other.certainly_before(one):
            data = {"first": day(first.date), "second": day(second.date)}
            yield Finding("birth.differs", "warning", f"births[{second.id}].date", data)
            return
