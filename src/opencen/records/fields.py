"""National fields: an administrator adds a field at run time; form, import, export and API follow."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opencen.accounts.permissions import PERMISSIONS
from opencen.codelists.catalogue import list_names
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.log.stamps import change_stamp
from opencen.records.effective import KINDS, NATIONAL_NAME
from opencen.records.events import FIELD_ADDED, FIELD_RESTORED, FIELD_RETIRED
from opencen.records.models import NationalField
from opencen.records.schema import build_tree
from opencen.records.types import domain


@dataclass(frozen=True, slots=True)
class NewField:
    """What an administrator states of a national field. It is nominal unless said otherwise."""

    type: str
    name: str
    kind: str
    labels: Mapping[str, str]
    group: str = ""
    codelist: str = ""
    nominal: bool = True
    required: str = ""
    hint: str = ""
    in_short_form: bool = False
    after: str = ""
    condition: Sequence[Mapping[str, Any]] = ()
    audience: str = ""


@service("fields:manage")
def add_field(actor: Actor, *, field: NewField) -> NationalField:
    """Add a national field to a group of a document."""
    _check(field)
    if NationalField.objects.filter(type=field.type, group=field.group, name=field.name).exists():
        raise Conflict("field.exists", path="name", name=field.name)
    row = NationalField.objects.create(
        type=field.type,
        group=field.group,
        name=field.name,
        kind=field.kind,
        codelist=field.codelist,
        nominal=field.nominal,
        labels=json.dumps(dict(field.labels), ensure_ascii=False),
        hint=field.hint,
        required=field.required,
        in_short_form=field.in_short_form,
        after=field.after,
        condition=json.dumps([dict(part) for part in field.condition], ensure_ascii=False),
        audience=field.audience,
        created_at=now(),
    )
    change_stamp("national_fields")
    path = f"{field.group}.{field.name}" if field.group else field.name
    record_act(FIELD_ADDED, "national_field", row.id, type=field.type, path=path, kind=field.kind)
    return row


@service("fields:manage")
def retire_field(actor: Actor, *, type: str, name: str, group: str = "") -> NationalField:
    """Retire a national field: it is asked no more, and what was stated in it stays in the revisions."""
    row = NationalField.objects.filter(type=type, group=group, name=name, retired_at=None).first()
    if row is None:
        raise NotFound("field.unknown", path="name")
    row.retired_at = now()
    row.save(update_fields=["retired_at"])
    change_stamp("national_fields")
    record_act(FIELD_RETIRED, "national_field", row.id, type=type, path=name)
    return row


@service("fields:manage")
def restore_field(actor: Actor, *, type: str, name: str, group: str = "") -> NationalField:
    """Ask a retired national field again."""
    row = NationalField.objects.filter(type=type, group=group, name=name).exclude(retired_at=None).first()
    if row is None:
        raise NotFound("field.unknown", path="name")
    row.retired_at = None
    row.save(update_fields=["retired_at"])
    change_stamp("national_fields")
    record_act(FIELD_RESTORED, "national_field", row.id, type=type, path=name)
    return row


def _check(field: NewField) -> None:
    if not NATIONAL_NAME.match(field.name):
        raise Invalid("field.name_shape", path="name", value=field.name)
    if field.kind not in KINDS:
        raise Invalid("field.kind_unknown", path="kind", value=field.kind, kinds=sorted(KINDS))
    if (field.kind == "code") != bool(field.codelist) or (field.codelist and field.codelist not in list_names()):
        raise Invalid("field.codelist_unknown", path="codelist", value=field.codelist)
    if not field.labels.get("en", "").strip():
        raise Invalid("field.missing", path="labels.en")
    if field.required not in ("", "warning", "error"):
        raise Invalid("field.required_unknown", path="required", value=field.required)
    node = build_tree(domain(field.type).document.model)
    for name in field.group.split(".") if field.group else ():
        if name not in node.groups:
            raise Invalid("field.group_unknown", path="group", value=field.group)
        node = node.groups[name]
    _check_audience(field)
    _check_place(field)


def _check_audience(field: NewField) -> None:
    """Refuse an audience that nobody can be granted, and a question that not everybody can answer."""
    if not field.audience:
        return
    if field.audience not in PERMISSIONS:
        raise Invalid("field.audience_unknown", path="audience", value=field.audience)
    if field.required:
        raise Invalid("field.required_of_few", path="required")


def _check_place(field: NewField) -> None:
    """Refuse a neighbour or a condition that names a field which is not there."""
    if field.after:
        layout = domain(field.type).layout()
        found = layout.groups.get(field.group)
        lines = found.fields if found else [line for section in layout.sections for line in section.fields]
        if field.after not in {line.path for line in lines}:
            raise Invalid("field.place_unknown", path="after", value=field.after)
    known = paths_in_reach(field.type, field.group)
    for part in field.condition:
        kinds = [name for name in ("is", "under", "present") if name in part]
        is_listed = all(isinstance(part[name], list) and part[name] for name in kinds if name != "present")
        if part.get("path") not in known or len(kinds) != 1 or len(part) != 2 or not is_listed:
            raise Invalid("field.condition_unknown", path="condition", value=str(part.get("path", ""))[:80])


def paths_in_reach(type: str, group: str) -> list[str]:
    """Return the leaves that a condition of a field may look at: of its own group and of those around it."""
    return sorted(_reach(type, group))


def nearest(type: str, group: str, path: str) -> str:
    """Return the whole path of a leaf in reach: that of the innermost group that has it."""
    return _reach(type, group).get(path, path)


def _reach(type: str, group: str) -> dict[str, str]:
    node, above = build_tree(domain(type).document.model), ""
    known = {name: name for name in node.leaves}
    for name in group.split(".") if group else ():
        node, above = node.groups[name], f"{above}{name}."
        known |= {leaf: f"{above}{leaf}" for leaf in node.leaves}
    return {name: whole for name, whole in known.items() if name not in ("id", "national")}
