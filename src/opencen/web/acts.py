"""Forms of acts: what a browser sends, read by the definition that the page drew the form from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, OpenCenError
from opencen.records.media import store_media
from opencen.records.texts import error_text, translate
from opencen.seizures.small_records.fields import CAPACITIES, ActField, ActKind

PEOPLE_ROWS = 3
UNITS = ("kg", "g", "l", "piece", "pack", "carton", "tablet", "cigarette", "head", "m3")


def read_form(request: HttpRequest, actor: Actor, kind: ActKind) -> dict[str, Any]:
    """Read the answers of an act from a form; a file is stored and named by its digest."""
    given: dict[str, Any] = {}
    for field in kind.fields:
        if field.kind == "people":
            given[field.name] = _people(request, field.name)
        elif field.kind == "media":
            file = request.FILES.get(field.name)
            kept = request.POST.get(field.name, "")
            given[field.name] = (
                store_media(actor, content=file, filename=file.name or "paper").sha256 if file else kept  # type: ignore[arg-type]  # an upload reads like a file
            )
        elif field.name in request.POST:
            given[field.name] = request.POST[field.name]
    return given


def _people(request: HttpRequest, name: str) -> list[dict[str, str]]:
    columns = {part: request.POST.getlist(f"{name}_{part}") for part in ("name", "capacity", "signed", "reason")}
    return [
        {part: values[row] if row < len(values) else "" for part, values in columns.items()}
        for row in range(len(columns["name"]))
    ]


def read_moment(request: HttpRequest, actor: Actor, name: str = "at") -> datetime | None:
    """Read a moment that a browser states in the user's zone; nothing where it is left empty."""
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid("date.invalid", path=name, value=text[:40]) from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(actor.time_zone))


def form_of(kind: ActKind, actor: Actor, answers: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return what the template draws a form from, with the answers so far."""
    given = answers or {}
    fields = [_field(field, actor.language, given.get(field.name)) for field in kind.fields]
    at = now().astimezone(ZoneInfo(actor.time_zone)) if answers is None else None
    return {
        "kind": kind.name,
        "label": translate(kind.label, actor.language),
        "icon": kind.icon,
        "fields": fields,
        "at": f"{at:%Y-%m-%dT%H:%M}" if at else "",
        **more,
    }


def _field(field: ActField, language: str, value: Any) -> dict[str, Any]:
    rows = list(value or ()) if field.kind == "people" else []
    return {
        "name": field.name,
        "label": translate(field.label, language),
        "kind": field.kind,
        "is_required": field.is_required,
        "value": "" if value is None else value,
        "choices": _choices(field, language, value),
        "rows": [*rows, *({} for _ in range(max(1, PEOPLE_ROWS - len(rows))))],
        "capacities": [(code, translate(label, language)) for code, label in CAPACITIES],
    }


def _choices(field: ActField, language: str, value: Any) -> list[tuple[str, str]]:
    if field.kind == "choice":
        return [(code, translate(label, language)) for code, label in field.choices]
    if field.kind != "code":
        return []
    codes = get_list(field.codelist)
    names: list[str] = [name for name in UNITS if name in codes] if field.name == "unit" else [c.code for c in codes]
    if value and value not in names:
        names.insert(0, str(value))
    return [(name, codes.label(name, language)) for name in names]


def say_error(error: OpenCenError, language: str) -> str:
    """Say why an act is refused; the field it names goes by its label in the reader's language."""
    if "field" in error.data:
        error.data["field"] = translate(str(error.data["field"]), language)
    return error_text(error, language)
