"""The photos of a result: of records that the lock has let through."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from opencen.kernel.uploads import IMAGES
from opencen.records.media import CONTENT_TYPES
from opencen.records.models import MediaObject, MediaUse, Record

MOST_OF_ONE = 6


def photos_among(records: Sequence[Record]) -> list[tuple[UUID, str]]:
    """Return (record, digest) of the pictures that records show, in the records' order, a few of each."""
    uses: dict[UUID, list[str]] = {record.id: [] for record in records}
    for record_id, sha256 in (
        MediaUse.objects.filter(record_id__in=uses).order_by("id").values_list("record_id", "sha256")
    ):
        uses[record_id].append(sha256)
    wanted = {sha256 for found in uses.values() for sha256 in found}
    formats = [name for name, content_type in CONTENT_TYPES.items() if content_type in IMAGES]
    rows = MediaObject.objects.filter(sha256__in=wanted, erased_at=None, format__in=formats)
    shown = set(rows.values_list("sha256", flat=True)) if wanted else set()
    return [
        (record.id, sha256)
        for record in records
        for sha256 in [found for found in uses[record.id] if found in shown][:MOST_OF_ONE]
    ]
