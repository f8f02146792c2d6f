"""Tax and social security numbers of a person or company of the case prove themselves in many countries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.numbered import WRONG_NUMBER, wrong_number, wrong_papers


@finding_rule("party.check_digits", "warning", *WRONG_NUMBER)
def party_number(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Check the numbers of people and companies by the rule of the country that gave them, where it is known."""
    for person in case.persons:
        yield from wrong_papers("party.check_digits", f"persons[{person.id}].", person.documents)
    for company in case.companies:
        path = f"companies[{company.id}].tax_number"
        yield from wrong_number("party.check_digits", path, company.tax_number, company.country, "tax")
