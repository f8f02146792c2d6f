"""Records of every kind: hand in, read, review, history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from opencen.api.auth import caller
from opencen.api.shapes import SubmissionBody, receipt_json
from opencen.records import queries, review
from opencen.records.intake import submit_many

router = Router()


class ReturnBody(Schema):
    """Why a record goes back, at the path of each field."""

    revision: int
    reasons: dict[str, str] = Field(max_length=100)


class RevisionBody(Schema):
    """The revision that was looked at."""

    revision: int


class ReasonBody(Schema):
    """Why."""

    reason: str = Field(max_length=2000)


@router.post("/batch", summary="Hand in up to 500 records; each gets its own receipt")
def hand_in_batch(request: HttpRequest, body: list[SubmissionBody]) -> list[dict[str, Any]]:
    """Take a batch through the one door in."""
    actor = caller(request)
    receipts = submit_many(actor, [entry.as_submission() for entry in body])
    return [receipt_json(receipt, actor.language) for receipt in receipts]


@router.get("/{type}/{record_id}", summary="Read a record's present document")
def read_record(request: HttpRequest, type: str, record_id: UUID, revision: int | None = None) -> dict[str, Any]:
    """Return the document with state, revision and reviewers' open reasons."""
    return queries.read_record(caller(request), type, record_id, revision=revision)


@router.get("/{type}/{record_id}/revisions", summary="List a record's revisions with their differences")
def list_revisions(request: HttpRequest, type: str, record_id: UUID) -> list[dict[str, Any]]:
    """Return who stated what, oldest first."""
    return queries.list_revisions(caller(request), type, record_id)


@router.post("/{type}/{record_id}/validate", summary="Validate the revision that was looked at")
def validate(request: HttpRequest, type: str, record_id: UUID, body: RevisionBody) -> dict[str, Any]:
    """Validate as a second person."""
    record = review.validate_record(caller(request), record_id=record_id, revision=body.revision)
    return {"id": record.id, "state": record.state, "revision": record.revision}


@router.post("/{type}/{record_id}/return", summary="Return a record with a reason at each field")
def give_back(request: HttpRequest, type: str, record_id: UUID, body: ReturnBody) -> dict[str, Any]:
    """Return a record to its officer."""
    actor = caller(request)
    record = review.return_record(actor, record_id=record_id, revision=body.revision, reasons=body.reasons)
    return {"id": record.id, "state": record.state, "revision": record.revision}


@router.post("/{type}/{record_id}/cancel", summary="Cancel a record that should not stand")
def cancel(request: HttpRequest, type: str, record_id: UUID, body: ReasonBody) -> dict[str, Any]:
    """Cancel a record; it stays, and leaves every figure."""
    record = review.cancel_record(caller(request), record_id=record_id, reason=body.reason)
    return {"id": record.id, "state": record.state, "revision": record.revision}
