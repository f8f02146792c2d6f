"""Reads of releases: who holds which revision of a record now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from opencen.accounts.queries import names_of
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.records.lock import visible_to
from opencen.release.models import Release, Upload


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """One recipient's present state of a record."""

    id: UUID
    recipient: str
    profile: str
    revision: int
    state: str
    by: str
    at: datetime
    receipt: dict[str, Any]
    note: str
    fields_sent: int
    fields_total: int
    waits_for_correction: bool


@dataclass(frozen=True, slots=True)
class UploadView:
    """A case carried to another system by hand."""

    id: UUID
    system: str
    revision: int
    exported_at: datetime
    by: str
    uploaded_on: date | None
    number: str


@dataclass(frozen=True, slots=True)
class ReleaseStatus:
    """Who holds the record: the newest release for each recipient, and uploads by hand."""

    releases: tuple[ReleaseView, ...]
    uploads: tuple[UploadView, ...]


def release_status(actor: Actor, record_id: UUID, *, revision: int | None = None) -> ReleaseStatus:
    """Return who holds which revision of a record; `revision` is its newest, of a caller that the lock let read it."""
    if revision is None:
        revision = visible_to(actor).filter(pk=record_id).values_list("revision", flat=True).first()
    if revision is None:
        raise NotFound("record.not_found")
    newest: dict[tuple[str, str], Release] = {}
    for row in Release.objects.filter(record_id=record_id).order_by("id"):
        newest[row.recipient, row.profile] = row
    uploads = list(Upload.objects.filter(record_id=record_id).order_by("-exported_at"))
    names = names_of([*(r.released_by for r in newest.values()), *(u.uploaded_by or u.exported_by for u in uploads)])
    releases = tuple(_view(row, names, revision) for row in newest.values())
    return ReleaseStatus(
        releases,
        tuple(
            UploadView(
                u.id,
                u.system,
                u.revision,
                u.exported_at,
                names.get(u.uploaded_by or u.exported_by, ""),
                u.uploaded_on,
                u.number,
            )
            for u in uploads
        ),
    )


def _view(row: Release, names: dict[UUID, str], revision: int) -> ReleaseView:
    return ReleaseView(
        id=row.id,
        recipient=row.recipient,
        profile=row.profile,
        revision=row.revision,
        state=row.state,
        by=names.get(row.released_by, ""),
        at=row.released_at,
        receipt=orjson.loads(row.receipt) if row.receipt else {},
        note=row.note,
        fields_sent=row.fields_sent,
        fields_total=row.fields_total,
        waits_for_correction=row.revision < revision and row.state in ("accepted", "delivered"),
    )
