"""The gallery of photos and X-rays, the page of one picture, and two pictures side by side."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict, Invalid, NotFound, OpenCenError
from opencen.kernel.uploads.marking import Mark
from opencen.records.texts import error_text
from opencen.seizures.gallery import queries, services
from opencen.seizures.gallery.queries import Tile, Wanted
from opencen.web.actors import actor_in

Context = dict[str, Any]
CODED = (("commodity", "commodity", 3), ("concealment", "concealment", 3), ("mode", "conveyance_mode", 2))
MOST_COMPARED = 4
KINDS = ("photo", "photo.concealment", "xray")


@require_safe
def gallery_page(request: HttpRequest) -> HttpResponse:
    """Show pictures of the cases one may see; scrolling brings the next ones, and so does a link."""
    actor = actor_in(request)
    wanted = _wanted(request)
    screen = queries.look(actor, wanted, request.GET.get("after", "")[:120])
    asked = {name: value for name, value in request.GET.items() if name != "after" and value}
    next_url = f"?{urlencode({**asked, 'after': screen.next_key})}" if screen.next_key else ""
    context = {
        "rail_active": "gallery",
        "photos": [tile_of(tile) for tile in screen.tiles],
        "next_url": next_url,
        "is_first": not request.GET.get("after"),
    }
    if request.headers.get("HX-Request") and request.GET.get("after"):
        return render(request, "gallery/tiles.html", context)
    context |= {"filters": _filters(request, actor), "wanted": wanted, "narrowed": len(asked)}
    return render(request, "gallery/gallery.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    """Read what one looks for; what no list knows is left out."""
    given = request.GET
    codes = {name: given.get(name, "") for name, _list, _depth in CODED}
    known = {name: codes[name] for name, listed, _depth in CODED if codes[name] in get_list(listed).codes}
    return Wanted(
        **known,
        country=given.get("country", "")[:2].upper(),
        kind=given.get("kind", "") if given.get("kind") in KINDS else "",
        since=_day(given.get("from", "")),
        until=_day(given.get("to", "")),
        exceptional=given.get("exceptional") == "1",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _filters(request: HttpRequest, actor: Actor) -> list[Context]:
    """Return the choices of the code lists, as deep as one looks for pictures by."""
    labels = {"commodity": _("Goods"), "concealment": _("Place of concealment"), "mode": _("Means of transport")}
    found: list[Context] = []
    for name, listed, depth in CODED:
        codes = get_list(listed)
        shown = [code.code for code in codes if code.code.count(".") < depth]
        options = [("\u2003" * code.count(".") + codes.label(code, actor.language), code) for code in _as_tree(shown)]
        found.append({"name": name, "label": labels[name], "options": options, "value": request.GET.get(name, "")})
    countries = sorted((found.label(actor.language), found.code) for found in get_list("country"))
    value = request.GET.get("country", "").upper()
    return [
        *found,
        {"name": "country", "label": _("Found in or coming from"), "options": countries, "value": value},
    ]


def _as_tree(codes: list[str]) -> list[str]:
    """Order codes so that what is below one follows it, each level in the order of the list."""
    place = {code: number for number, code in enumerate(codes)}

    def key(code: str) -> list[int]:
        parts = code.split(".")
        return [place.get(".".join(parts[:count]), 0) for count in range(1, len(parts) + 1)]

    return sorted(codes, key=key)


def tile_of(tile: Tile) -> Context:
    """Return a tile as the template shows it."""
    shown = f"/media/{tile.sha256}"
    return {
        "tile": tile,
        "thumb_url": f"{shown}/thumb" if tile.is_there else "",
        "full_url": f"{shown}/display" if tile.is_there else "",
        "url": tile.url,
        "caption": tile.caption or tile.kind,
        "alt": tile.caption or f"{tile.kind}: {tile.title}",
        "key": f"{tile.record_id}/{tile.item}",
        "leaves": tile.is_releasable,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def photo_page(request: HttpRequest, case_id: UUID, item: str) -> HttpResponse:
    """Show one picture with its hashes; posted, change its caption and whether it may leave."""
    actor = actor_in(request)
    error: OpenCenError | None = None
    if request.method == "POST":
        queries.view_photo(actor, case_id, item)
        actor.require("case:record")
        try:
            services.describe_photo(
                actor,
                case_id=case_id,
                item=item,
                caption=request.POST.get("caption", ""),
                releasable=request.POST.get("releasable") == "1",
                shows_concealment=request.POST.get("shows_concealment") == "1",
            )
        except (Invalid, Conflict) as refused:
            error = refused
        else:
            return HttpResponseRedirect(f"/cases/{case_id}/photos/{item}")
    return _photo(request, actor, case_id, item, error)


@require_POST
def mark_photo(request: HttpRequest, case_id: UUID, item: str) -> HttpResponse:
    """Make a derivative with what was marked burnt into it."""
    actor = actor_in(request)
    queries.view_photo(actor, case_id, item)
    actor.require("case:record")
    try:
        made = services.derive_photo(
            actor,
            case_id=case_id,
            item=item,
            kind="annotation" if request.POST.get("kind") == "annotation" else "redaction",
            marks=read_marks(request),
            caption=request.POST.get("caption", ""),
        )
    except (Invalid, Conflict) as error:
        return _photo(request, actor, case_id, item, error)
    return HttpResponseRedirect(f"/cases/{case_id}/photos/{made}")


def read_marks(request: HttpRequest) -> list[Mark]:
    """Read the rectangles, drawn (JSON) or typed, in per cent of the picture."""
    try:
        drawn = orjson.loads(request.POST.get("marks") or "[]")
        rows = [[float(value) for value in row] for row in drawn]
        typed = [request.POST.get(name, "").strip() for name in ("left", "top", "width", "height")]
        if any(typed):
            rows.append([float(value) for value in typed])
        if any(len(row) != 4 for row in rows):
            raise ValueError
        return [Mark(*row) for row in rows]
    except (ValueError, TypeError):
        raise Invalid("picture.mark_outside", path="marks") from None


def _photo(
    request: HttpRequest, actor: Actor, case_id: UUID, item: str, error: OpenCenError | None = None
) -> HttpResponse:
    view = queries.view_photo(actor, case_id, item)
    context = {
        "rail_active": "gallery",
        "view": view,
        "photo": tile_of(view.tile),
        "original": tile_of(view.original) if view.original else None,
        "derivatives": [tile_of(tile) for tile in view.derivatives],
        "may_amend": view.is_own and actor.may("case:record"),
        "may_open_original": actor.may("media:original"),
        "problem": error_text(error, actor.language) if error else "",
        "back_url": f"/cases/{case_id}/photos/{view.neighbours[0]}" if view.neighbours[0] else "",
        "forward_url": f"/cases/{case_id}/photos/{view.neighbours[1]}" if view.neighbours[1] else "",
    }
    return render(request, "gallery/photo.html", context, status=422 if error else 200)


@require_safe
def side_by_side(request: HttpRequest) -> HttpResponse:
    """Show up to four pictures beside each other, each with its own zoom and turn."""
    actor = actor_in(request)
    actor.require("case:read")
    views = []
    for key in request.GET.getlist("photo")[:MOST_COMPARED]:
        case, _slash, item = key.partition("/")
        try:
            views.append(queries.view_photo(actor, UUID(case), item))
        except ValueError:
            raise NotFound("picture.not_found") from None
    photos = [{**tile_of(view.tile), "view": view} for view in views]
    return render(request, "gallery/side.html", {"rail_active": "gallery", "photos": photos})
