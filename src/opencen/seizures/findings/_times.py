"""The dated statements of a case, as (path, text)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Stated = tuple[str, str]


def stated_times(case: Any) -> Iterator[Stated]:
    """Yield every date of something that has happened."""
    for name in ("detected_at", "seized_at"):
        if value := getattr(case, name):
            yield name, value
    yield from arrest_times(case)
    yield from assessment_times(case)
    for item in case.media:
        if item.taken_at:
            yield f"media[{item.id}].taken_at", item.taken_at
    for line in case.lines:
        for status in line.goods_status:
            if status.on:
                yield f"lines[{line.id}].goods_status[{status.id}].on", status.on


def arrest_times(case: Any) -> Iterator[Stated]:
    """Yield when persons were arrested."""
    for person in case.persons:
        if person.arrest and person.arrest.at:
            yield f"persons[{person.id}].arrest.at", person.arrest.at


def assessment_times(case: Any) -> Iterator[Stated]:
    """Yield when goods were tested, weighed and judged."""
    for line in case.lines:
        for step in line.assessments:
            if step.on:
                yield f"lines[{line.id}].assessments[{step.id}].on", step.on


def departure_times(case: Any) -> Iterator[Stated]:
    """Yield when goods or travellers set out; the last stop's departure would be after the find."""
    for leg in case.route:
        if leg.role in ("departure", "origin") and leg.departed:
            yield f"route[{leg.id}].departed", leg.departed
    if case.traveller and case.traveller.flight_date:
        yield "traveller.flight_date", case.traveller.flight_date
