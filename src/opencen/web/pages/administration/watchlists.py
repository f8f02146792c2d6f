"""Published watchlists: what stands of each, a file to load or refresh it, how far that is, and what it changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from opencen.formats.watchlists import services
from opencen.formats.watchlists.guarding import MOST_BYTES
from opencen.formats.watchlists.queries import LoadView, SourceView, list_sources
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound, OpenCenError
from opencen.records.permissions import LOAD_LISTS
from opencen.records.texts import error_text
from opencen.records.types import domain_names
from opencen.web.actors import actor_in
from opencen.web.pages.administration.shared import Acts, back, perform, read_uuid, show

FORMAT_LABELS = {
    "un": gettext_lazy("United Nations Security Council (XML)"),
    "ofac": gettext_lazy("OFAC: SDN, ALT and ADD (three CSV files)"),
    "ftm": gettext_lazy("FollowTheMoney (JSON lines)"),
    "csv": gettext_lazy("Plain CSV with a mapping (TOML)"),
}
STATE_LABELS = {
    "waiting": (gettext_lazy("waiting"), "info"),
    "running": (gettext_lazy("loading"), "info"),
    "stopped": (gettext_lazy("stopped, asks"), "warning"),
    "done": (gettext_lazy("loaded"), "ok"),
    "refused": (gettext_lazy("refused"), "error"),
    "dropped": (gettext_lazy("dropped"), "plain"),
}
KIND_LABELS = {
    "suspect": gettext_lazy("persons"),
    "company": gettext_lazy("companies"),
    "conveyance": gettext_lazy("means of transport"),
}


@require_http_methods(["GET", "POST"])
def watchlists_page(request: HttpRequest) -> HttpResponse:
    """Show the lists with their loads; posted, take in files, confirm a loss or drop a file."""
    actor = _loader(request)
    problem = ""
    if request.method == "POST":
        _done, problem = perform(request, actor, _acts(request, actor))
        if not problem:
            return back("/administration/watchlists")
    context: dict[str, Any] = {
        "formats": list(FORMAT_LABELS.items()),
        "sources": source_rows(actor),
        "problem": problem,
        "form": request.POST,
    }
    return show(request, actor, "watchlists", context)


@require_safe
def sources_part(request: HttpRequest) -> HttpResponse:
    """Show the lists alone: the page asks for them again while one is being loaded."""
    actor = _loader(request)
    return render(request, "administration/watchlists_part.html", {"sources": source_rows(actor)})


def _loader(request: HttpRequest) -> Actor:
    actor = actor_in(request)
    if not set(domain_names()) >= services.NEEDED:
        raise NotFound("type.unknown", type="watch")
    actor.require(LOAD_LISTS)
    return actor


def _acts(request: HttpRequest, actor: Actor) -> Acts:
    form = request.POST
    return {
        "load": lambda: services.ask_load(
            actor,
            format=form.get("format", ""),
            files={file.name or "file": file.read(MOST_BYTES + 1) for file in request.FILES.getlist("files")},
            name=form.get("name", ""),
            title=form.get("title", ""),
        ),
        "confirm": lambda: services.confirm_load(actor, load_id=read_uuid(form.get("load", ""), "load")),
        "drop": lambda: services.drop_load(actor, load_id=read_uuid(form.get("load", ""), "load")),
    }


def source_rows(actor: Actor) -> list[dict[str, Any]]:
    """Return the lists with their words."""
    return [_source_row(source, actor) for source in list_sources(actor)]


def _source_row(source: SourceView, actor: Actor) -> dict[str, Any]:
    return {
        "source": source,
        "format": FORMAT_LABELS.get(source.format, source.format),
        "kinds": [(label, source.present.get(kind, 0)) for kind, label in KIND_LABELS.items()],
        "loads": [_load_row(load, actor) for load in source.loads],
        "is_busy": any(load.state in ("waiting", "running") for load in source.loads),
    }


def _load_row(load: LoadView, actor: Actor) -> dict[str, Any]:
    label, tone = STATE_LABELS[load.state]
    why = ""
    if load.error:
        error = OpenCenError(load.error["code"], path=load.error["path"], **load.error["data"])
        why = str(error_text(error, actor.language))
    names = {
        "added": _("added"),
        "changed": _("changed"),
        "gone": _("gone"),
        "unchanged": _("unchanged"),
        "refused": _("refused"),
    }
    counts = [(word, load.counts[name]) for name, word in names.items() if name in load.counts]
    return {"load": load, "label": label, "tone": tone, "why": why, "counts": counts}
