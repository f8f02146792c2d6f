"""Times in an order that cannot be: seized before found, weighed before seized, arrested before anything happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import day, field
from opencen.seizures.findings._shared import date_of
from opencen.seizures.findings._times import arrest_times, assessment_times, departure_times

# A camera's clock is often wrong by hours or set to another zone; by more than a day it is another event.
_CAMERA = timedelta(days=1)
# Surveillance and a controlled delivery may arrest before the goods are found, but not days before.
_ARREST = timedelta(days=2)


@finding_rule(
    "time.order",
    "warning",
    "{field} ({later}) is before {earlier_field} ({earlier}).",
    "Check both times, and the month and the day.",
)
def time_order(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare every time with the detection, and arrivals with departures."""
    if not case.detected_at:
        return
    after = [("seized_at", case.seized_at, timedelta())] if case.seized_at else []
    after += [(path, stated, timedelta()) for path, stated in assessment_times(case)]
    after += [(path, stated, _ARREST) for path, stated in arrest_times(case)]
    after += [(f"media[{item.id}].taken_at", item.taken_at, _CAMERA) for item in case.media if item.taken_at]
    for path, stated, grace in after:
        yield from _check(path, stated, "detected_at", case.detected_at, grace)
    for path, stated in departure_times(case):
        yield from _check("detected_at", case.detected_at, path, stated, timedelta(days=1))


def _check(path: str, later: str, earlier_path: str, earlier: str, grace: timedelta) -> Iterator[Finding]:
    second, first = date_of(later), date_of(earlier)
    if second is None or first is None or not second.certainly_before(first):
        return
    if first.earliest() - second.latest() < grace:
        return
    data = {"later": day(later), "earlier": day(earlier), "earlier_field": field(earlier_path)}
    suggestions = []
    swapped = _swapped(later)
    if swapped and not (date_of(swapped) or second).certainly_before(first):
        suggestions.append(Suggestion("time.swapped", {path: swapped}, data={"meant": day(swapped)}))
    yield Finding("time.order", "warning", path, data, tuple(suggestions))


def _swapped(stated: str) -> str | None:
    """Exchange month and day, the commonest slip between two notations."""
    date, separator, clock = stated.partition("T")
    parts = date.split("-")
    if len(parts) != 3 or parts[1] == parts[2] or int(parts[2]) > 12:
        return None
    return f"{parts[0]}-{parts[2]}-{parts[1]}{separator}{clock}"
