"""Other records that name a subject: the company that it manages, the vessel that it owns, its associates."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import F

from opencen.kernel.actor import Actor
from opencen.records.lock import lock_condition, lock_terms
from opencen.records.models import IndexValue, Revision
from opencen.records.showing import show_revision
from opencen.seizures.queries.subjects.facts import PARTS, naming_part
from opencen.seizures.queries.subjects.shapes import PartView

MOST = 100
PRESENT = F("record__revision")
PATHS = sorted({f"{name}.record" for lists in PARTS.values() for name, _roles in lists})


def named_in(actor: Actor, record_id: UUID) -> tuple[PartView, ...]:
    """Return the records that state a subject among their own and that exist for the actor, with its part in each.

    Heads and documents are read by one question, whatever databases they are of.
    """
    stated = IndexValue.objects.filter(path__in=PATHS, text=str(record_id)).values("record_id")
    lock = lock_condition(lock_terms(actor), "record__")
    rows = Revision.objects.filter(lock, record_id__in=stated, record__type__in=sorted(PARTS), number=PRESENT)
    rows = rows.exclude(record__state="cancelled").select_related("record")
    found = rows.order_by("record__type", "-record__changed_at")[:MOST]
    return tuple(part for row in found for part in _parts(actor, row, record_id))


def _parts(actor: Actor, row: Revision, subject: UUID) -> Iterator[PartView]:
    kind = row.record.type
    document = show_revision(actor, row, kind)
    for name, roles in PARTS[kind]:
        for item in document.get(name, ()):
            if item.get("record") == str(subject):
                yield naming_part(row.record, item, roles, actor.language)
