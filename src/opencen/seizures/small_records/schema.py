"""The acts of a register as JSON Schema: what a program may send, with lists, units and what is nominal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opencen.seizures.small_records.fields import (
    CAPACITIES,
    LONGEST,
    MOST_ITEMS,
    MOST_PEOPLE,
    ActField,
    ActKind,
)

Json = dict[str, Any]
_PERSON: Json = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 200},
        "capacity": {"enum": [code for code, _ in CAPACITIES]},
        "signed": {"type": "boolean"},
        "reason": {"type": "string", "maxLength": 300, "description": "why not signed"},
    },
    "required": ["name", "capacity"],
}
_SHAPES: Mapping[str, Json] = {
    "number": {"type": "string", "description": "a decimal, not below zero"},
    "day": {"type": "string", "format": "date"},
    "flag": {"type": "boolean"},
    "people": {"type": "array", "maxItems": MOST_PEOPLE, "items": _PERSON},
    "items": {"type": "array", "maxItems": MOST_ITEMS, "items": {"type": "string"}},
    "media": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "the digest of an uploaded file"},
}


def schema_of(title: str, kinds: Mapping[str, ActKind]) -> Json:
    """Describe what each kind of act holds."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "oneOf": [_kind(kind) for kind in kinds.values()],
    }


def _kind(kind: ActKind) -> Json:
    answers: Json = {
        "type": "object",
        "properties": {field.name: _field(field) for field in kind.fields},
        "required": [field.name for field in kind.fields if field.is_required],
        "additionalProperties": False,
    }
    properties = {"kind": {"const": kind.name}, "answers": answers}
    return {"type": "object", "title": kind.label, "properties": properties, "required": ["kind", "answers"]}


def _field(field: ActField) -> Json:
    shape = _SHAPES.get(field.kind) or {"type": "string", "maxLength": LONGEST.get(field.kind, 200)}
    told = {"codelist": field.codelist} if field.codelist else {}
    choices = {"enum": [code for code, _ in field.choices]} if field.choices else {}
    return {"title": field.label, **shape, **choices, "x-opencen": {"nominal": field.is_nominal, **told}}
