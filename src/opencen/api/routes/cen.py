"""The way to the real CEN by workbook: what waits, the workbooks, and the note of an upload."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from opencen.api.answers.cen import CenAnswer, CenNote
from opencen.api.auth import caller
from opencen.release.uploads import Period, list_unnoted, list_waiting, make_cen_workbook, mark_uploaded

router = Router()
AT_ONCE = 1_000


class PeriodQuery(Schema):
    """The days of the events, both ends included."""

    since: date | None = None
    until: date | None = None


class WorkbookBody(Schema):
    """Which cases."""

    ids: list[UUID] = Field(min_length=1, max_length=AT_ONCE)


class NoteBody(Schema):
    """When a case was uploaded, and under which number there."""

    uploaded_on: date
    number: str = Field(min_length=1, max_length=64)


@router.get("", response=CenAnswer, summary="List what waits for a workbook, and what waits for the note of its upload")
def read_waiting(request: HttpRequest, asked: Query[PeriodQuery]) -> dict[str, Any]:
    """Return ids and counts; cases under an operational hold are counted, not named."""
    actor = caller(request)
    waiting = list_waiting(actor, Period(asked.since, asked.until), AT_ONCE)
    total, rows = list_unnoted(actor)
    return {
        "waiting": {"total": waiting.total, "held": waiting.held, "ids": [row.pk for row in waiting.records]},
        "unnoted": {"total": total, "uploads": [{"id": row.id, "record": row.record_id} for row in rows]},
    }


@router.post("/workbook", summary="Make the CEN's workbooks of validated cases")
def make_workbook(request: HttpRequest, body: WorkbookBody) -> HttpResponse:
    """Return an archive with a workbook for each section; `left_out.csv` in it says what stays, and why."""
    made = make_cen_workbook(caller(request), record_ids=body.ids)
    return HttpResponse(made.content, content_type="application/zip")


@router.post("/uploads/{uuid:upload_id}", response=CenNote, summary="Note that a case was uploaded")
def note_upload(request: HttpRequest, upload_id: UUID, body: NoteBody) -> dict[str, Any]:
    """Return the note."""
    row = mark_uploaded(caller(request), upload_id=upload_id, on=body.uploaded_on, number=body.number)
    return {"id": row.id, "record": row.record_id, "uploaded_on": row.uploaded_on, "number": row.number}
