"""A bank account number proves itself by its check digits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.check_digits import identifier
from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule


@finding_rule(
    "account.check_digits",
    "warning",
    "“{value}” is no valid international bank account number.",
    "Check the digits against the paper.",
)
def account_check_digits(subject: Any, context: FindingContext) -> Iterator[Finding]:
    """Check the account numbers that are written as international ones."""
    kind = identifier("iban")
    for account in getattr(subject, "accounts", ()):
        text = (account.number or "").replace(" ", "")
        if account.kind != "bank" or not (text[:2].isalpha() and text[2:4].isdigit()):
            continue
        if kind.explain(text) is not None:
            path = f"accounts[{account.id}].number"
            offers = tuple(
                Suggestion(found.reason, {path: found.value}, tuple((at, at + 1) for at in found.positions))
                for found in kind.suggest(text)[:3]
            )
            yield Finding("account.check_digits", "warning", path, {"value": account.number}, offers)
