"""Forms of acts: what a browser sends, read by the definition that the page drew the form from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, NotFound, OpenCenError
from opencen.records.media import store_media
from opencen.records.texts import error_text, translate
from opencen.seizures.small_records.base import WITHDRAWN
from opencen.seizures.small_records.fields import CAPACITIES, ActField, ActKind
from opencen.seizures.small_records.views import ActView

T = TypeVar("T")

Parties = Sequence[tuple[str, str]]
PEOPLE_ROWS = 3
UNITS = ("kg", "g", "l", "piece", "pack", "carton", "tablet", "cigarette", "head", "m3")


def read_form(request: HttpRequest, actor: Actor, kind: ActKind) -> dict[str, Any]:
    """Read the answers of an act from a form; a file is stored and named by its digest."""
    given: dict[str, Any] = {}
    for field in kind.fields:
        if field.kind == "people":
            given[field.name] = _people(request, field.name)
        elif field.kind == "items":
            given[field.name] = request.POST.getlist(field.name)
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


def posted_answers(request: HttpRequest, kind: ActKind | None) -> dict[str, Any]:
    """Return what was posted, to draw the form again after a refusal: persons and parties as lists."""
    found: dict[str, Any] = {key: value for key, value in request.POST.items() if isinstance(value, str)}
    for field in kind.fields if kind else ():
        if field.kind == "people":
            found[field.name] = [{**row, "signed": row["signed"] == "1"} for row in _people(request, field.name)]
        elif field.kind == "items":
            found[field.name] = request.POST.getlist(field.name)
    return found


def posted_act(
    request: HttpRequest,
    actor: Actor,
    kind: ActKind,
    record: Callable[[dict[str, Any], datetime | None, UUID | None], T],
) -> T:
    """Read a posted act, and record it; a correction names the act that it corrects."""
    try:
        corrects = UUID(request.POST["corrects"]) if request.POST.get("corrects") else None
    except ValueError:
        raise NotFound("act.not_found") from None
    at = read_moment(request, actor, is_first=corrects is None)
    return record(read_form(request, actor, kind), at, corrects)


def correction_of(
    request: HttpRequest, actor: Actor, acts: Sequence[ActView], kinds: Mapping[str, ActKind], parties: Parties
) -> dict[str, Any] | None:
    """Return the form that corrects the act asked for, filled with what it says, or nothing."""
    wanted = request.GET.get("correct", "")
    act = next((one for one in acts if str(one.id) == wanted and not one.state and one.kind != WITHDRAWN), None)
    if act is None:
        return None
    return {"form": form_of(kinds[act.kind], actor, act.answers, parties), "act": act}


def read_moment(request: HttpRequest, actor: Actor, name: str = "at", *, is_first: bool = True) -> datetime | None:
    """Read a moment that a browser states in the user's zone; nothing where it is left empty, or is now, to the minute.

    What corrects an act stands at the time that it states, at any.
    """
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid("date.invalid", path=name, value=text[:40]) from None
    found = found if found.tzinfo else found.replace(tzinfo=ZoneInfo(actor.time_zone))
    return None if is_first and found == now().replace(second=0, microsecond=0) else found


def form_of(
    kind: ActKind, actor: Actor, answers: Mapping[str, Any] | None = None, parties: Parties = (), **more: Any
) -> dict[str, Any]:
    """Return what the template draws a form from, with the answers so far; `parties` are those of the case."""
    given = answers or {}
    fields = [_field(field, actor.language, given.get(field.name)) for field in kind.fields]
    for field in fields:
        if field["kind"] == "items":
            field["choices"] = parties
    at = now().astimezone(ZoneInfo(actor.time_zone)) if answers is None else None
    return {
        "kind": kind.name,
        "label": translate(kind.label, actor.language),
        "icon": kind.icon,
        "fields": fields,
        "at": f"{at:%Y-%m-%dT%H:%M}" if at else given.get("at", ""),
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
    """Say why an act is refused; the field or act it names goes by its label in the reader's language."""
    for name in ("field", "act"):
        if name in error.data:
            error.data[name] = translate(str(error.data[name]), language)
    return error_text(error, language)
