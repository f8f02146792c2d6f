"""The effective schema of a document type: its core plus the national fields in force."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any, get_origin

from pydantic import ConfigDict, create_model

from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.log.stamps import Stamped
from opencen.records.layout import Layout, LayoutField, Section
from opencen.records.models import NationalField
from opencen.records.schema import (
    EXTRA,
    CodeText,
    DateText,
    Document,
    DocumentType,
    Group,
    Line,
    Node,
    Number,
    Prose,
    build_tree,
    group_type,
    stated,
)
from opencen.records.types import domain, domain_names

NATIONAL_NAME = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
KINDS: dict[str, Any] = {
    "text": Line,
    "prose": Prose,
    "decimal": Number,
    "integer": int,
    "boolean": bool,
    "partial_date": DateText,
    "code": CodeText,
}


@dataclass(frozen=True, slots=True)
class NationalFieldInfo:
    """A national field in force."""

    group: str
    name: str
    kind: str
    codelist: str
    nominal: bool
    labels: dict[str, str]
    hint: str
    required: str
    in_short_form: bool
    after: str
    condition: tuple[dict[str, Any], ...] = ()
    audience: str = ""
    is_retired: bool = False

    @property
    def path(self) -> str:
        """Return the field's schema path."""
        return f"{self.group}.national.{self.name}" if self.group else f"national.{self.name}"


DocumentModel = type[Document]


@dataclass(frozen=True, eq=False)
class EffectiveSchema:
    """What everything consumes: the model, its tree and its JSON Schema."""

    type: DocumentType
    model: DocumentModel
    tree: Node
    national: tuple[NationalFieldInfo, ...]
    layout: Layout

    @cached_property
    def json_schema(self) -> dict[str, Any]:
        """Return the published JSON Schema (draft 2020-12)."""
        schema = self.model.model_json_schema()
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["x-opencen-version"] = self.type.version
        return schema

    @cached_property
    def fingerprint(self) -> str:
        """Return a short digest that changes with the schema."""
        return sha256(json.dumps(self.json_schema, sort_keys=True).encode()).hexdigest()[:12]


class National(Group):
    """The namespace for what an administrator added."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def build_effective(kind: DocumentType, layout: Layout, fields: Iterable[NationalFieldInfo]) -> EffectiveSchema:
    """Extend a type's model by national fields at the groups they name."""
    chosen = tuple(fields)
    by_group: dict[str, list[NationalFieldInfo]] = {}
    for info in chosen:
        by_group.setdefault(info.group, []).append(info)
    model = _extend(kind.model, "", by_group)
    assert issubclass(model, Document)
    return EffectiveSchema(kind, model, build_tree(model), chosen, _extend_layout(layout, chosen))


def _extend_layout(layout: Layout, fields: Iterable[NationalFieldInfo]) -> Layout:
    """Place national fields: those of a group behind the field they follow, those of the root in their own section."""
    groups, sections = dict(layout.groups), layout.sections
    root: list[LayoutField] = []
    for info in fields:
        if info.is_retired:
            continue
        line = LayoutField(
            path=f"national.{info.name}",
            label=info.labels.get("en", info.name),
            hint=info.hint,
            short=info.in_short_form,
            optional=info.required != "error",
            when=info.condition,
            labels=info.labels,
            audience=info.audience,
        )
        if info.group in groups:
            group = groups[info.group]
            groups[info.group] = replace(group, fields=_placed(group.fields, line, info.after))
        elif any(place.path == info.after for section in sections for place in section.fields):
            sections = tuple(replace(part, fields=_placed(part.fields, line, info.after, "")) for part in sections)
        else:
            root.append(replace(line, path=info.path))
    if root:
        sections = (*sections, Section("national", "National fields", tuple(root)))
    return Layout(layout.type, sections, groups)


