"""National fields: an administrator adds a field at run time; form, import, export and API follow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from opencen.codelists.catalogue import list_names
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.log.stamps import change_stamp
from opencen.records.effective import KINDS, NATIONAL_NAME
from opencen.records.events import FIELD_ADDED, FIELD_RETIRED
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
