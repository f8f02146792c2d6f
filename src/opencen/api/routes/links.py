"""Links between records, suggested links, charts with their neighbourhoods and paths."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from opencen.api.answers.links import (
    ChartAnswer,
    ChartNameAnswer,
    ChartRemoved,
    FoundAnswer,
    LinksAnswer,
    LinkState,
    OpenedAnswer,
    PathsAnswer,
)
from opencen.api.auth import caller
from opencen.records.linking import as_id
from opencen.records.links import charts
from opencen.records.links.graph.queries import MOST_NODES, show_chart, show_paths, start_chart, suggested_links
from opencen.records.links.graphml import write_graphml
from opencen.records.links.picking import MOST_NAMED, find_by_name, found_by_id
from opencen.records.links.queries import links_of
from opencen.records.links.services import NewLink, judge_link, judge_suggestion, make_link
from opencen.records.links.wording import chart_words, link_words, suggestion_words

router = Router()
NODE = Field(min_length=1, max_length=40)


class LinkBody(Schema):
    """A link between two records: role, period, grading, source and note."""

    first: UUID
    second: UUID
    role: str = Field(min_length=1, max_length=96)
    since: str = Field("", max_length=40)
    until: str = Field("", max_length=40)
    source_reliability: str = Field("", max_length=96)
    information_credibility: str = Field("", max_length=96)
    handling: str = Field("", max_length=96)
    source: UUID | None = None
    note: str = Field("", max_length=4000)


class VerdictBody(Schema):
    """What one says of a link: accept, no, unsure; undo takes the last judgement back."""

    verdict: str = Field(max_length=8)


class SuggestionBody(VerdictBody):
    """What one says of a suggested link."""

    first: UUID
    second: UUID
    kind: str = Field(min_length=1, max_length=16)


class ShownBody(Schema):
    """Which nodes stand on a chart, and which of them is expanded by what."""

    nodes: list[str] = Field(default_factory=list, max_length=MOST_NODES)
    expand: str = Field("", max_length=40)
    kind: str = Field("", max_length=16)


class AroundQuery(Schema):
    """How many steps around a record, and how many nodes at most."""

    depth: int = Field(4, ge=1, le=6)
    limit: int = Field(60, ge=1, le=MOST_NODES)


class PathsBody(Schema):
    """The two ends of a path."""

    first: str = NODE
    second: str = NODE


class PlacedBody(Schema):
    """Where a node stands."""

    id: str = NODE
    x: float = Field(0.0, ge=-1e6, le=1e6)
    y: float = Field(0.0, ge=-1e6, le=1e6)
    is_pinned: bool = False
    is_hidden: bool = False
    group: str = Field("", max_length=80)


class ChartBody(Schema):
    """A chart to be kept."""

    name: str = Field(min_length=1, max_length=80)
    audience: str = Field("private", max_length=8)
    nodes: list[PlacedBody] = Field(max_length=MOST_NODES)


class LeavingBody(Schema):
    """A chart that leaves as a picture, on paper or as a file."""

    format: str = Field(max_length=8)
    nodes: list[str] = Field(max_length=MOST_NODES)


class NamedQuery(Schema):
    """What a record is called, as far as it is typed; or the ids of records to be named."""

    q: str = Field("", max_length=100)
    kinds: str = Field("", max_length=200, description="Databases, by commas; empty for all that can be linked.")
    without: UUID | None = Field(None, description="A record that is not offered: the one that is being linked.")
    ids: str = Field("", max_length=37 * MOST_NAMED, description="Ids, by commas, in the place of a name.")


@router.get("/linkable", response=list[FoundAnswer], summary="Find records to link by the beginning of a name")
def find_linkable(request: HttpRequest, asked: Query[NamedQuery]) -> list[dict[str, Any]]:
    """Return up to eight records that the caller sees, the likeliest first; or those of some ids."""
    actor = caller(request)
    kinds = [name for name in asked.kinds.split(",") if name]
    if asked.ids:
        ids = [found for text in asked.ids.split(",") if (found := as_id(text)) is not None]
        return [asdict(found) for found in found_by_id(actor, ids)]
    return [asdict(found) for found in find_by_name(actor, asked.q, kinds, without=asked.without)]


@router.get("/links/{uuid:record_id}", response=LinksAnswer, summary="List the links of a record")
def list_links(request: HttpRequest, record_id: UUID) -> dict[str, Any]:
    """Return the links whose other end the caller sees, and what is suggested."""
    actor = caller(request)
    links = [link_words(link, actor.language) for link in links_of(actor, record_id)]
    found = [suggestion_words(suggestion, actor.language) for suggestion in suggested_links(actor, record_id)]
    return {"links": links, "suggestions": found}


@router.post("/links", response=LinkState, summary="Link two records")
def add_link(request: HttpRequest, body: LinkBody) -> dict[str, Any]:
    """Link two records that the caller sees; what a person links is accepted at once."""
    values = body.dict(exclude={"first", "second", "source"})
    said = NewLink(**values, source_id=body.source)
    link = make_link(caller(request), first_id=body.first, second_id=body.second, said=said)
    return {"id": link.id, "state": link.state}


@router.post("/links/{uuid:link_id}/judgements", response=LinkState, summary="Decide on a link, or take that back")
def judge(request: HttpRequest, link_id: UUID, body: VerdictBody) -> dict[str, Any]:
    """Append a judgement; none is ever overwritten."""
    link = judge_link(caller(request), link_id=link_id, verdict=body.verdict)
    return {"id": link.id, "state": link.state}


@router.post("/suggested-links", response=LinkState, summary="Decide on a suggested link")
def judge_suggested(request: HttpRequest, body: SuggestionBody) -> dict[str, Any]:
    """Answer accept, no or unsure; unsure lasts."""
    link = judge_suggestion(
        caller(request), first_id=body.first, second_id=body.second, kind=body.kind, verdict=body.verdict
    )
    return {"id": link.id, "state": link.state}


@router.get("/graph/{uuid:record_id}", response=ChartAnswer, summary="Read what stands around a record")
def around(request: HttpRequest, record_id: UUID, asked: Query[AroundQuery]) -> dict[str, Any]:
    """Return the neighbourhood of a record as the caller sees it."""
    actor = caller(request)
    found = start_chart(actor, record_id, depth=asked.depth, limit=asked.limit)
    charts.note_reading(actor, record=record_id)
    return chart_words(actor, found)


@router.post("/graph", response=ChartAnswer, summary="Read the nodes of a chart, one of them expanded")
def shown(request: HttpRequest, body: ShownBody) -> dict[str, Any]:
    """Return the nodes that exist for the caller, their edges and counts."""
    actor = caller(request)
    found = show_chart(actor, body.nodes, expand=body.expand, kind=body.kind)
    charts.note_reading(actor, record=as_id(body.expand))
    return chart_words(actor, found)


@router.post("/graph/paths", response=PathsAnswer, summary="Find ways between two nodes")
def paths(request: HttpRequest, body: PathsBody) -> dict[str, Any]:
    """Return up to ten ways through what the caller sees, the shortest first."""
    actor = caller(request)
    found = show_paths(actor, body.first, body.second)
    view = show_chart(actor, list(dict.fromkeys(node for path in found for node in path)))
    return {"paths": found, "chart": chart_words(actor, view)}


@router.post("/graph/exports", summary="Take a chart away: as GraphML, or note that its picture leaves")
def export(request: HttpRequest, body: LeavingBody) -> HttpResponse:
    """Write the file, and the log; a picture is drawn by the browser once this has answered."""
    actor = caller(request)
    view = charts.export_chart(actor, format=body.format, nodes=body.nodes)
    if body.format != "graphml":
        return HttpResponse(status=204)
    return HttpResponse(write_graphml(chart_words(actor, view)), content_type="application/graphml+xml")


@router.get("/charts", response=list[ChartNameAnswer], summary="List saved charts")
def list_charts(request: HttpRequest) -> list[dict[str, Any]]:
    """Return one's own charts and those shared with one."""
    return [asdict(chart) for chart in charts.list_charts(caller(request))]


