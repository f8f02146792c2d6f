"""The purpose is set once: every look-up made for the investigation rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.documents import load_revision
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.models import Revision


@finding_rule(
    "investigation.purpose_fixed",
    "error",
    "The purpose was set before and does not change.",
    "Write what is new into the background; another purpose is another investigation.",
    needs_database=True,
)
def purpose_fixed(document: Any, context: FindingContext) -> Iterator[Finding]:
    """Refuse another purpose than the one that was stated."""
    row = Revision.objects.filter(record_id=context.record_id).order_by("-number").first()
    if row is None or row.erased_at is not None:
        return
    stated = load_revision(row, "investigation").get("purpose")
    if stated and document.purpose != stated:
        yield Finding("investigation.purpose_fixed", "error", "purpose")
