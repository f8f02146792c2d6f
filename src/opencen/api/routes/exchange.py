"""The exchange with other nodes: partners, what went, what came."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from opencen.api.answers.system import CardAnswer, InboxAnswer, OutboxAnswer, PacketState, PartnerAdded, PartnerState
from opencen.api.auth import caller
from opencen.api.pages import PageQuery, page_json, plain
from opencen.exchange import outbox, partners, queries
from opencen.exchange.queries import PartnerView, Reported

router = Router()


class PartnerBody(Schema):
    """A partner's card as its administrator handed it over."""

    card: dict[str, Any] = Field(max_length=20)
    accepts_by_itself: bool = False
    url: str = Field("", max_length=200)


class PartnerChange(Schema):
    """Where a partner listens, and whether the exchange with it goes on."""

    url: str | None = Field(None, max_length=200)
    is_active: bool | None = None


class OutboxQuery(PageQuery):
    """Which packets."""

    state: Literal["", "queued", "delivered", "failed"] = ""


class InboxQuery(PageQuery):
    """Which packets."""

    outcome: Literal["", "waiting", "accepted", "superseded", "refused"] = ""


@router.get("/card", response=CardAnswer, summary="Read this node's card, to hand to a partner")
def read_card(request: HttpRequest) -> dict[str, Any]:
    """Return id, name, keys and fingerprint; nothing in it is secret."""
    caller(request)
    return partners.own_card()


@router.get("/partners", response=list[PartnerView], summary="List the partners with their fingerprints")
def list_partners(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every partner, active or not."""
    return [plain(found) for found in queries.list_partners(caller(request))]


@router.post("/partners", response=PartnerAdded, summary="Add a partner from its card")
def add_partner(request: HttpRequest, body: PartnerBody) -> dict[str, Any]:
    """Pin a partner's keys; compare the fingerprint by telephone first."""
    row = partners.add_partner(caller(request), card=body.card, accepts_by_itself=body.accepts_by_itself, url=body.url)
    return {"node": row.node, "name": row.name, "fingerprint": row.fingerprint}


@router.patch(
    "/partners/{node}", response=PartnerState, summary="Change where a partner listens, or end the exchange with it"
)
def set_partner(request: HttpRequest, node: str, body: PartnerChange) -> dict[str, Any]:
    """Change a partner."""
    row = partners.set_partner(caller(request), node=node, url=body.url, is_active=body.is_active)
    return {"node": row.node, "url": row.url, "is_active": row.is_active}


@router.get("/outbox", response=OutboxAnswer, summary="List what went and what waits, with receipts")
def list_outbox(request: HttpRequest, asked: Query[OutboxQuery]) -> dict[str, Any]:
    """Return packets, the newest first."""
    page = queries.list_outgoing(caller(request), state=asked.state, offset=asked.offset, limit=asked.limit)
    return page_json(page.rows, page.total, asked)


@router.post("/outbox/{uuid:packet_id}/retry", response=PacketState, summary="Try a waiting or failed packet again")
def retry(request: HttpRequest, packet_id: UUID) -> dict[str, Any]:
    """Send a packet at the next turn."""
    outbox.try_again(caller(request), packet_id=packet_id)
    return {"id": packet_id, "state": "queued"}


@router.get("/inbox", response=InboxAnswer, summary="List what came and what became of it")
def list_inbox(request: HttpRequest, asked: Query[InboxQuery]) -> dict[str, Any]:
    """Return packets, the newest first."""
    page = queries.list_incoming(caller(request), outcome=asked.outcome, offset=asked.offset, limit=asked.limit)
    return page_json(page.rows, page.total, asked)


@router.get("/reported", response=list[Reported], summary="Count what each other node has reported")
def count_reported(request: HttpRequest) -> list[dict[str, Any]]:
    """Return records of others per node, among those one may see."""
    return [plain(found) for found in queries.count_reported(caller(request))]
