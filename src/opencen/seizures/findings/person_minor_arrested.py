"""An arrested minor has rights of his own, and a birth date and “minor” must agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import day
from opencen.seizures.findings._shared import date_of

_ADULT = 18


@finding_rule(
    "person.minor_arrested",
    "warning",
    "An arrested person is a minor, or is said to be.",
    "Name who was informed (guardian, youth authority, prosecutor), or correct the date of birth.",
)
def person_minor_arrested(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Find arrested persons who were, or are said to have been, under eighteen on that day."""
    for person in case.persons:
        if person.arrest is None and person.standing not in ("charged", "convicted"):
            continue
        age = _age(person, case)
        if person.minor or (age is not None and age < _ADULT):
            path = f"persons[{person.id}].minor"
            suggestions: tuple[Suggestion, ...] = ()
            if age is not None and age >= _ADULT:
                suggestions = (Suggestion("person.not_minor", {path: False}),)
            elif person.minor is None:
                suggestions = (Suggestion("person.is_minor", {path: True}),)
            data = {"born": day(person.birth_date)} if person.birth_date else {}
            yield Finding("person.minor_arrested", "warning", path, data, suggestions)


def _age(person: Any, case: Any) -> int | None:
    """Return the greatest age a person may have had at arrest or detection."""
    at = date_of((person.arrest.at if person.arrest else None) or case.detected_at or case.seized_at)
    born = date_of(person.birth_date)
    if at is None or (born is None and person.birth_year is None):
        return None
    if born is None:
        return int(at.last_day().year - person.birth_year)
    day, birth = at.last_day(), born.first_day()
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
