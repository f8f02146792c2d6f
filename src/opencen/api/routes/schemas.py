"""The published JSON Schemas of the installed databases."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from opencen.api.auth import caller
from opencen.records.effective import effective_schema
from opencen.records.types import domain_names

router = Router()


@router.get("/schemas", summary="List the document types")
def list_schemas(request: HttpRequest) -> list[dict[str, Any]]:
    """Return each installed type with its schema version and fingerprint."""
    actor = caller(request)
    found = [
        effective_schema(name) for name in domain_names() if actor.may(f"{name}:read") or actor.may(f"{name}:record")
    ]
    return [{"type": s.type.name, "version": s.type.version, "fingerprint": s.fingerprint} for s in found]


@router.get("/schemas/{type}", summary="Read a document type's JSON Schema")
def read_schema(request: HttpRequest, type: str) -> dict[str, Any]:
    """Return the effective schema: the core and the national fields."""
    caller(request)
    return effective_schema(type).json_schema
