"""Code lists: whole, or searched on the server where they are big."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from opencen.api.auth import caller
from opencen.codelists.catalogue import find, get_list, list_versions
from opencen.kernel.errors import TooLarge

router = Router()
MAX_WHOLE = 3000


@router.get("", summary="List the code lists with their versions")
def list_lists(request: HttpRequest) -> list[dict[str, str]]:
    """Return names and versions."""
    caller(request)
    return [{"name": name, "version": version} for name, version in list_versions().items()]


@router.get("/{name}", summary="Read a whole code list")
def read_list(request: HttpRequest, name: str, v: str = "") -> dict[str, Any]:
    """Return every code with labels and aliases; a list too big for that is searched instead."""
    caller(request)
    found = get_list(name)
    if len(found.codes) > MAX_WHOLE:
        raise TooLarge("codelist.search_instead", name=name, size=len(found.codes))
    return {
        "name": name,
        "version": found.version,
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


@router.get("/{name}/find", summary="Find codes by typing in any language")
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
    languages = tuple(dict.fromkeys((actor.language.split("-")[0], "en", "fr")))
    return [
        {
            "code": match.code,
            "label": found.label(match.code, actor.language),
            "path": found.path_labels(match.code, actor.language)[:-1],
            "language": match.language,
            "matched": match.text,
            "start": match.start,
            "end": match.end,
        }
        for match in find(name, q, languages, on, limit)
    ]
