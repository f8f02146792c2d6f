"""Records of every kind: search, hand in, read, review, history."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from opencen.accounts.auditing import LogEntry, entries_about
from opencen.api.answers.records import (
    ErasureAnswer,
    ReceiptAnswer,
    RecordAnswer,
    RevisionAnswer,
    SearchAnswer,
    StateAnswer,
)
from opencen.api.auth import caller
from opencen.api.finding import RecordQuery, search_json
from opencen.api.pages import PageQuery, plain
from opencen.api.shapes import RevisionBody, SubmissionBody, receipt_json
from opencen.records import erasing_whole, erasure, queries, review
from opencen.records.intake import submit_many
from opencen.records.intake.receive import MAX_BATCH
from opencen.records.types import domain

router = Router()


class ReturnBody(RevisionBody):
    """Why a record goes back, at the path of each field."""

    reasons: dict[str, str] = Field(max_length=100)


class ReasonBody(Schema):
    """Why."""

    reason: str = Field(max_length=2000)


class ErasureBody(Schema):
    """Whom to erase, by item id, and on which legal basis; no item: the whole record of a person or business."""

    items: list[str] = Field(default_factory=list, max_length=100)
    basis: str = Field(min_length=1, max_length=64)


@router.post("/batch", response=list[ReceiptAnswer], summary="Hand in up to 500 records; each gets its own receipt")
def hand_in_batch(request: HttpRequest, body: list[SubmissionBody]) -> list[dict[str, Any]]:
    """Take a batch through the one door in."""
    actor = caller(request)
    receipts = submit_many(actor, [entry.as_submission() for entry in body[: MAX_BATCH + 1]])
    return [receipt_json(receipt, actor.language) for receipt in receipts]


@router.get("/{type}", response=SearchAnswer, summary="Search records: filters, facets, pages")
def search_records(request: HttpRequest, type: str, asked: Query[RecordQuery]) -> dict[str, Any]:
    """Return one page of the records one may see, the number of all, and the facets asked for.

    Any other parameter is a filter by a facet or by the path of an indexed field, such as `state=submitted` or
    `national.risk=high`; several values of one filter are alternatives.
    """
    return search_json(caller(request), type, asked, request.GET)


@router.get("/{type}/{uuid:record_id}", response=RecordAnswer, summary="Read a record's present document")
def read_record(
    request: HttpRequest, type: str, record_id: UUID, revision: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
) -> dict[str, Any]:
    """Return the document with state, revision and reviewers' open reasons."""
    return queries.read_record(caller(request), type, record_id, revision=revision)


@router.get(
    "/{type}/{uuid:record_id}/revisions",
    response=list[RevisionAnswer],
    summary="List a record's revisions with their differences",
)
def list_revisions(request: HttpRequest, type: str, record_id: UUID) -> list[dict[str, Any]]:
    """Return who stated what, oldest first."""
    return queries.list_revisions(caller(request), type, record_id)


@router.get(
    "/{type}/{uuid:record_id}/log",
    response=list[LogEntry],
    summary="Read the log's entries about a record: for the auditor",
)
def read_log(request: HttpRequest, type: str, record_id: UUID, asked: Query[PageQuery]) -> list[dict[str, Any]]:
    """Return who did what with the record and who read it, newest first."""
    actor = caller(request)
    found = queries.get_record(actor, type, record_id)
    return [plain(entry) for entry in entries_about(actor, found.id, asked.limit)]


@router.post(
    "/{type}/{uuid:record_id}/validate", response=StateAnswer, summary="Validate the revision that was looked at"
)
def validate(request: HttpRequest, type: str, record_id: UUID, body: RevisionBody) -> dict[str, Any]:
    """Validate as a second person."""
    actor = caller(request)
    found = queries.get_record(actor, type, record_id)
    record = review.validate_record(actor, record_id=found.id, revision=body.revision)
    return {"id": record.id, "state": record.state, "revision": record.revision}


@router.post(
    "/{type}/{uuid:record_id}/return", response=StateAnswer, summary="Return a record with a reason at each field"
)
def give_back(request: HttpRequest, type: str, record_id: UUID, body: ReturnBody) -> dict[str, Any]:
    """Return a record to its officer."""
    actor = caller(request)
    found = queries.get_record(actor, type, record_id)
    record = review.return_record(actor, record_id=found.id, revision=body.revision, reasons=body.reasons)
    return {"id": record.id, "state": record.state, "revision": record.revision}


@router.post("/{type}/{uuid:record_id}/cancel", response=StateAnswer, summary="Cancel a record that should not stand")
def cancel(request: HttpRequest, type: str, record_id: UUID, body: ReasonBody) -> dict[str, Any]:
    """Cancel a record; it stays, and leaves every figure."""
    actor = caller(request)
    found = queries.get_record(actor, type, record_id)
    record = review.cancel_record(actor, record_id=found.id, reason=body.reason)
    return {"id": record.id, "state": record.state, "revision": record.revision}


@router.post(
    "/{type}/{uuid:record_id}/erasure",
    response=ErasureAnswer,
    summary="Erase persons or companies of a record for good",
)
def erase(request: HttpRequest, type: str, record_id: UUID, body: ErasureBody) -> dict[str, Any]:
    """Erase them from every revision and every store; the log keeps the act."""
    actor = caller(request)
    found = queries.get_record(actor, type, record_id)
    if not body.items and domain(type).whole_nominal:
        changed = erasing_whole.erase_record(actor, record_id=found.id, basis=body.basis)
    else:
        changed = erasure.erase_persons(actor, record_id=found.id, item_ids=body.items, basis=body.basis)
    return {"id": found.id, "revisions_changed": changed}
