"""Tax and VAT numbers prove themselves in many countries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.national_numbers import COMPANY_KINDS
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.numbered import WRONG_NUMBER, wrong_number


@finding_rule("registration.check_digits", "warning", *WRONG_NUMBER)
def registration_check(company: Any, context: FindingContext) -> Iterator[Finding]:
    """Check the numbers whose country's rule is known."""
    for registration in company.registrations:
        if registration.kind in COMPANY_KINDS:
            path = f"registrations[{registration.id}].number"
            country = registration.country or company.country
            yield from wrong_number("registration.check_digits", path, registration.number, country, registration.kind)
