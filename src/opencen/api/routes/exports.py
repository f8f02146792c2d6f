"""Exports: records one may see, in any format, through the lock and the log."""

from __future__ import annotations

import io
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from opencen.api.answers.system import FormatAnswer
from opencen.api.auth import caller
from opencen.formats.exporting import export_records, listed_ids, write_template
from opencen.formats.format import export_format, export_formats
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


@router.get("/template/{type}", summary="Download an empty workbook of a type, with drop-downs")
def template(request: HttpRequest, type: str) -> HttpResponse:
    """Hand out a template made from the schema."""
    stream = io.BytesIO()
    write_template(caller(request), kind=domain(type).document.name, stream=stream)
    chosen = export_format("xlsx", type)
    return HttpResponse(stream.getvalue(), content_type=chosen.content_type)
