"""Exports: records one may see, in any format, through the lock and the log."""

from __future__ import annotations

import io
from urllib.parse import parse_qs
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from opencen.api.answers.system import FormatAnswer
from opencen.api.auth import caller
from opencen.formats.exporting import export_listed, export_records, list_file, listed_ids, write_template
from opencen.formats.format import export_format, export_formats
from opencen.records.saved.queries import find_saved
from opencen.records.search.address import read_address
from opencen.records.search.request import SearchRequest
from opencen.records.types import domain, export_permission

router = Router()


class ExportBody(Schema):
    """Which records, in which format; without ids all that one may see and the text finds."""

    type: str = Field("case", max_length=16)
    format: str = Field("jsonl", max_length=32)
    ids: list[UUID] = Field(default_factory=list, max_length=10_000)
    text: str = Field("", max_length=200)


@router.get("/formats/{type}", response=list[FormatAnswer], summary="List the formats that write a type")
def list_formats(request: HttpRequest, type: str) -> list[dict[str, str]]:
    """Return the formats by name."""
    name = domain(type).document.name
    caller(request).require(export_permission(name))
    found = export_formats(name)
    return [{"name": f.name, "title": f.title, "extension": f.extension} for f in found]


@router.post("", summary="Download records in a format")
def export(request: HttpRequest, body: ExportBody) -> HttpResponse:
    """Write what the caller may see; the rest is not there."""
    actor = caller(request)
    name = domain(body.type).document.name
    chosen = export_format(body.format, name)
    ids = body.ids or listed_ids(actor, SearchRequest(type=name, text=body.text))
    stream = io.BytesIO()
    export_records(actor, kind=name, record_ids=ids, format=chosen.name, stream=stream)
    return HttpResponse(stream.getvalue(), content_type=chosen.content_type)


class ListBody(Schema):
    """A list as its page shows it: the question of its address or a saved search, the columns, the kind of file."""

    type: str = Field("case", max_length=16)
    query: str = Field("", max_length=2000, description="As in the address of a list: q=gold&state=validated.")
    saved: UUID | None = Field(None, description="A saved search instead of the type and the question.")
    columns: list[str] = Field(default_factory=list, max_length=40)
    format: str = Field("csv", max_length=32)


@router.post("/list", summary="Download a list exactly as it is shown: its rows, order and columns")
def export_shown(request: HttpRequest, body: ListBody) -> HttpResponse:
    """Write the rows of a list in the caller's words; what the caller may not see is not there."""
    actor = caller(request)
    saved = find_saved(actor, body.saved) if body.saved else None
    kind = domain(saved.type if saved else body.type).document.name
    query = saved.query if saved else body.query
    chosen = list_file(body.format)
    columns = body.columns or parse_qs(query.lstrip("?")).get("col", [])
    stream = io.BytesIO()
    ids = listed_ids(actor, read_address(query, kind))
    export_listed(actor, kind=kind, record_ids=ids, columns=columns, format=chosen.name, stream=stream)
    return HttpResponse(stream.getvalue(), content_type=chosen.content_type)


@router.get("/template/{type}", summary="Download an empty workbook of a type, with drop-downs")
def template(request: HttpRequest, type: str) -> HttpResponse:
    """Hand out a template made from the schema."""
    stream = io.BytesIO()
    write_template(caller(request), kind=domain(type).document.name, stream=stream)
    chosen = export_format("xlsx", type)
    return HttpResponse(stream.getvalue(), content_type=chosen.content_type)
