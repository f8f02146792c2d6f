"""The published JSON Schemas of the installed databases."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from ninja import Router

from opencen.api.answers.system import SchemaVersion
from opencen.api.auth import caller, caller_of
from opencen.api.problems import domain_problem, problem
from opencen.kernel.errors import OpenCenError
from opencen.records.effective import schema_for
from opencen.records.types import domain_names

router = Router()


@router.get("/schemas", response=list[SchemaVersion], summary="List the document types")
def list_schemas(request: HttpRequest) -> list[dict[str, Any]]:
    """Return each installed type with its schema version and fingerprint."""
    actor = caller(request)
    found = [
        schema_for(actor, name) for name in domain_names() if actor.may(f"{name}:read") or actor.may(f"{name}:record")
    ]
    return [{"type": s.type.name, "version": s.type.version, "fingerprint": s.fingerprint} for s in found]


@router.get("/schemas/{type}", summary="Read a document type's JSON Schema")
def read_schema(request: HttpRequest, type: str) -> dict[str, Any]:
    """Return the effective schema: the core and the national fields."""
    return schema_for(caller(request), type).json_schema


@require_safe
def published_schema(request: HttpRequest, type: str) -> HttpResponse:
    """Return a document type's JSON Schema as a file, at the address that its readers know."""
    try:
        actor = caller_of(request)
        if actor is None:
            return problem(401, "sign_in.needed", "Sign in, or send a valid token.")
        schema = schema_for(actor, type).json_schema
    except OpenCenError as error:
        return domain_problem(error, "en")
    return JsonResponse(schema, content_type="application/schema+json")
