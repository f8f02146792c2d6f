"""Errors as problem+json (RFC 9457): code, place, data, and a text in the caller's language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from opencen.kernel.actor import Actor
from opencen.kernel.errors import OpenCenError
from opencen.records.texts import error_text


def problem(status: int, code: str, title: str, **more: Any) -> HttpResponse:
    """Make a problem answer."""
    body = {"type": f"urn:opencen:problem:{code}", "status": status, "code": code, "title": title, **more}
    return JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"default": str}
    )


def register_problems(api: NinjaAPI) -> None:
    """Answer every error of the API as a problem."""

    @api.exception_handler(OpenCenError)
    def of_domain(request: HttpRequest, error: OpenCenError) -> HttpResponse:
        actor = getattr(request, "auth", None)
        language = actor.language if isinstance(actor, Actor) else "en"
        return problem(error.status, error.code, error_text(error, language), path=error.path, data=error.data)

    @api.exception_handler(ValidationError)
    def of_request(request: HttpRequest, error: ValidationError) -> HttpResponse:
        places = [{"path": ".".join(map(str, e["loc"][1:])), "code": e["type"], "text": e["msg"]} for e in error.errors]
        return problem(422, "request.invalid", "The request does not have the documented shape.", errors=places)

    @api.exception_handler(AuthenticationError)
    def of_nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(401, "sign_in.needed", "Sign in, or send a valid token.")

    @api.exception_handler(HttpError)
    def of_http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, "request.refused", str(error))