def _placed(
    fields: tuple[LayoutField, ...], line: LayoutField, after: str, otherwise: str = "end"
) -> tuple[LayoutField, ...]:
    """Put a line behind the field that it follows; where that is not there, at the end or nowhere."""
    place = next((number for number, field in enumerate(fields, 1) if field.path == after), 0)
    if not place:
        return (*fields, line) if otherwise else fields
    return (*fields[:place], line, *fields[place:])


def _extend(model: type[Group], path: str, by_group: dict[str, list[NationalFieldInfo]]) -> type[Group]:
    replaced: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        inner = group_type(info.annotation)
        if inner is None:
            continue
        extended = _extend(inner, f"{path}.{name}" if path else name, by_group)
        if extended is not inner:
            is_list = get_origin(info.annotation) is list
            replaced[name] = (list[extended] if is_list else extended | None, info)  # type: ignore[valid-type]  # made at run time
    if path in by_group:
        replaced["national"] = (_national_model(by_group[path]) | None, None)
    if not replaced:
        return model
    made: type[Group] = create_model(model.__name__, __base__=model, **replaced)
    return made


def _national_model(fields: list[NationalFieldInfo]) -> type[Group]:
    values: dict[str, Any] = {}
    for info in fields:
        free_text = info.kind == "prose"
        field = stated(
            codelist=info.codelist,
            nominal=info.nominal,
            kind=info.kind,
            free_text=free_text,
            indexed=True,
            audience=info.audience,
        )
        field.json_schema_extra[EXTRA]["labels"] = info.labels
        values[info.name] = (KINDS[info.kind] | None, field)
    made: type[Group] = create_model("National", __base__=National, **values)
    return made


def _load() -> dict[str, EffectiveSchema]:
    rows = NationalField.objects.order_by("created_at")
    by_type: dict[str, list[NationalFieldInfo]] = {}
    for row in rows:
        labels = json.loads(row.labels)
        info = NationalFieldInfo(
            row.group, row.name, row.kind, row.codelist, row.nominal, labels,
            row.hint, row.required, row.in_short_form, row.after, tuple(json.loads(row.condition)),
            row.audience, row.retired_at is not None,
        )  # fmt: skip
        by_type.setdefault(row.type, []).append(info)
    return {name: _kept_or_built(name, tuple(by_type.get(name, ()))) for name in domain_names()}


def _kept_or_built(name: str, fields: tuple[NationalFieldInfo, ...]) -> EffectiveSchema:
    """Return the schema built before where nothing of it has changed: a field of one type leaves the others alone."""
    kind, layout = domain(name).document, domain(name).layout()
    kept = _built.get(name)
    if kept is None or kept[0] is not layout or kept[1].type is not kind or kept[1].national != fields:
        kept = _built[name] = layout, build_effective(kind, layout, fields)
    return kept[1]


_built: dict[str, tuple[Layout, EffectiveSchema]] = {}

_schemas = Stamped("national_fields", _load)


def effective_schema(name: str) -> EffectiveSchema:
    """Return the effective schema of an installed document type, or raise NotFound."""
    try:
        return _schemas.get()[name]
    except KeyError:
        raise NotFound("type.unknown", type=name) from None


def schema_for(actor: Actor, name: str) -> EffectiveSchema:
    """Return the schema as it exists for an actor: without the fields that are for others."""
    schema = effective_schema(name)
    hidden = frozenset(info.audience for info in schema.national if info.audience and not actor.may(info.audience))
    return _narrowed(schema, hidden) if hidden else schema


@lru_cache(maxsize=32)
def _narrowed(schema: EffectiveSchema, hidden: frozenset[str]) -> EffectiveSchema:
    found = domain(schema.type.name)
    left = tuple(info for info in schema.national if info.audience not in hidden)
    return build_effective(found.document, found.layout(), left)


__all__ = [
    "KINDS",
    "NATIONAL_NAME",
    "EffectiveSchema",
    "NationalFieldInfo",
    "build_effective",
    "effective_schema",
    "schema_for",
]
