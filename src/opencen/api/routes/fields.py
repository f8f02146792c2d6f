"""National fields: what a country adds to a document at run time."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from opencen.api.answers.system import FieldAdded, FieldRestored, FieldRetired, NationalFieldAnswer
from opencen.api.auth import caller
from opencen.records import fields
from opencen.records.effective import NationalFieldInfo, effective_schema, schema_for

router = Router()


class FieldBody(Schema):
    """A new field. It is nominal unless said otherwise."""

    name: str = Field(min_length=1, max_length=40)
    kind: str = Field(max_length=16)
    labels: dict[str, str] = Field(max_length=20)
    group: str = Field("", max_length=96)
    codelist: str = Field("", max_length=40)
    nominal: bool = True
    required: Literal["", "warning", "error"] = ""
    hint: str = Field("", max_length=200)
    in_short_form: bool = False
    after: str = Field("", max_length=64)
    condition: list[dict[str, Any]] = Field(default_factory=list, max_length=4)
    audience: str = Field("", max_length=64)


class FieldName(Schema):
    """Which field."""

    name: str = Field(min_length=1, max_length=40)
    group: str = Field("", max_length=96)


@router.get("/{type}", response=list[NationalFieldAnswer], summary="List the national fields of a document")
def list_fields(request: HttpRequest, type: str) -> list[dict[str, Any]]:
    """Return the fields in force and those retired."""
    return [_field_json(info) for info in schema_for(caller(request), type).national]


@router.post("/{type}", response=FieldAdded, summary="Add a national field")
def add_field(request: HttpRequest, type: str, body: FieldBody) -> dict[str, Any]:
    """Add a field; form, template, import, export and API follow at once."""
    effective_schema(type)
    row = fields.add_field(caller(request), field=fields.NewField(type=type, **body.dict()))
    return {"id": row.id, "type": row.type, "group": row.group, "name": row.name}


@router.post("/{type}/retire", response=FieldRetired, summary="Retire a national field")
def retire_field(request: HttpRequest, type: str, body: FieldName) -> dict[str, Any]:
    """Retire a field; what was stated in it stays in the revisions."""
    effective_schema(type)
    row = fields.retire_field(caller(request), type=type, name=body.name, group=body.group)
    return {"id": row.id, "retired_at": row.retired_at}


@router.post("/{type}/restore", response=FieldRestored, summary="Ask a retired national field again")
def restore_field(request: HttpRequest, type: str, body: FieldName) -> dict[str, Any]:
    """Ask a retired field again; what was stated in it is there as it was."""
    effective_schema(type)
    row = fields.restore_field(caller(request), type=type, name=body.name, group=body.group)
    return {"id": row.id, "name": row.name}


def _field_json(info: NationalFieldInfo) -> dict[str, Any]:
    names = ("path", "group", "name", "kind", "codelist", "nominal", "labels", "hint", "required", "in_short_form")
    more = {"after": info.after, "condition": list(info.condition), "audience": info.audience}
    return {**{name: getattr(info, name) for name in names}, **more, "is_retired": info.is_retired}
