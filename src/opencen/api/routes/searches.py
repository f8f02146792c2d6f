"""Saved searches: one's own and those shared with one; make, share, follow, run and remove them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from opencen.api.answers.records import SearchAnswer
from opencen.api.answers.searches import SavedAnswer, SavedRemoved, SavedSeen
from opencen.api.auth import caller
from opencen.api.finding import answer_search
from opencen.api.pages import PageQuery
from opencen.kernel.actor import Actor
from opencen.records.saved import services
from opencen.records.saved.queries import SavedView, find_saved, list_saved
from opencen.records.search.address import read_address

router = Router()
Audience = Literal["private", "office", "all"]


class SavedBody(Schema):
    """A list under a name: the question of its address, and who may use it."""

    type: str = Field(max_length=16)
    name: str = Field(min_length=1, max_length=80)
    query: str = Field("", max_length=2000, description="As in the address of a list: q=gold&state=validated.")
    audience: Audience = "private"
    follows: bool = Field(False, description="Be told when something new fits.")


class SavedChange(Schema):
    """Share it or keep it to oneself; follow it or no more."""

    audience: Audience | None = None
    follows: bool | None = None


@router.get("", response=list[SavedAnswer], summary="List one's saved searches and those shared with one")
def list_searches(request: HttpRequest, type: str = "") -> list[dict[str, Any]]:
    """Return them with what is new in each, one's own first."""
    return [_json(view) for view in list_saved(caller(request), type)]


@router.post("", response=SavedAnswer, summary="Save a search; one of the same name is replaced")
def save_search(request: HttpRequest, body: SavedBody) -> dict[str, Any]:
    """Keep a list under a name."""
    actor = caller(request)
    row = services.save_search(
        actor, kind=body.type, name=body.name, query=body.query, audience=body.audience, follows=body.follows
    )
    return _read(actor, row.id)


@router.patch("/{uuid:search_id}", response=SavedAnswer, summary="Share a search, or follow it")
def change_search(request: HttpRequest, search_id: UUID, body: SavedChange) -> dict[str, Any]:
    """Change who may use one's own search, or whether one is told of what is new to any."""
    actor = caller(request)
    if body.audience is not None:
        services.share_search(actor, search_id=search_id, audience=body.audience)
    if body.follows is not None:
        services.follow_search(actor, search_id=search_id, follows=body.follows)
    return _read(actor, search_id)


@router.delete("/{uuid:search_id}", response=SavedRemoved, summary="Remove one's own search")
def remove_search(request: HttpRequest, search_id: UUID) -> dict[str, Any]:
    """Remove a search with its alerts."""
    services.remove_search(caller(request), search_id=search_id)
    return {"id": search_id, "is_removed": True}


@router.get("/{uuid:search_id}/records", response=SearchAnswer, summary="Run a saved search")
def run_search(request: HttpRequest, search_id: UUID, asked: Query[PageQuery]) -> dict[str, Any]:
    """Return the records that fit now and that the caller may see, whoever saved the search."""
    actor = caller(request)
    saved = find_saved(actor, search_id)
    actor.require(f"{saved.type}:read")
    return answer_search(actor, replace(read_address(saved.query, saved.type), offset=asked.offset, limit=asked.limit))


@router.post("/{uuid:search_id}/seen", response=SavedSeen, summary="Mark what is new to a search as seen")
def mark_seen(request: HttpRequest, search_id: UUID) -> dict[str, Any]:
    """Mark one's alerts of a search as seen."""
    actor = caller(request)
    find_saved(actor, search_id)
    return {"id": search_id, "seen": services.mark_seen(actor, search_id=search_id)}


def _read(actor: Actor, search_id: UUID) -> dict[str, Any]:
    return _json(find_saved(actor, search_id))


def _json(view: SavedView) -> dict[str, Any]:
    return {
        "id": view.id,
        "name": view.name,
        "type": view.type,
        "query": view.query,
        "audience": view.audience,
        "is_own": view.is_own,
        "by": view.by,
        "follows": view.follows,
        "new": view.new,
        "url": view.url,
    }
