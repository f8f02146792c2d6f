"""Saved charts: which nodes stand where, in which group. What a reader may not see is left out for that reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q, QuerySet

from opencen.accounts.queries import names_of
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.records.events import NOMINAL_READ
from opencen.records.links.events import CHART_EXPORTED, CHART_READ, CHART_REMOVED, CHART_RENAMED, CHART_SAVED
from opencen.records.links.graph.queries import MOST_NODES, ChartView, seen_ids, show_chart
from opencen.records.links.models import Chart
from opencen.records.lock import visible_to
from opencen.records.models import Record

AUDIENCES = ("private", "office", "all")
FORMATS = ("png", "svg", "graphml", "print")
MOST_CHARTS = 200


@dataclass(frozen=True, slots=True)
class Placed:
    """One node of a saved chart: where it stands, whether it was pinned, hidden, and in which group."""

    id: str
    x: float = 0.0
    y: float = 0.0
    is_pinned: bool = False
    is_hidden: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class ChartName:
    """A saved chart as lists show it."""

    id: UUID
    name: str
    audience: str
    is_own: bool
    by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class OpenedChart:
    """A saved chart with what its nodes are for this reader."""

    head: ChartName
    placed: list[Placed]
    view: ChartView


def list_charts(actor: Actor) -> list[ChartName]:
    """List the charts of an actor and those shared with it, its own first."""
    rows = list(_readable(actor).defer("content").order_by("name", "id")[: MOST_CHARTS * 2])
    names = names_of({row.owner_id for row in rows})
    return sorted((_head(row, actor, names) for row in rows), key=lambda chart: not chart.is_own)


def open_chart(actor: Actor, chart_id: UUID) -> OpenedChart:
    """Open a saved chart: the nodes that exist for this actor, and no word of others."""
    row = _get(actor, chart_id)
    placed = _read(row)
    view = show_chart(actor, [node.id for node in placed])
    shown = {node.id for node in view.nodes}
    head = _head(row, actor, names_of({row.owner_id}))
    return OpenedChart(head, [node for node in placed if node.id in shown], view)


@service("account:own")
def save_chart(actor: Actor, *, name: str, nodes: Sequence[Placed], audience: str = "private") -> Chart:
    """Keep a chart under a name; one's own of the same name is replaced, but for nodes that one cannot see now."""
    if not name.strip():
        raise Invalid("field.missing", path="name")
    if audience not in AUDIENCES:
        raise Invalid("chart.unknown_audience", path="audience", value=audience[:40])
    if len(nodes) > MOST_NODES:
        raise Invalid("chart.too_many_nodes", path="nodes", limit=MOST_NODES)
    title = name.strip()[:80]
    known = Chart.objects.filter(owner_id=actor.id, name=title).first()
    if known is None and Chart.objects.filter(owner_id=actor.id).count() >= MOST_CHARTS:
        raise Conflict("chart.too_many_saved", limit=MOST_CHARTS)
    seen = seen_ids(actor, [node.id for node in nodes])
    kept = [node for node in nodes if node.id in seen]
    if known is not None:
        before = _read(known)
        visible = seen_ids(actor, [node.id for node in before])
        kept += [node for node in before if node.id not in visible]
    values = {
        "audience": audience,
        "office_id": actor.office_id,
        "content": orjson.dumps(kept).decode(),
        "changed_at": now(),
    }
    row, _ = Chart.objects.update_or_create(owner_id=actor.id, name=title, defaults=values)
    record_act(CHART_SAVED, "chart", row.id, audience=audience, nodes=len(kept))
    return row


@service("account:own")
def rename_chart(actor: Actor, *, chart_id: UUID, name: str) -> Chart:
    """Give one's own chart another name; another of one's own is not replaced by it."""
    title = name.strip()[:80]
    if not title:
        raise Invalid("field.missing", path="name")
    row = Chart.objects.filter(pk=chart_id, owner_id=actor.id).first()
    if row is None:
        raise NotFound("chart.not_found")
    if Chart.objects.filter(owner_id=actor.id, name=title).exclude(pk=chart_id).exists():
        raise Conflict("chart.name_taken", path="name", value=title)
    row.name = title
    row.save(update_fields=["name"])
    record_act(CHART_RENAMED, "chart", chart_id)
    return row


def note_reading(actor: Actor, *, record: UUID | None = None, chart: ChartName | None = None) -> None:
    """Note that a person read a chart: as a reading of the record that it stands around, or of the saved chart."""
    if actor.kind != "user":
        return
    if chart is not None:
        log_chart_read(actor, chart_id=chart.id)
    head = visible_to(actor).filter(pk=record).first() if record is not None else None
    if head is not None:
        log_record_read(actor, record=head)


@service("*:read")
def log_record_read(actor: Actor, *, record: Record) -> None:
    """Note that a person read who and what stands around a record."""
    record_act(NOMINAL_READ, record.type, record.id, revision=record.revision)


@service("*:read")
def log_chart_read(actor: Actor, *, chart_id: UUID) -> None:
    """Note that a person opened a saved chart."""
    record_act(CHART_READ, "chart", chart_id)


@service("account:own")
def remove_chart(actor: Actor, *, chart_id: UUID) -> None:
    """Remove one's own chart; another's cannot be removed."""
    row = Chart.objects.filter(pk=chart_id, owner_id=actor.id).first()
    if row is None:
        raise NotFound("chart.not_found")
    row.delete()
    record_act(CHART_REMOVED, "chart", chart_id)


@service("account:own")
def export_chart(actor: Actor, *, format: str, nodes: Sequence[str]) -> ChartView:
    """Return what a chart shows, to be handed out as a picture or a file; that it left is written into the log."""
    if format not in FORMATS:
        raise Invalid("chart.format_unknown", path="format", value=format[:20])
    view = show_chart(actor, nodes)
    record_act(CHART_EXPORTED, "user", actor.id, format=format, nodes=len(view.nodes))
    return view


def _readable(actor: Actor) -> QuerySet[Chart]:
    shared = Q(audience="all")
    if actor.office_id is not None:
        shared |= Q(audience="office", office_id=actor.office_id)
    return Chart.objects.filter(Q(owner_id=actor.id) | shared)


def _get(actor: Actor, chart_id: UUID) -> Chart:
    row = _readable(actor).filter(pk=chart_id).first()
    if row is None:
        raise NotFound("chart.not_found")
    return row


def _read(row: Chart) -> list[Placed]:
    rows: list[dict[str, Any]] = orjson.loads(row.content)
    return [Placed(**node) for node in rows]


def _head(row: Chart, actor: Actor, names: dict[UUID, str]) -> ChartName:
    is_own = row.owner_id == actor.id
    return ChartName(row.id, row.name, row.audience, is_own, names.get(row.owner_id, ""), row.changed_at)
