"""A company that owns itself through others hides who stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from opencen.records.documents import documents_of
from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.lock import visible_to

OWNING = frozenset({"owner", "beneficial_owner", "parent", None})
_DEEPEST = 6
_MOST = 50


@finding_rule(
    "ownership.circular",
    "warning",
    "The company owns itself: {way}.",
    "Check the owners; if it is so, say so.",
    needs_database=True,
    of_others=True,
)
def ownership_circular(company: Any, context: FindingContext) -> Iterator[Finding]:
    """Follow the owners that are records, as far as the reader may see, until one is the company itself."""
    first = {owner.record: owner for owner in (*company.owners, *company.people) if _owns(owner.role, owner.record)}
    ways: dict[str, tuple[str, tuple[str, ...]]] = {key: (key, ()) for key in first}
    seen: set[str] = set()
    for _ in range(_DEEPEST):
        if context.record_id in ways:
            start, way = ways[context.record_id]
            own = _reference(context)
            names = " → ".join([own, *way, own])
            group = "owners" if any(first[start] is owner for owner in company.owners) else "people"
            path = f"{group}[{first[start].id}].record"
            yield Finding("ownership.circular", "warning", path, {"way": names})
            return
        seen |= ways.keys()
        ways = {key: found for key, found in _further(context, ways).items() if key not in seen}
        if not ways:
            return


def _reference(context: FindingContext) -> str:
    found = visible_to(context.actor).filter(pk__in=_ids([context.record_id])).values_list("reference", flat=True)
    return found.first() or "…"


def _owns(role: str | None, record: str | None) -> bool:
    return bool(record) and role in OWNING


def _further(
    context: FindingContext, ways: dict[str, tuple[str, tuple[str, ...]]]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the owners of the companies reached, each with the first step and the references on the way."""
    records = {
        record.id: record for record in visible_to(context.actor).filter(pk__in=_ids(ways), type="company")[:_MOST]
    }
    documents = documents_of("company", [(record.id, record.revision) for record in records.values()])
    found = {}
    for record_id, document in documents.items():
        start, way = ways[str(record_id)]
        step = (*way, records[record_id].reference or "")
        for owner in (*document.get("owners", ()), *document.get("people", ())):
            if _owns(owner.get("role"), owner.get("record")):
                found[owner["record"]] = (start, step)
    return found


def _ids(keys: Iterable[str]) -> list[UUID]:
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found
