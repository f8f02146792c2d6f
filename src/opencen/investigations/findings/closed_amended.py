"""A closed investigation stays as it was closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from opencen.investigations.models import Investigation
from opencen.records.findings import Finding, FindingContext, finding_rule


@finding_rule(
    "investigation.closed_amended",
    "error",
    "The investigation is closed.",
    "Reopen it first, with the reason.",
    needs_database=True,
)
def closed_amended(document: Any, context: FindingContext) -> Iterator[Finding]:
    """Refuse a change of a closed investigation."""
    if Investigation.objects.filter(record_id=UUID(context.record_id)).exclude(closed_at=None).exists():
        yield Finding("investigation.closed_amended", "error", "")
