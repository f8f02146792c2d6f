"""Numbers that a country gave a person or business, checked by its rule wherever a document states one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opencen.kernel.national_numbers import is_national_number, suggest_number
from opencen.records.findings import Finding, Suggestion

WRONG_NUMBER = ("“{value}” is no valid number of this kind in {country}.", "Check the digits against the paper.")
"""What a rule says of such a number, and what then."""

OF_PAPERS: Mapping[str, str] = {"tax_number": "person", "social_security": "social"}
"""Kinds of identity documents whose number proves itself, by the kind of number."""


def wrong_number(code: str, path: str, number: str | None, country: str | None, kind: str) -> Iterator[Finding]:
    """Find a number that no rule of its country takes, with what it may have been."""
    if not number or not country or is_national_number(country, kind, number):
        return
    data = {"value": number, "country": {"list": "country", "code": country}}
    offers = tuple(Suggestion("number.meant", {path: meant}) for meant in suggest_number(country, kind, number))
    yield Finding(code, "warning", path, data, offers)


def wrong_papers(code: str, above: str, documents: list[Any]) -> Iterator[Finding]:
    """Find the wrong numbers among a person's identity documents; `above` is the path that they stand below."""
    for document in documents:
        if document.kind in OF_PAPERS:
            path = f"{above}documents[{document.id}].number"
            yield from wrong_number(code, path, document.number, document.country, OF_PAPERS[document.kind])
