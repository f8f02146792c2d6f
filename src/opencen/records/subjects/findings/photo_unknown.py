"""A record may show only files that its author has uploaded or may see: naming one would open it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.media import unseen_media


@finding_rule(
    "photo.unknown",
    "error",
    "{field}: this file has not reached the node.",
    "Upload the file first, then hand in the record.",
    needs_database=True,
)
def photo_unknown(subject: Any, context: FindingContext) -> Iterator[Finding]:
    """Refuse files that are not there, or not for the author to see: one answer for both."""
    unseen = unseen_media(context.actor, {item.sha256 for item in subject.photos if item.sha256}, context.record_id)
    for item in subject.photos:
        if item.sha256 in unseen:
            yield Finding("photo.unknown", "error", f"photos[{item.id}].sha256")
