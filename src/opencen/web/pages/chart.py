"""The link chart: a drawing that grows by clicks, and the same as tables for who reads without it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.records.links import charts
from opencen.records.links.graph.queries import ChartView, show_chart, start_chart
from opencen.records.links.services import judge_suggestion
from opencen.records.links.wording import chart_words, group_words
from opencen.web.actors import actor_in


@require_safe
def chart_page(request: HttpRequest) -> HttpResponse:
    """Show what stands around a record, a saved chart, or an empty chart."""
    actor = actor_in(request)
    opened = _opened(request, actor)
    record = _as_id(request.GET.get("record", ""))
    view = opened.view if opened else start_chart(actor, record) if record else ChartView([], [], [], is_behind=False)
    charts.note_reading(actor, record=None if opened else record, chart=opened.head if opened else None)
    expand = request.GET.get("expand", "")[:40]
    if expand and not opened:
        view = show_chart(actor, [node.id for node in view.nodes], expand=expand)
    words = chart_words(actor, view)
    context = {
        "rail_active": "investigations",
        "chart": words,
        "head": opened.head if opened else None,
        "centre": str(record or ""),
        "data": _data(actor, words, opened, str(record or "")),
        "rows": _rows(words),
        "saved": charts.list_charts(actor),
        "may_judge": actor.may("link:make"),
        "groups": group_words(actor.language),
        "audiences": audience_words(),
        "words": island_words(),
    }
    return render(request, "records/chart.html", context)


@require_POST
def judge(request: HttpRequest) -> HttpResponse:
    """Answer a suggested link, and go back to where it was asked."""
    form = request.POST
    first, second = _as_id(form.get("first", "")), _as_id(form.get("second", ""))
    if first is None or second is None:
        raise NotFound("link.not_found")
    actor = actor_in(request)
    judge_suggestion(
        actor, first_id=first, second_id=second, kind=form.get("kind", ""), verdict=form.get("verdict", "")
    )
    return HttpResponseRedirect(f"/chart?record={first}")


@require_POST
def remove(request: HttpRequest, chart_id: UUID) -> HttpResponse:
    """Remove one's own saved chart."""
    charts.remove_chart(actor_in(request), chart_id=chart_id)
    return HttpResponseRedirect("/chart")


@require_POST
def rename(request: HttpRequest, chart_id: UUID) -> HttpResponse:
    """Give one's own saved chart another name."""
    charts.rename_chart(actor_in(request), chart_id=chart_id, name=request.POST.get("name", ""))
    return HttpResponseRedirect(f"/chart?chart={chart_id}")


def island_words() -> dict[str, str]:
    """Give the drawing its words."""
    return {
        "nodes": _("%(nodes)s nodes, %(links)s links"),
        "expand": _("Expand"),
        "shown": _("%(shown)s of %(all)s shown"),
        "suggested": _("Suggested links"),
        "accept": _("Accept"),
        "no": _("No"),
        "unsure": _("Unsure"),
        "unsure_said": _("said to be unsure"),
        "hidden": _("What you may not see is not drawn and not counted."),
        "open": _("Open"),
        "pin": _("Pin"),
        "unpin": _("Unpin"),
        "hide": _("Hide"),
        "show_hidden": _("Show %(count)s hidden"),
        "group_of": _("%(count)s × %(kind)s"),
        "choose": _("Click a node to see what it is; double-click to expand it."),
        "choose_more": _("Click with Shift, or press Space, to choose several and group them."),
        "together": _("Chosen together"),
        "together_more": _("Choose one more to group them."),
        "together_none": _("Choose none"),
        "pick": _("Choose with others"),
        "unpick": _("Leave out"),
        "group_name": _("Name of the group"),
        "group_make": _("Make a group"),
        "ungroup": _("Take the group apart"),
        "path_pick": _("Path: click the other end, or go there by arrow keys and press Enter."),
        "path_pick_first": _("Path: click one end, then the other."),
        "path_none": _("No path through what you may see."),
        "path_direct": _("Connected directly:"),
        "path_steps": _("Shortest path, %(count)s steps:"),
        "path_other": _("Another path, %(count)s steps:"),
        "path_one_more": _("another path"),
        "path_more": _("%(count)s more paths"),
        "close": _("Close"),
        "kept_until": _("Kept until"),
        "connections": _("Connections"),
        "saved": _("Saved."),
        "failed": _("That did not work. Please try again."),
        "from": _("From"),
        "until": _("Until"),
        "behind": _("Many records changed just now; the newest may be missing here."),
    }


def audience_words() -> dict[str, str]:
    """Name who may see a saved chart."""
    return {"private": _("Only me"), "office": _("My office"), "all": _("Everybody here")}


def _opened(request: HttpRequest, actor: Actor) -> charts.OpenedChart | None:
    chart_id = _as_id(request.GET.get("chart", ""))
    return charts.open_chart(actor, chart_id) if chart_id else None


def _data(actor: Actor, words: dict[str, Any], opened: charts.OpenedChart | None, centre: str) -> dict[str, Any]:
    """Return what the drawing starts from."""
    return {
        "chart": words,
        "placed": [asdict(node) for node in opened.placed] if opened else [],
        "name": opened.head.name if opened else "",
        "audience": opened.head.audience if opened and opened.head.is_own else "private",
        "centre": centre,
        "groups": group_words(actor.language),
        "may_judge": actor.may("link:make"),
        "api": "/api/v1",
    }


def _rows(words: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each node with what it is connected to: the drawing as a table."""
    by_id = {node["id"]: node for node in words["nodes"]}
    connected: dict[str, list[dict[str, Any]]] = {key: [] for key in by_id}
    for edge in words["edges"]:
        for one, other in ((edge["source"], edge["target"]), (edge["target"], edge["source"])):
            is_thing = by_id[other]["kind"].startswith("thing:")
            connected[one].append({"title": by_id[other]["title"], "role": edge["role"], "is_thing": is_thing})
    return [{"node": node, "connected": connected[key]} for key, node in by_id.items()]


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound("record.not_found") from None
