"""Watch entries on persons, companies and means of transport, with their hits."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from opencen.api.auth import caller
from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound
from opencen.records.watches import queries, services
from opencen.records.watches.services import NewHit, NewWatch

router = Router()
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Limit = Annotated[int, Field(ge=1, le=200)]
Show = Literal["in_force", "ending", "planned", "ended", "all"]


class WatchBody(Schema):
    """A watch entry: on whom or what, which action, until when; a stop needs its authority."""

    record: UUID
    action: str = Field(min_length=1, max_length=24)
    ends_at: AwareDatetime
    starts_at: AwareDatetime | None = None
    authority: str = Field("", max_length=200)
    order_number: str = Field("", max_length=80)
    places: str = Field("", max_length=400)
    instructions: str = Field("", max_length=20_000)
    contact: str = Field("", max_length=400)


class RenewBody(Schema):
    """Until when it lasts now."""

    ends_at: AwareDatetime


class EndBody(Schema):
    """Why it ends before its time."""

    cause: str = Field(min_length=1, max_length=400)


class HitBody(Schema):
    """That the subject was met, and what came of it."""

    outcome: str = Field(min_length=1, max_length=24)
    at: AwareDatetime | None = None
    place: str = Field("", max_length=200)
    note: str = Field("", max_length=20_000)
    case: UUID | None = None


class ReviewBody(Schema):
    """What becomes of the record of somebody who was cleared: keep it, with the reason, or have it erased."""

    decision: Literal["keep", "erase"]
    note: str = Field("", max_length=2000)


class HitAnswer(Schema):
    """One hit."""

    id: UUID
    at: datetime
    place: str
    outcome: str
    note: str
    case_id: UUID | None
    by: str


class WatchAnswer(Schema):
    """One watch entry; its status is that of the moment of the answer: planned, active, ending or ended."""

    id: UUID
    reference: str
    record_id: UUID
    record_type: str
    record_reference: str
    title: str
    action: str
    authority: str
    order_number: str
    starts_at: datetime
    ends_at: datetime
    places: str
    instructions: str
    contact: str
    status: str
    owner: str
    is_own: bool
    ended_at: datetime | None
    end_cause: str
    hits: int
    found: list[HitAnswer]


class WatchesAnswer(Schema):
    """A page of watch entries with how many there are."""

    total: int
    items: list[WatchAnswer]


class ReviewAnswer(Schema):
    """A review that is settled."""

    id: UUID
    decision: str


@router.get("", response=WatchesAnswer, summary="List watch entries on what one may see")
def list_watches(
    request: HttpRequest, show: Show = "in_force", action: str = "", offset: Offset = 0, limit: Limit = 50
) -> dict[str, Any]:
    """Return entries by where they stand; those that end first come first."""
    actor = _caller(request)
    rows, total = queries.list_watches(actor, name=show, action=action, offset=offset, limit=limit)
    return {"total": total, "items": [asdict(row) for row in rows]}


@router.post("", response=WatchAnswer, summary="Set a watch entry")
def set_watch(request: HttpRequest, body: WatchBody) -> dict[str, Any]:
    """Set an entry; it ends by itself."""
    actor = _caller(request)
    given = NewWatch(**body.dict(exclude={"record"}))
    return _read(request, services.set_watch(actor, record_id=body.record, watch=given).id)


@router.get("/{uuid:watch_id}", response=WatchAnswer, summary="Read a watch entry with its hits")
def read_watch(request: HttpRequest, watch_id: UUID) -> dict[str, Any]:
    """Return one entry."""
    return _read(request, watch_id)


@router.post("/{uuid:watch_id}/renew", response=WatchAnswer, summary="Let a watch entry last longer")
def renew_watch(request: HttpRequest, watch_id: UUID, body: RenewBody) -> dict[str, Any]:
    """Renew an entry that has not ended."""
    services.renew_watch(_caller(request), watch_id=watch_id, ends_at=body.ends_at)
    return _read(request, watch_id)


@router.post("/{uuid:watch_id}/end", response=WatchAnswer, summary="End a watch entry before its time")
def end_watch(request: HttpRequest, watch_id: UUID, body: EndBody) -> dict[str, Any]:
    """End an entry, with the reason."""
    services.end_watch(_caller(request), watch_id=watch_id, cause=body.cause)
    return _read(request, watch_id)


@router.post("/{uuid:watch_id}/hits", response=WatchAnswer, summary="Report a hit on a watch entry")
def report_hit(request: HttpRequest, watch_id: UUID, body: HitBody) -> dict[str, Any]:
    """Report that the subject was met."""
    hit = NewHit(body.outcome, body.at or now(), body.place, body.note, body.case)
    services.report_hit(_caller(request), watch_id=watch_id, hit=hit)
    return _read(request, watch_id)


@router.post("/reviews/{uuid:review_id}", response=ReviewAnswer, summary="Settle a review after a clearing")
def settle_review(request: HttpRequest, review_id: UUID, body: ReviewBody) -> dict[str, Any]:
    """Decide what becomes of the record."""
    row = services.settle_review(_caller(request), review_id=review_id, decision=body.decision, note=body.note)
    return {"id": row.id, "decision": row.decision}


def _caller(request: HttpRequest) -> Any:
    """Return who asks; where nothing can be watched there are no watch entries."""
    actor = caller(request)
    if not queries.is_there():
        raise NotFound()
    return actor


def _read(request: HttpRequest, watch_id: UUID) -> dict[str, Any]:
    return asdict(queries.read_watch(_caller(request), watch_id))
