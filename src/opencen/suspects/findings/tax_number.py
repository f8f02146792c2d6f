"""Tax and social security numbers of a person prove themselves in many countries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.numbered import WRONG_NUMBER, wrong_papers


@finding_rule("document.check_digits", "warning", *WRONG_NUMBER)
def tax_number(suspect: Any, context: FindingContext) -> Iterator[Finding]:
    """Check such numbers by the rule of the country that gave them, where it is known."""
    yield from wrong_papers("document.check_digits", "", suspect.documents)
