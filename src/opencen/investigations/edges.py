"""What the link chart knows of an investigation beside its document: the records that belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from opencen.investigations.events import LINKED, UNLINKED
from opencen.investigations.models import Link
from opencen.records.derived import count_as_change
from opencen.records.links.statements import edges_from

PART = 400


@edges_from
def linked_records(ids: Sequence[UUID]) -> Iterator[tuple[UUID, UUID, str]]:
    """Return the records that belong to some investigations; the lock on both ends stays with the chart."""
    for start in range(0, len(ids), PART):
        rows = Link.objects.filter(investigation_id__in=ids[start : start + PART], ended_at=None)
        for investigation_id, record_id in rows.values_list("investigation_id", "record_id"):
            yield investigation_id, record_id, "link_role:subject"


count_as_change(LINKED, UNLINKED)
