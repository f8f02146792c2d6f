"""A seizure is of something; an offence may be of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import code


@finding_rule(
    "case.without_lines",
    "error",
    "A case of the kind “{kind}” names no goods.",
    "Add a line for what was taken, or record an offence instead.",
)
def case_without_lines(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Refuse seizures and detentions without a line of goods."""
    if case.kind in ("seizure", "detention") and not case.lines:
        yield Finding("case.without_lines", "error", "lines", {"kind": code("case_kind", case.kind)})
