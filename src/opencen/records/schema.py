"""Document types: what a record may state, as Pydantic models with the field's annotations.

Everything below works on canonical documents: plain dictionaries without empty values,
decimals and dates as text, list items with an immutable `id`.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from opencen.kernel.errors import Invalid
from opencen.kernel.partial_dates import PartialDate

ListKind = Literal["", "set", "keyed", "ordered"]
ITEM_ID = r"^[A-Za-z0-9_.:-]{1,64}$"
EXTRA = "x-opencen"


def _checked_date(text: str) -> str:
    try:
        PartialDate.parse(text)
    except Invalid as error:
        data = {key: str(value) for key, value in error.data.items()}
        raise PydanticCustomError(error.code, error.code, data) from None
    return text


def _plain(value: Decimal) -> str:
    return format(value, "f")


Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
CodeText = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9_.:/-]{1,96}$")]
DateText = Annotated[
    str, AfterValidator(_checked_date), Field(max_length=40, json_schema_extra={"format": "partial-date"})
]
Number = Annotated[Decimal, PlainSerializer(_plain, return_type=str), Field(max_digits=24, decimal_places=9)]
ItemId = Annotated[str, StringConstraints(pattern=ITEM_ID)]


def stated(
    *,
    codelist: str = "",
    nominal: bool = False,
    identifier: str = "",
    kind: str = "",
    items: ListKind = "",
    indexed: bool = False,
    free_text: bool = False,
    audience: str = "",
) -> Any:
    """Annotate a field: its code list, whether it names somebody, its identifier kind, how its list merges.

    `record:suspect company` is the kind of a field that holds records of those databases. `indexed` puts the
    value into the typed index that lists filter by. `audience` is the permission without which the field does
    not exist for one; such a field enters no derived store.
    """
    databases = ""
    if kind.startswith("record:"):
        kind, _, databases = kind.partition(":")
    extra = {
        "codelist": codelist,
        "nominal": nominal,
        "identifier": identifier,
        "kind": kind,
        "list": items,
        "indexed": indexed,
        "free_text": free_text,
        "audience": audience,
        "of": databases,
    }
    info = {key: value for key, value in extra.items() if value}
    schema = {EXTRA: info}
    if items:
        return Field(default_factory=list, json_schema_extra=schema)  # type: ignore[arg-type]  # JSON values
    return Field(default=None, json_schema_extra=schema)  # type: ignore[arg-type]  # JSON values


class Group(BaseModel):
    """A part of a document; `national` holds what an administrator added at run time."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, validate_default=False)
    national: dict[str, Any] | None = None

    @field_validator("national", mode="after")
    @classmethod
    def _refuse_what_nobody_added(cls, value: Any) -> Any:
        """Refuse answers to national fields where this group has none."""
        if isinstance(value, dict) and value:
            raise PydanticCustomError("extra_forbidden", "this group has no such field")
        return value


class Item(Group):
    """A part that repeats; its id never changes."""

    id: ItemId


class Document(Group):
    """The root of a record's statements."""


@dataclass(frozen=True, slots=True)
class Annotations:
    """What the schema says of one field."""

    name: str
    codelist: str = ""
    nominal: bool = False
    identifier: str = ""
    kind: str = ""
    items: ListKind = ""
    indexed: bool = False
    free_text: bool = False
    audience: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A group of the schema as a tree: its leaves' annotations and its groups by name."""

    model: type[Group]
    leaves: Mapping[str, Annotations]
    groups: Mapping[str, Node]
    repeats: Mapping[str, ListKind]
    national: frozenset[str] = frozenset()
    is_nominal: bool = field(default=False)


def annotations_of(name: str, info: FieldInfo) -> Annotations:
    """Read a field's annotations."""
    extra = info.json_schema_extra
    found = extra.get(EXTRA, {}) if isinstance(extra, dict) else {}
    assert isinstance(found, dict)
    values: dict[str, Any] = {("items" if key == "list" else key): value for key, value in found.items()}
    if not values.get("kind"):
        values["kind"] = _kind_of(info.annotation, values)
    known = {key: value for key, value in values.items() if key in Annotations.__slots__}
    return Annotations(name, **known)


def _kind_of(annotation: Any, values: Mapping[str, Any]) -> str:
    if values.get("codelist"):
        return "code"
    if values.get("identifier"):
        return "identifier"
    bare = [part for part in (get_args(annotation) or (annotation,)) if part is not type(None)]
    text = repr(annotation)
    if "_checked_date" in text or "partial-date" in text:
        return "partial_date"
    if any(part is Decimal for part in bare) or "Decimal" in text:
        return "decimal"
    if any(part is bool for part in bare):
        return "boolean"
    if any(part is int for part in bare):
        return "integer"
    return "prose" if values.get("free_text") else "text"


def group_type(annotation: Any) -> type[Group] | None:
    """Return the group behind an annotation such as `list[Line]` or `Route | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Group):
        return annotation
    if get_origin(annotation) in (list, Union, types.UnionType, Annotated):
        for part in get_args(annotation):
            if found := group_type(part):
                return found
    return None


def build_tree(model: type[Group], *, is_nominal: bool = False) -> Node:
    """Walk a model into its tree; a nominal group makes everything in it nominal."""
    leaves: dict[str, Annotations] = {}
    groups: dict[str, Node] = {}
    repeats: dict[str, ListKind] = {}
    for name, info in model.model_fields.items():
        found = annotations_of(name, info)
        inner = group_type(info.annotation)
        if inner is not None:
            groups[name] = build_tree(inner, is_nominal=is_nominal or found.nominal)
            if get_origin(info.annotation) is list:
                repeats[name] = found.items or "keyed"
        elif name not in ("id",):
            nominal = is_nominal or found.nominal
            leaves[name] = found if nominal == found.nominal else _made_nominal(found)
    return Node(model, leaves, groups, repeats, is_nominal=is_nominal)


def _made_nominal(found: Annotations) -> Annotations:
    values = {slot: getattr(found, slot) for slot in Annotations.__slots__}
    return Annotations(**{**values, "nominal": True})


@dataclass(frozen=True, slots=True)
class DocumentType:
    """Declare one database: its document, version, upgraders and the names its acts go by."""

    name: str
    model: type[Document]
    version: int
    audit_name: str
    reference_prefix: str
    upgraders: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = field(default_factory=dict)


def to_canonical(document: Group) -> dict[str, Any]:
    """Turn a model into its canonical dictionary: JSON values, nothing empty."""
    dumped = document.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    cleaned = without_empty(dumped)
    return cleaned if isinstance(cleaned, dict) else {}


def without_empty(value: Any) -> Any:
    """Drop empty texts, lists and groups at every depth; an item keeps standing by its id."""
    if isinstance(value, dict):
        kept = {}
        for key, inner in value.items():
            kind = type(inner)
            if kind is dict or kind is list:
                inner = without_empty(inner)
            # A text, list or group that is empty says nothing; zero and false do.
            if inner or (inner is not None and kind not in _HOLDING):
                kept[key] = inner
        return kept
    if isinstance(value, list):
        return [without_empty(inner) if type(inner) in _CONTAINERS else inner for inner in value]
    return value


_CONTAINERS = (dict, list)
_HOLDING = (str, dict, list)
