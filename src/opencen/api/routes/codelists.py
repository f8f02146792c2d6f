"""Code lists: whole, or searched on the server where they are big; national codes and official files."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from ninja import File, Form, Router, Schema
from ninja.decorators import decorate_view
from ninja.files import UploadedFile
from pydantic import Field

from opencen.api.answers.system import CodeMatch, ListAnswer, ListVersion, NationalCode, NationalCodeEnded
from opencen.api.auth import caller
from opencen.api.pages import plain
from opencen.codelists import services
from opencen.codelists.catalogue import MOST_KEPT, find, get_list, kept_version, list_versions
from opencen.codelists.lists import CodeList
from opencen.codelists.nearness import LOCATED, favour_near
from opencen.codelists.uploads import load_upload
from opencen.kernel.errors import TooLarge
from opencen.kernel.languages import preferred
from opencen.seizures.queries.usual import usual_places

router = Router()

KEPT = "private, max-age=31536000, immutable"
"""A version of a list never changes: a browser that keeps nothing else keeps it."""


class NationalCodeBody(Schema):
    """A code of the country, and the standard code it counts as."""

    code: str = Field(min_length=4, max_length=120)
    maps_to: str = Field(min_length=1, max_length=120)
    labels: dict[str, str] = Field(max_length=20)
    aliases: dict[str, list[str]] = Field(default_factory=dict, max_length=20)
    valid_from: date | None = None


class RetiredCode(Schema):
    """Which code ends, and its last day."""

    code: str = Field(min_length=4, max_length=120)
    until: date


@router.get("", response=list[ListVersion], summary="List the code lists with their versions")
def list_lists(request: HttpRequest) -> list[dict[str, str]]:
    """Return names and versions."""
    caller(request)
    return [{"name": name, "version": version} for name, version in list_versions().items()]


@router.post("/load", summary="Load an official file")
def load_file(
    request: HttpRequest, file: File[UploadedFile], version: Form[date | None] = None, accept_losses: Form[bool] = False
) -> dict[str, Any]:
    """Load a file as the version of a day; one that would end a fifth of its list needs a word more."""
    actor = caller(request)
    actor.require("codelists:manage")
    return plain_report(load_upload(actor, file, version=version, accept_losses=accept_losses))


@router.get("/{name}", response=ListAnswer, summary="Read a whole code list")
@decorate_view(gzip_page)
def read_list(request: HttpRequest, response: HttpResponse, name: str, v: str = "") -> dict[str, Any]:
    """Return every code with labels and aliases; the version changes with any word. A big list is searched instead."""
    caller(request)
    if v == kept_version(name):
        response["Cache-Control"] = KEPT
    found = get_list(name)
    if len(found.codes) > MOST_KEPT:
        raise TooLarge("codelist.search_instead", name=name, size=len(found.codes))
    return {
        "name": name,
        "version": kept_version(name),
        "codes": [
            {
                "c": code.code,
                "p": code.parent,
                "l": dict(code.labels),
                "a": {language: list(values) for language, values in code.aliases.items()},
                "f": code.valid_from,
                "t": code.valid_to,
                "x": dict(code.attributes),
                "m": code.maps_to,
            }
            for code in found.codes.values()
        ],
    }


@router.get("/{name}/find", response=list[CodeMatch], summary="Find codes by typing in any language")
def find_codes(
    request: HttpRequest,
    name: str,
    q: Annotated[str, Field(max_length=80)],
    on: date | None = None,
    limit: Annotated[int, Field(ge=1, le=50)] = 20,
) -> list[dict[str, Any]]:
    """Return matches, the likeliest first, with the matching part marked."""
    actor = caller(request)
    found = get_list(name)
    favour = favour_near(found, settings.NODE_COUNTRY, usual_places(actor) if name in LOCATED else {})
    return [
        {
            "code": match.code,
            "label": found.label(match.code, actor.language),
            "path": found.path_labels(match.code, actor.language)[:-1] or country_of(found, match.code, actor.language),
            "language": match.language,
            "matched": match.text,
            "start": match.start,
            "end": match.end,
            "country": str(found[match.code].attributes.get("country", "")),
        }
        for match in find(name, q, preferred(actor.language), on, limit, favour)
    ]


@router.post("/{name}/national", response=NationalCode, summary="Add a national code")
def add_national_code(request: HttpRequest, name: str, body: NationalCodeBody) -> dict[str, Any]:
    """Add a code that counts as the standard one it maps to."""
    row = services.add_national_code(caller(request), list_name=name, **body.dict())
    return {"list": row.list_name, "code": row.code, "maps_to": row.maps_to}


@router.post("/{name}/national/retire", response=NationalCodeEnded, summary="End a national code")
def retire_national_code(request: HttpRequest, name: str, body: RetiredCode) -> dict[str, Any]:
    """End a code; records that hold it keep it."""
    row = services.retire_national_code(caller(request), list_name=name, code=body.code, until=body.until)
    return {"list": row.list_name, "code": row.code, "valid_to": row.valid_to}


def country_of(codes: CodeList, code: str, language: str) -> list[str]:
    """Return the country of a place: it tells namesakes apart."""
    country = codes.attribute(code, "country") if codes.name in LOCATED else None
    return [get_list("country").label(country, language)] if country else []


def plain_report(report: services.LoadedReport) -> dict[str, Any]:
    """Return what loading did."""
    found: dict[str, Any] = plain(report)
    return found
