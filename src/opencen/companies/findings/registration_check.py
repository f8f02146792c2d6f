"""Tax and VAT numbers prove themselves in many countries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.national_numbers import KINDS, is_national_number, suggest_number
from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule


@finding_rule(
    "registration.check_digits",
    "warning",
    "“{value}” is no valid number of this kind in {country}.",
    "Check the digits against the paper.",
)
def registration_check(company: Any, context: FindingContext) -> Iterator[Finding]:
    """Check the numbers whose country's rule is known."""
    for registration in company.registrations:
        country = registration.country or company.country
        kind, number = registration.kind, registration.number
        if kind not in KINDS or not number or not country or is_national_number(country, kind, number):
            continue
        path = f"registrations[{registration.id}].number"
        data = {"value": number, "country": {"list": "country", "code": country}}
        offers = tuple(Suggestion("number.meant", {path: meant}) for meant in suggest_number(country, kind, number))
        yield Finding("registration.check_digits", "warning", path, data, offers)
