"""The tax number of a person proves itself in many countries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.national_numbers import is_national_number, suggest_number
from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule


@finding_rule(
    "document.check_digits",
    "warning",
    "“{value}” is no valid number of this kind in {country}.",
    "Check the digits against the paper.",
)
def tax_number(suspect: Any, context: FindingContext) -> Iterator[Finding]:
    """Check tax numbers by the rule of the country that gave them, where it is known."""
    for document in suspect.documents:
        number, country = document.number, document.country
        if document.kind != "tax_number" or not number or not country:
            continue
        if is_national_number(country, "person", number):
            continue
        path = f"documents[{document.id}].number"
        data = {"value": number, "country": {"list": "country", "code": country}}
        offers = tuple(Suggestion("number.meant", {path: meant}) for meant in suggest_number(country, "person", number))
        yield Finding("document.check_digits", "warning", path, data, offers)
