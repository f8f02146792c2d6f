"""The way to the real CEN: workbooks uploaded by hand, and who uploaded them, when, under which number."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef

from opencen.accounts.queries import names_of
from opencen.formats.format import Exported, export_format
from opencen.formats.members.cen_excel import RELEASED
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound, TooLarge
from opencen.log.service import record_act, service
from opencen.records.effective import effective_schema
from opencen.records.holds import holds_in_force
from opencen.records.lock import visible_to
from opencen.records.models import Record
from opencen.release.compiler import pseudonym
from opencen.release.events import UPLOADED, WORKBOOK_MADE
from opencen.release.models import Upload
from opencen.release.services import RELEASABLE, Choices, preview

CEN = "cen"
FORMAT = "cen_excel"
PROFILE = "global_cen"
MAX_CASES = 5_000
NUMBER_WIDTH = 64


@dataclass(frozen=True, slots=True)
class Period:
    """The days of the events, both ends included; None leaves an end open."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The cases that no workbook took yet in their present revision, the oldest events first."""

    total: int
    held: int
    records: list[Record]


@dataclass(frozen=True, slots=True)
class Unnoted:
    """A case that was put into a workbook, and of which nobody noted yet that it was uploaded."""

    id: UUID
    record_id: UUID
    reference: str
    revision: int
    exported_at: datetime
    by: str


@dataclass(slots=True)
class Workbook:
    """The file, the cases in it, and why others were left out, by record."""

    content: bytes
    uploads: list[Upload]
    left_out: dict[UUID, str] = field(default_factory=dict)


def list_waiting(actor: Actor, period: Period = Period(), limit: int = MAX_CASES) -> Waiting:
    """List the validated cases of this node that may go by workbook; held ones are only counted."""
    actor.require("case:release")
    done = Upload.objects.filter(record_id=OuterRef("pk"), revision=OuterRef("revision"), system=CEN)
    rows = visible_to(actor).filter(
        ~Exists(done), type="case", origin=settings.NODE_ID, state__in=RELEASABLE, validated_revision=F("revision")
    )
    if period.since is not None:
        rows = rows.filter(occurred_on__gte=period.since)
    if period.until is not None:
        rows = rows.filter(occurred_on__lte=period.until)
    held = Exists(holds_in_force(OuterRef("pk")))
    free = rows.filter(~held)
    return Waiting(free.count(), rows.filter(held).count(), list(free.order_by("occurred_on", "id")[:limit]))


def list_unnoted(actor: Actor, limit: int = 200) -> tuple[int, list[Unnoted]]:
    """Return how many exported cases wait for the note of their upload, and the oldest of them."""
    actor.require("case:release")
    rows = Upload.objects.filter(uploaded_on=None, record_id__in=visible_to(actor).values("pk"))
    found = list(rows.order_by("exported_at", "id")[:limit])
    heads = visible_to(actor).in_bulk([row.record_id for row in found])
    names = names_of([row.exported_by for row in found])
    shown = [
        Unnoted(row.id, row.record_id, heads[row.record_id].reference or "", row.revision, row.exported_at, by)
        for row, by in ((row, names.get(row.exported_by, "")) for row in found)
    ]
    return rows.count(), shown


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
    if left_out:
        _tell_left_out(stream, left_out)
    Upload.objects.bulk_create(uploads, batch_size=200)
    record_act(WORKBOOK_MADE, "export", str(actor.id), format=FORMAT, count=len(uploads))
    return Workbook(stream.getvalue(), uploads, left_out)


def _tell_left_out(stream: io.BytesIO, left_out: dict[UUID, str]) -> None:
    """Lay a list of what is not in the workbooks beside them, each case with its reason."""
    references = dict(Record.objects.filter(pk__in=left_out).values_list("pk", "reference"))
    lines = [f"{references.get(record_id) or record_id},{code}" for record_id, code in left_out.items()]
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("left_out.csv", "\n".join(["reference,reason", *lines]) + "\n")


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
