"""Other records that name a subject: the company that it manages, the vessel that it owns, its associates."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.records.lock import visible_to
from opencen.records.models import IndexValue, Record
from opencen.records.showing import show_documents
from opencen.seizures.queries.subjects.facts import PARTS, naming_part
from opencen.seizures.queries.subjects.shapes import PartView

MOST = 100
PATHS = sorted({f"{name}.record" for lists in PARTS.values() for name, _roles in lists})


def named_in(actor: Actor, record_id: UUID) -> tuple[PartView, ...]:
    """Return the records that state a subject among their own and that exist for the actor, with its part in each."""
    stated = IndexValue.objects.filter(path__in=PATHS, text=str(record_id)).values("record_id")
    rows = visible_to(actor).filter(pk__in=stated, type__in=sorted(PARTS)).exclude(state="cancelled")
    by_kind: dict[str, list[Record]] = {}
    for row in rows.order_by("type", "-changed_at")[:MOST]:
        by_kind.setdefault(row.type, []).append(row)
    return tuple(part for kind, found in by_kind.items() for part in _parts(actor, kind, record_id, found))


def _parts(actor: Actor, kind: str, subject: UUID, records: list[Record]) -> Iterator[PartView]:
    documents = show_documents(actor, kind, [(record.id, record.revision) for record in records])
    lists = [(record, name, roles) for record in records for name, roles in PARTS[kind]]
    for record, name, roles in lists:
        for item in documents.get(record.id, {}).get(name, ()):
            if item.get("record") == str(subject):
                yield naming_part(record, item, roles, actor.language)
