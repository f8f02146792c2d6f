"""What is reviewed after it has ended was kept without anybody looking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.partial_dates import PartialDate
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import day


@finding_rule(
    "kept.review_after_end",
    "warning",
    "The review on {review} comes after the end of keeping, {end}.",
    "Set the review before the end.",
)
def review_after_end(subject: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare the day of review with the end of keeping."""
    if not subject.review_on or not subject.expires_on:
        return
    review, end = PartialDate.parse(subject.review_on), PartialDate.parse(subject.expires_on)
    if review.first_day() > end.last_day():
        data = {"review": day(subject.review_on), "end": day(subject.expires_on)}
        yield Finding("kept.review_after_end", "warning", "review_on", data)
