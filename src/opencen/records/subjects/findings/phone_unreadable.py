"""A phone number that no country could have given is a slip, and finds nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import phonenumbers
from django.conf import settings

from opencen.records.findings import Finding, FindingContext, finding_rule


@finding_rule(
    "phone.unreadable",
    "warning",
    "“{value}” is no phone number that a country gives out.",
    "Write it with its country: +216 71 555 018.",
)
def phone_unreadable(subject: Any, context: FindingContext) -> Iterator[Finding]:
    """Check each phone number by its country's plan; without one, by that of this node."""
    for number in getattr(subject, "phones", ()):
        if not is_possible_phone(number):
            yield Finding("phone.unreadable", "warning", "phones", {"value": number})


def is_possible_phone(text: str) -> bool:
    """Tell whether a text is a phone number of the shape its country uses."""
    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(text, settings.NODE_COUNTRY)))
    except phonenumbers.NumberParseException:
        return False
