"""One document number in two records: one person entered twice, or a forged document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.text import identifier_key
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.lock import visible_to
from opencen.records.models import IndexValue

_SHORTEST = 5


@finding_rule(
    "document.known_suspect",
    "warning",
    "Document {number} stands in the record {reference} already.",
    "Open that record and amend it; if two persons use the document, say so.",
    needs_database=True,
    of_others=True,
)
def document_known(suspect: Any, context: FindingContext) -> Iterator[Finding]:
    """Look each document number up in the other records that the reader may see."""
    stated = {identifier_key(found.number): found for found in suspect.documents if found.number}
    wanted = [key for key in stated if len(key) >= _SHORTEST]
    if not wanted or not context.actor.may("suspect:read"):
        return
    rows = IndexValue.objects.filter(path="documents.number", text__in=wanted).exclude(record_id=context.record_id)
    found = dict(rows.values_list("record_id", "text")[:20])
    if not found:
        return
    seen = visible_to(context.actor).filter(pk__in=found, type="suspect").exclude(state="cancelled")
    for record in seen.order_by("created_at")[:3]:
        document = stated[found[record.id]]
        data = {"number": document.number, "reference": record.reference or ""}
        yield Finding("document.known_suspect", "warning", f"documents[{document.id}].number", data)
