"""A document's form as the entry application reads it: schema, layout in the user's language, defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from opencen.accounts.queries import OfficeInfo, office_tree
from opencen.codelists.catalogue import get_list, kept_version
from opencen.kernel.actor import Actor
from opencen.records.effective import EffectiveSchema, schema_for
from opencen.records.layout import LayoutField
from opencen.records.lock import visible_to
from opencen.records.paths import annotations_at, schema_leaves
from opencen.records.showing import show_documents
from opencen.records.types import domain


def form_of(actor: Actor, name: str) -> dict[str, Any]:
    """Return everything the renderer needs to show a type's form to an actor."""
    actor.require(f"{name}:record")
    schema = schema_for(actor, name)
    return {
        "type": name,
        "schema_version": schema.type.version,
        "fingerprint": schema.fingerprint,
        "schema": schema.json_schema,
        "layout": layout_json(schema, actor.language),
        "defaults": _defaults(actor, schema),
        "list_versions": _list_versions(schema),
        "offices": [{"code": office.code, "name": office.name} for office in offices_of(actor)],
    }


def offices_of(actor: Actor) -> list[OfficeInfo]:
    """Return the offices an actor may record for, its own first."""
    offices = [o for o in office_tree().by_id.values() if actor.office_ids is None or o.id in actor.office_ids]
    return sorted(offices, key=lambda office: (office.id != actor.office_id, office.path))


def layout_json(schema: EffectiveSchema, language: str) -> dict[str, Any]:
    """Return a layout with its labels in a language."""
    layout = schema.layout
    return {
        "sections": [
            {
                "key": section.key,
                "label": gettext(section.label),
                "fields": [_line(f, language) for f in section.fields],
            }
            for section in layout.sections
        ],
        "groups": {
            path: {
                "path": path,
                "label": gettext(group.label),
                "item": gettext(group.item) if group.item else "",
                "fields": [_line(f, language) for f in group.fields],
            }
            for path, group in layout.groups.items()
        },
    }


def field_label(field: LayoutField, language: str) -> str:
    """Return a field's label: a national field's own, or the catalogue's."""
    if field.labels:
        return field.labels.get(language) or field.label
    return gettext(field.label) if field.label else ""


def _line(field: LayoutField, language: str) -> dict[str, Any]:
    return {
        "path": field.path,
        "label": field_label(field, language),
        "hint": gettext(field.hint) if field.hint else "",
        "short": field.short,
        "optional": field.optional,
        "width": field.width,
        "default": field.default,
        "unlocks": gettext(field.unlocks) if field.unlocks else "",
        "with": list(field.together),
        "when": list(field.when),
    }


def _list_versions(schema: EffectiveSchema) -> dict[str, str]:
    names = sorted({leaf.codelist for _, leaf in schema_leaves(schema.tree) if leaf.codelist})
    return {name: kept_version(name) for name in names}


def _defaults(actor: Actor, schema: EffectiveSchema) -> dict[str, Any]:
    """Fill in from the office, the duty and the last record what the layout says may be filled."""
    office = office_tree().by_id.get(actor.office_id) if actor.office_id else None
    duty = domain(schema.type.name).duty
    last = _last_document(actor, schema.type.name)
    found: dict[str, Any] = {}
    for section in schema.layout.sections:
        for field in section.fields:
            value = _default_of(field, office, duty, last)
            if value not in (None, ""):
                label = _value_label(schema, field.path, value, actor.language)
                found[field.path] = {"value": value, "label": label, "source": field.default}
    return found | _item_defaults(actor, schema, duty)


def _item_defaults(actor: Actor, schema: EffectiveSchema, duty: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in what every new item of a list starts with, by its path in the schema."""
    paths = [f"{path}.{field.path}" for path, group in schema.layout.groups.items() for field in group.fields]
    return {
        path: {"value": duty[path], "label": _value_label(schema, path, duty[path], actor.language), "source": "duty"}
        for path in paths
        if path in duty
    }


def _default_of(field: LayoutField, office: OfficeInfo | None, duty: Any, last: dict[str, Any]) -> Any:
    if field.default == "office" and office is not None:
        of_office = {"office": office.code, "country": office.country, "location_type": office.location_type}
        return of_office.get(field.path)
    if field.default == "duty":
        return duty.get(field.path)
    if field.default == "last":
        return last.get(field.path) or duty.get(field.path)
    return None


def _last_document(actor: Actor, name: str) -> dict[str, Any]:
    last = visible_to(actor).filter(type=name, author_id=actor.id).order_by("-created_at").first()
    return show_documents(actor, name, [(last.id, last.revision)]).get(last.id, {}) if last else {}


def _value_label(schema: EffectiveSchema, path: str, value: Any, language: str) -> str:
    leaf = annotations_at(schema.tree, path)
    if leaf is not None and leaf.kind == "office":
        office = office_tree().by_code.get(str(value))
        return office.label(language) if office else str(value)
    if leaf is not None and leaf.codelist:
        return get_list(leaf.codelist).label(str(value), language)
    return str(value)
