"""Errors as problem+json (RFC 9457): code, place, data, and a text in the caller's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from opencen.kernel.actor import Actor
from opencen.kernel.errors import OpenCenError
from opencen.records.texts import error_text

API = "/api/"
BODIES = ("application/json", "multipart/form-data")
TITLES = {
    400: ("request.unreadable", "The request cannot be read."),
    403: ("request.refused", "This is refused."),
    404: ("not_found", "There is nothing here, or it is not for you to see."),
    405: ("request.method", "This address does not take that method."),
    413: ("request.too_large", "The request is larger than allowed."),
    415: ("request.content_type", "Send application/json, or multipart/form-data where a file goes up."),
    500: ("server.failed", "Something failed on our side. Nothing was stored; please try again."),
}


def problem(status: int, code: str, title: str, **more: Any) -> HttpResponse:
    """Make a problem answer."""
    body = {"type": f"urn:opencen:problem:{code}", "status": status, "code": code, "title": title, **more}
    kind = "application/problem+json"
    return JsonResponse(body, status=status, content_type=kind, json_dumps_params={"default": str})


def domain_problem(error: OpenCenError, language: str) -> HttpResponse:
    """Answer an error of the domain; one who calls too often is told when to come back."""
    answer = problem(error.status, error.code, error_text(error, language), path=error.path, data=error.data)
    if "seconds" in error.data:
        answer["Retry-After"] = str(error.data["seconds"])
    return answer


def plain_problem(status: int) -> HttpResponse:
    """Answer with nothing but the status in words."""
    return problem(status, *TITLES.get(status, TITLES[400]))


def register_problems(api: NinjaAPI) -> None:
    """Answer every error of the API as a problem."""

    @api.exception_handler(OpenCenError)
    def of_domain(request: HttpRequest, error: OpenCenError) -> HttpResponse:
        actor = getattr(request, "auth", None)
        return domain_problem(error, actor.language if isinstance(actor, Actor) else "en")

    @api.exception_handler(ValidationError)
    def of_request(request: HttpRequest, error: ValidationError) -> HttpResponse:
        places = [{"path": ".".join(map(str, e["loc"][1:])), "code": e["type"], "text": e["msg"]} for e in error.errors]
        return problem(422, "request.invalid", "The request does not have the documented shape.", errors=places)

    @api.exception_handler(AuthenticationError)
    def of_nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        answer = problem(401, "sign_in.needed", "Sign in, or send a valid token.")
        answer["WWW-Authenticate"] = "Bearer"
        return answer

    @api.exception_handler(HttpError)
    def of_http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return plain_problem(error.status_code)


class ProblemMiddleware:
    """Answer under /api/ with problem+json only: also what no route answers, and bodies of an unknown kind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and put plain errors into words."""
        if not request.path_info.startswith(API):
            return self.get_response(request)
        if request.headers.get("Content-Length", "") not in ("", "0") and request.content_type not in BODIES:
            return plain_problem(415)
        answer = self.get_response(request)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code < 400 or kind.startswith("application/problem+json"):
            return answer
        plain = plain_problem(answer.status_code)
        if "Allow" in answer.headers:
            plain["Allow"] = answer.headers["Allow"]
        return plain