@router.post("/charts", response=dict[str, UUID], summary="Save a chart")
def save_chart(request: HttpRequest, body: ChartBody) -> dict[str, UUID]:
    """Keep a chart under a name; one's own of the same name is replaced."""
    placed = [charts.Placed(**node.dict()) for node in body.nodes]
    row = charts.save_chart(caller(request), name=body.name, nodes=placed, audience=body.audience)
    return {"id": row.id}


@router.get("/charts/{uuid:chart_id}", response=OpenedAnswer, summary="Open a saved chart")
def open_chart(request: HttpRequest, chart_id: UUID) -> dict[str, Any]:
    """Return the nodes that exist for the caller, where they stand."""
    actor = caller(request)
    opened = charts.open_chart(actor, chart_id)
    charts.note_reading(actor, chart=opened.head)
    placed = [asdict(node) for node in opened.placed]
    return {"head": asdict(opened.head), "placed": placed, "chart": chart_words(actor, opened.view)}


class NameBody(Schema):
    """Another name."""

    name: str = Field(min_length=1, max_length=80)


@router.post("/charts/{uuid:chart_id}/name", response=dict[str, UUID], summary="Rename a saved chart")
def rename_chart(request: HttpRequest, chart_id: UUID, body: NameBody) -> dict[str, UUID]:
    """Give one's own chart another name; what it shows stays."""
    return {"id": charts.rename_chart(caller(request), chart_id=chart_id, name=body.name).id}


@router.delete("/charts/{uuid:chart_id}", response=ChartRemoved, summary="Remove a saved chart")
def remove_chart(request: HttpRequest, chart_id: UUID) -> dict[str, Any]:
    """Remove one's own chart."""
    charts.remove_chart(caller(request), chart_id=chart_id)
    return {"id": chart_id, "is_removed": True}
