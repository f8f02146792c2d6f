"""The same goods, persons or containers twice in one case are counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from opencen.kernel.text import fold, identifier_key
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import field


@finding_rule(
    "case.repeated",
    "warning",
    "The same stands twice under “{group}”.",
    "Remove one, or say what tells them apart.",
)
def case_repeated(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Find lines, persons, companies and containers that are alike in all that identifies them."""
    yield from _repeats("lines", ((f"lines[{line.id}]", _line_key(line)) for line in case.lines))
    yield from _repeats("persons", ((f"persons[{p.id}]", _person_key(p)) for p in case.persons))
    yield from _repeats("companies", ((f"companies[{c.id}]", _company_key(c)) for c in case.companies))
    containers = (
        (f"consignments[{s.id}].containers[{c.id}]", identifier_key(c.number) if c.number else None)
        for s in case.consignments
        for c in s.containers
    )
    yield from _repeats("consignments.containers", containers)


def _repeats(group: str, entries: Iterable[tuple[str, Any]]) -> Iterator[Finding]:
    seen: set[Any] = set()
    for path, key in entries:
        if key is not None and key in seen:
            yield Finding("case.repeated", "warning", path, {"group": field(group)})
        seen.add(key)


def _line_key(line: Any) -> Any:
    if not line.commodity or line.quantity is None:
        return None
    place = line.concealment.place if line.concealment else None
    parts = (line.consignment, line.conveyance, *sorted(line.persons))
    return line.role, line.commodity, line.quantity, line.unit, place, line.description, parts


def _person_key(person: Any) -> Any:
    if not person.name:
        return None
    return fold(person.name), person.birth_date or person.birth_year, person.role


def _company_key(company: Any) -> Any:
    return (fold(company.name), company.country, company.role) if company.name else None
