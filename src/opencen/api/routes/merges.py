"""Contradictions between two statements of one record, and their settlement."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from opencen.api.answers.records import MergeAnswer, ReceiptAnswer
from opencen.api.answers.system import MergesAnswer
from opencen.api.auth import caller
from opencen.api.pages import PageQuery, part_of
from opencen.api.shapes import RevisionBody, receipt_json
from opencen.kernel.errors import Invalid
from opencen.records import merging

router = Router()


class SettleBody(RevisionBody):
    """One choice for each field, or the whole document that holds; and the revision that was looked at."""

    choices: dict[str, Literal["present", "later"]] = Field(default_factory=dict, max_length=500)
    document: dict[str, Any] | None = None
    reasons: dict[str, str] = Field(default_factory=dict, max_length=200)


@router.get("", response=MergesAnswer, summary="List the open contradictions of one's records")
def list_merges(request: HttpRequest, asked: Query[PageQuery]) -> dict[str, Any]:
    """Return the oldest first."""
    return part_of(merging.list_merges(caller(request)), asked)


@router.get("/{uuid:task_id}", response=MergeAnswer, summary="Read a contradiction with both values of each field")
def read_merge(request: HttpRequest, task_id: UUID) -> dict[str, Any]:
    """Return both documents, the one both grew from, and the fields that differ."""
    view = merging.read_merge(caller(request), task_id)
    return {
        "id": view.id,
        "record": {"id": view.record.id, "type": view.record.type, "reference": view.record.reference},
        "revision": view.revision,
        "at": view.at,
        "authors": {"present": view.present_author, "later": view.later_author},
        "base": view.base,
        "present": view.present,
        "later": view.later,
        "contradictions": [
            {"path": found.path, "before": found.before, "present": found.present, "later": found.later}
            for found in view.contradictions
        ],
    }


@router.post("/{uuid:task_id}/settle", response=ReceiptAnswer, summary="Settle a contradiction")
def settle(request: HttpRequest, task_id: UUID, body: SettleBody) -> dict[str, Any]:
    """Take what was decided through the one door in; a refusal leaves the contradiction open."""
    actor = caller(request)
    if body.document is not None and body.choices:
        raise Invalid("request.invalid", path="document")
    document = body.document if body.document is not None else merging.choose_document(actor, task_id, body.choices)
    receipt = merging.settle_merge(
        actor, task_id=task_id, document=document, revision=body.revision, reasons=body.reasons
    )
    return receipt_json(receipt, actor.language)
