"""An investigation begins on its own page: its closed group is made there, and no document enters without one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from opencen.investigations.models import Investigation
from opencen.records.findings import Finding, FindingContext, finding_rule


@finding_rule(
    "investigation.opened_elsewhere",
    "error",
    "An investigation cannot begin with its document.",
    "Open it under Investigations; its document is amended afterwards.",
    needs_database=True,
)
def opened_elsewhere(document: Any, context: FindingContext) -> Iterator[Finding]:
    """Refuse a document for which no closed group was made."""
    if not Investigation.objects.filter(record_id=UUID(context.record_id)).exists():
        yield Finding("investigation.opened_elsewhere", "error", "")
