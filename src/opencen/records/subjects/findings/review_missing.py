"""A record of interest is looked at again by a day that is set when it is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import day

HALF_A_YEAR = timedelta(days=182)


@finding_rule("kept.review_missing", "hint", "No day is set on which this record is looked at again.")
def review_missing(subject: Any, context: FindingContext) -> Iterator[Finding]:
    """Offer half a year where no day of review is stated."""
    if subject.review_on:
        return
    offered = (context.at + HALF_A_YEAR).date().isoformat()
    offer = Suggestion("kept.review_offer", {"review_on": offered}, data={"meant": day(offered)})
    yield Finding("kept.review_missing", "hint", "review_on", suggestions=(offer,))
