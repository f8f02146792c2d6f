"""The way to the real CEN: workbooks uploaded by hand, and who uploaded them, when, under which number."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from opencen.formats.format import Exported, export_format
from opencen.formats.members.cen_excel import RELEASED
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound, TooLarge
from opencen.log.service import record_act, service
from opencen.records.effective import effective_schema
from opencen.records.lock import visible_to
from opencen.release.compiler import pseudonym
from opencen.release.events import UPLOADED, WORKBOOK_MADE
from opencen.release.models import Upload
from opencen.release.services import Choices, preview

CEN = "cen"
FORMAT = "cen_excel"
PROFILE = "global_cen"
MAX_CASES = 5_000
NUMBER_WIDTH = 64


@dataclass(slots=True)
class Workbook:
    """The file, the cases in it, and why others were left out, by record."""

    content: bytes
    uploads: list[Upload]
    left_out: dict[UUID, str] = field(default_factory=dict)


@service("case:release")
def make_cen_workbook(actor: Actor, *, record_ids: Sequence[UUID]) -> Workbook:
    """Build the CEN's workbooks of what may leave; held, unvalidated and foreign cases stay, each with its reason."""
    if len(record_ids) > MAX_CASES:
        raise TooLarge("export.too_many", limit=MAX_CASES)
    at = now()
    left_out: dict[UUID, str] = {}
    released: list[Exported] = []
    uploads: list[Upload] = []
    for record_id in dict.fromkeys(record_ids):
        made = preview(actor, record_id=record_id, profile=PROFILE, recipient=CEN, choices=Choices())
        if made.problems:
            left_out[record_id] = made.problems[0]
            continue
        name = pseudonym(str(record_id), "case")
        released.append(Exported(name, "", "", made.record.revision, made.compiled.document))
        uploads.append(
            Upload(
                record_id=record_id, revision=made.record.revision, system=CEN, format=FORMAT, exported_by=actor.id,
                exported_at=at,
            )
        )  # fmt: skip
    if not released:
        raise Conflict(next(iter(left_out.values()), "export.nothing"))
    stream = io.BytesIO()
    export_format(FORMAT, RELEASED).write(stream, released, effective_schema("case"), "en")
    Upload.objects.bulk_create(uploads, batch_size=200)
    record_act(WORKBOOK_MADE, "export", str(actor.id), format=FORMAT, count=len(uploads))
    return Workbook(stream.getvalue(), uploads, left_out)


@service("case:release")
def mark_uploaded(actor: Actor, *, upload_id: UUID, on: date, number: str) -> Upload:
    """Note that a case was uploaded: by whom, on which day, under which number there."""
    row = Upload.objects.select_for_update().filter(pk=upload_id).first()
    record = visible_to(actor).filter(pk=row.record_id).first() if row else None
    if row is None or record is None:
        raise NotFound("upload.not_found")
    if on > now().date() or on < row.exported_at.date():
        raise Invalid("upload.day", path="on", on=on.isoformat())
    if not number.strip() or len(number.strip()) > NUMBER_WIDTH:
        raise Invalid("upload.number", path="number", limit=NUMBER_WIDTH)
    row.uploaded_by, row.uploaded_on, row.number = actor.id, on, number.strip()
    row.save(update_fields=["uploaded_by", "uploaded_on", "number"])
    record_act(UPLOADED, record.type, record.id, revision=row.revision, system=row.system, upload=str(row.id))
    return row
