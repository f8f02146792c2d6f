"""Published watchlists: what stands of each, and their loads."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from opencen.api.auth import caller
from opencen.formats.watchlists import queries, services
from opencen.formats.watchlists.guarding import MOST_BYTES
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.records.permissions import LOAD_LISTS
from opencen.records.types import domain_names

router = Router()


class LoadAnswer(Schema):
    """One load: waiting, running, stopped (half of the list is gone), done, refused or dropped; `error` says why."""

    id: UUID
    source: str
    state: str
    dated: date | None
    counts: dict[str, Any]
    error: dict[str, Any]
    total: int
    done: int
    seconds: float
    by: str
    asked_at: datetime
    ended_at: datetime | None


class SourceAnswer(Schema):
    """One list with what it names now, by kind of record, and how many it no longer names."""

    name: str
    title: str
    format: str
    dated: date | None
    loaded_at: datetime | None
    present: dict[str, int]
    gone: int
    loads: list[LoadAnswer]


@router.get("", response=list[SourceAnswer], summary="List the published watchlists with their loads")
def list_sources(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every list."""
    return [asdict(source) for source in queries.list_sources(_caller(request))]


@router.post("", response=LoadAnswer, summary="Hand in the files of a list; the worker loads them")
def hand_in(
    request: HttpRequest,
    files: File[list[UploadedFile]],
    format: Form[Literal["un", "ofac", "ftm", "csv"]],
    name: Form[str] = "",
    title: Form[str] = "",
) -> dict[str, Any]:
    """Keep the files and queue the load."""
    actor = _caller(request)
    contents = {file.name or "file": file.read(MOST_BYTES + 1) for file in files}
    load = services.ask_load(actor, format=format, files=contents, name=name[:40], title=title[:120])
    return asdict(queries.read_load(actor, load.id))


@router.get("/loads/{uuid:load_id}", response=LoadAnswer, summary="Read how far a load is and what it changed")
def read_load(request: HttpRequest, load_id: UUID) -> dict[str, Any]:
    """Return one load."""
    return asdict(queries.read_load(_caller(request), load_id))


@router.post("/loads/{uuid:load_id}/confirm", response=LoadAnswer, summary="Load although half of the list is gone")
def confirm(request: HttpRequest, load_id: UUID) -> dict[str, Any]:
    """Confirm a loss."""
    actor = _caller(request)
    return asdict(queries.read_load(actor, services.confirm_load(actor, load_id=load_id).id))


@router.post("/loads/{uuid:load_id}/drop", response=LoadAnswer, summary="Drop a file that was stopped")
def drop(request: HttpRequest, load_id: UUID) -> dict[str, Any]:
    """Leave the list as it is."""
    actor = _caller(request)
    return asdict(queries.read_load(actor, services.drop_load(actor, load_id=load_id).id))


def _caller(request: HttpRequest) -> Actor:
    actor = caller(request)
    if not set(domain_names()) >= services.NEEDED:
        raise NotFound()
    actor.require(LOAD_LISTS)
    return actor
