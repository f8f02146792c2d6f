"""What the exchange page and the API read: partners with their keys, what went, what came, and who reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db.models import Count, Max, QuerySet

from opencen.exchange.models import Incoming, Outgoing, Partner
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.records.lock import visible_to
from opencen.release.models import Release

MOST = 200
DEEPEST = 100_000


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A partner node as a person checks it: the fingerprint is compared by telephone."""

    node: str
    name: str
    kind: str
    country: str
    url: str
    fingerprint: str
    accepts_by_itself: bool
    is_active: bool
    added_at: datetime
    last_contact_at: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class OutgoingView:
    """A packet on its way or delivered, with its receipt. The record is named only to who may see it."""

    id: UUID
    partner: str
    kind: str
    state: str
    attempts: int
    next_try_at: datetime
    last_error: str
    made_at: datetime
    delivered_at: datetime | None
    size: int
    record_id: UUID | None
    reference: str
    revision: int | None
    outcome: str
    receipt: dict[str, Any]


@dataclass(frozen=True, slots=True)
class IncomingView:
    """A packet that came, and what became of it."""

    id: UUID
    partner: str
    kind: str
    outcome: str
    reason: str
    record_id: UUID | None
    reference: str
    revision: int | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One page of packets with the number of all."""

    rows: tuple[Any, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Reported:
    """What one node has reported to this one, as the reader may see it."""

    node: str
    name: str
    country: str
    records: int
    last_at: datetime | None


def list_partners(actor: Actor) -> list[PartnerView]:
    """List every partner, active or not."""
    if not actor.may("exchange:manage"):
        actor.require("exchange:read")
    waiting = dict(Outgoing.objects.exclude(state="delivered").values_list("partner_id").annotate(Count("id")))
    return [
        PartnerView(
            p.node, p.name, p.kind, p.country, p.url, p.fingerprint, p.accepts_by_itself, p.is_active, p.added_at,
            p.last_contact_at, waiting.get(p.node, 0),
        )
        for p in Partner.objects.order_by("name")
    ]  # fmt: skip


def list_outgoing(actor: Actor, *, state: str = "", offset: int = 0, limit: int = 50) -> Page:
    """List the outbox, the newest first."""
    actor.require("exchange:read")
    _check_page(offset, limit)
    rows = visible_outgoing(actor).select_related("partner").order_by("-made_at", "-id")
    if state:
        rows = rows.filter(state=state)
    page = list(rows[offset : offset + limit])
    releases = Release.objects.in_bulk([row.release_id for row in page if row.release_id])
    names = _references(actor, [release.record_id for release in releases.values()])
    return Page(tuple(_outgoing(row, releases.get(row.release_id), names) for row in page), rows.count())


def visible_outgoing(actor: Actor) -> QuerySet[Outgoing]:
    """Return the packets that exist for an actor: all of them only to who sees every office."""
    if actor.office_ids is None:
        return Outgoing.objects.all()
    releases = Release.objects.filter(record_id__in=visible_to(actor).values("id"))
    return Outgoing.objects.filter(release_id__in=releases.values("id"))


def _outgoing(row: Outgoing, release: Release | None, names: dict[UUID, str]) -> OutgoingView:
    is_seen = release is not None and release.record_id in names
    return OutgoingView(
        id=row.id,
        partner=row.partner.name,
        kind=row.kind,
        state=row.state,
        attempts=row.attempts,
        next_try_at=row.next_try_at,
        last_error=row.last_error,
        made_at=row.made_at,
        delivered_at=row.delivered_at,
        size=row.size,
        record_id=release.record_id if release and is_seen else None,
        reference=names[release.record_id] if release and is_seen else "",
        revision=release.revision if release else None,
        outcome=release.state if release else row.state,
        receipt=orjson.loads(release.receipt) if release and release.receipt else {},
    )


def list_incoming(actor: Actor, *, outcome: str = "", offset: int = 0, limit: int = 50) -> Page:
    """List the inbox, the newest first."""
    actor.require("exchange:read")
    _check_page(offset, limit)
    rows = Incoming.objects.select_related("partner").order_by("-received_at", "-id")
    if actor.office_ids is not None:
        rows = rows.filter(record_id__in=visible_to(actor).values("id"))
    if outcome:
        rows = rows.filter(outcome=outcome)
    page = list(rows[offset : offset + limit])
    names = _references(actor, [row.record_id for row in page if row.record_id])
    found = tuple(
        IncomingView(
            row.id, row.partner.name, row.kind, row.outcome, row.reason,
            row.record_id if row.record_id in names else None, names.get(row.record_id, "") if row.record_id else "",
            row.revision, row.received_at,
        )
        for row in page
    )  # fmt: skip
    return Page(found, rows.count())


def count_reported(actor: Actor) -> list[Reported]:
    """Count the records that each other node has reported, among those that the actor may see."""
    actor.require("exchange:read")
    rows = visible_to(actor).exclude(origin=settings.NODE_ID).exclude(state="cancelled")
    counted = rows.values("origin").annotate(count=Count("id"), last=Max("changed_at"))
    counts = {found["origin"]: found for found in counted}
    known = {partner.node: partner for partner in Partner.objects.filter(node__in=counts)}
    found = [
        Reported(
            node,
            known[node].name if node in known else node,
            known[node].country if node in known else "",
            row["count"],
            row["last"],
        )
        for node, row in counts.items()
    ]
    return sorted(found, key=lambda one: (-one.records, one.node))


def count_failed(actor: Actor) -> int:
    """Count the packets that a person must look at."""
    actor.require("exchange:read")
    return visible_outgoing(actor).filter(state="failed").count()


def _check_page(offset: int, limit: int) -> None:
    if not 0 <= offset <= DEEPEST or not 1 <= limit <= MOST:
        raise Invalid("search.too_deep", path="offset", limit=DEEPEST)


def _references(actor: Actor, record_ids: list[UUID]) -> dict[UUID, str]:
    """Return the references of the records that the actor may see."""
    rows = visible_to(actor).filter(pk__in=record_ids).values_list("pk", "reference")
    return {key: reference or "" for key, reference in rows}
