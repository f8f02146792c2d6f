"""Tax and VAT numbers prove themselves in many countries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from stdnum import get_cc_module
from stdnum.exceptions import ValidationError

from opencen.records.findings import Finding, FindingContext, finding_rule

CHECKED = {"vat": "vat", "tax": "vat"}


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
        if registration.kind not in CHECKED or not registration.number or not country:
            continue
        if not _is_valid(country, CHECKED[registration.kind], registration.number):
            path = f"registrations[{registration.id}].number"
            data = {"value": registration.number, "country": {"list": "country", "code": country}}
            yield Finding("registration.check_digits", "warning", path, data)


@lru_cache(maxsize=4096)
def _is_valid(country: str, name: str, number: str) -> bool:
    module = get_cc_module(country.lower(), name)
    if module is None:
        return True
    try:
        module.validate(number)
    except ValidationError:
        return False
    return True
