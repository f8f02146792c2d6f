"""Operational holds of a record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from opencen.api.answers.records import HoldAnswer
from opencen.api.auth import caller
from opencen.records import holds, queries

router = Router()


class HoldBody(Schema):
    """A hold until a moment, on a named authority and for a stated reason."""

    kind: str = Field(min_length=1, max_length=64)
    authority: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=2000)
    order_number: str = Field("", max_length=64)
    until: AwareDatetime


@router.get("/{type}/{uuid:record_id}/holds", response=list[HoldAnswer], summary="List the holds of a record")
def list_holds(request: HttpRequest, type: str, record_id: UUID) -> list[dict[str, Any]]:
    """Return every hold, the newest first."""
    actor = caller(request)
    record = queries.get_record(actor, type, record_id)
    return [_hold_json(hold) for hold in holds.holds_of(actor, record.id)]


@router.post("/{type}/{uuid:record_id}/holds", response=HoldAnswer, summary="Hold a record back")
def set_hold(request: HttpRequest, type: str, record_id: UUID, body: HoldBody) -> dict[str, Any]:
    """Hold a record back: nothing of it leaves before the end."""
    actor = caller(request)
    record = queries.get_record(actor, type, record_id)
    hold = holds.set_hold(
        actor,
        record_id=record.id,
        kind=body.kind,
        authority=body.authority,
        reason=body.reason,
        order_number=body.order_number,
        until=body.until,
    )
    return _hold_json(hold)


@router.post(
    "/{type}/{uuid:record_id}/holds/{uuid:hold_id}/end", response=HoldAnswer, summary="End a hold before its time"
)
def end_hold(request: HttpRequest, type: str, record_id: UUID, hold_id: UUID) -> dict[str, Any]:
    """End a hold."""
    actor = caller(request)
    record = queries.get_record(actor, type, record_id)
    return _hold_json(holds.end_hold(actor, record_id=record.id, hold_id=hold_id))


def _hold_json(hold: Any) -> dict[str, Any]:
    names = ("id", "kind", "authority", "reason", "order_number", "until", "set_at", "ended_at")
    return {name: getattr(hold, name) for name in names}
