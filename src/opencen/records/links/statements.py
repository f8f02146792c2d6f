"""What a record states of others: records it refers to, persons and companies inline, and things it may share.

The store keeps only keyed digests and codes of it; the words are read anew from a record whenever it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.conf import settings

from opencen.kernel.text import fold
from opencen.records.derived import Current
from opencen.records.effective import effective_schema
from opencen.records.links.models import Link
from opencen.records.links.things import thing_key, thing_kind
from opencen.records.schema import Node
from opencen.records.types import domain

ACCEPTED = "accept"
STATED = "stated"
MOST_ITEMS = 2000


@dataclass(frozen=True, slots=True)
class Inline:
    """A person or company that stands in a record without being one."""

    key: int
    item: str
    kind: str
    label: str
    standing: str


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a record states that others may state too; `holder` is the record or one of its inline items."""

    key: int
    kind: str
    label: str
    holder: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Another record that a record names, with the role it says."""

    key: int
    holder: int
    role: str


@dataclass(slots=True)
class Statements:
    """All that one record states of others."""

    record_id: UUID
    key: int
    type: str
    inlines: list[Inline] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)


Source = Callable[[Sequence[UUID]], Iterable[tuple[UUID, UUID, str]]]
SOURCES: list[Source] = []


def edges_from(source: Source) -> Source:
    """Register what else connects records, by the records asked for: (record, other record, role as `list:code`)."""
    SOURCES.append(source)
    return source


@edges_from
def accepted_links(ids: Sequence[UUID]) -> Iterator[tuple[UUID, UUID, str]]:
    """Return the accepted links that start at some records."""
    for start in range(0, len(ids), 400):
        rows = Link.objects.filter(first_id__in=ids[start : start + 400], state=ACCEPTED)
        for first, second, role, kind in rows.values_list("first_id", "second_id", "role", "kind"):
            yield first, second, f"link_role:{role}" if role else f"thing:{kind}"


def key_of(*parts: str) -> int:
    """Return the key of a node: 63 bits that nobody can guess who does not hold the node's secret."""
    text = "\0".join(parts).encode()
    return int.from_bytes(blake2b(text, digest_size=8, key=_secret()).digest(), "big") >> 1


@lru_cache(maxsize=4)
def _secret_of(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=32, person=b"opencen graph").digest()


def _secret() -> bytes:
    return _secret_of(str(settings.NODE_SECRET))


def record_key(record_id: UUID) -> int:
    """Return the key of a record's node."""
    return key_of("record", record_id.hex)


def read_statements(current: Sequence[Current]) -> list[Statements]:
    """Return what each record states of others, explicit links included."""
    by_id = {found.record_id: found for found in read_documents(current)}
    for source in SOURCES:
        for first, second, role in source(list(by_id)):
            stated = by_id[first]
            stated.references.append(Reference(record_key(second), stated.key, role))
    return list(by_id.values())


def read_documents(current: Sequence[Current]) -> list[Statements]:
    """Return what each record's document states of others."""
    return [_state(found) for found in current]


def _state(current: Current) -> Statements:
    record = current.record
    found = Statements(record.id, record_key(record.id), record.type)
    lists = domain(record.type).person_lists
    reader = _Reader(found, lists)
    reader.read(current.document, effective_schema(record.type).tree, "", found.key)
    named = {fold(inline.label) for inline in found.inlines}
    found.things = [thing for thing in found.things if thing.kind != "party" or fold(thing.label) not in named]
    return found


class _Reader:
    """Walk a document and collect."""

    def __init__(self, found: Statements, person_lists: Iterable[str]) -> None:
        self.found = found
        self.person_lists = frozenset(person_lists)

    def read(self, group: Mapping[str, Any], node: Node, name: str, holder: int) -> None:
        """Read one group, then those in it."""
        for field_name, value in group.items():
            inner = node.groups.get(field_name)
            if inner is None:
                self._read_leaf(group, node, name, field_name, holder)
            elif field_name in node.repeats:
                for item in value[:MOST_ITEMS]:
                    self.read(item, inner, field_name, self._holder_of(item, inner, field_name, holder))
            else:
                self.read(value, inner, field_name, holder)

    def _holder_of(self, item: Mapping[str, Any], node: Node, name: str, holder: int) -> int:
        """Return who states what an item holds: an inline person or company itself, else the record."""
        if holder != self.found.key or name not in self.person_lists or _reference_of(item, node):
            return holder
        key = key_of("inline", self.found.record_id.hex, str(item["id"]))
        kind = "company" if name.startswith("compan") else "person"
        label = str(item.get("name") or "")
        self.found.inlines.append(Inline(key, str(item["id"]), kind, label, str(item.get("standing") or "")))
        self.found.references.append(Reference(key, self.found.key, _role_of(item, node, name)))
        return key

    def _read_leaf(self, group: Mapping[str, Any], node: Node, name: str, field_name: str, holder: int) -> None:
        leaf = node.leaves.get(field_name)
        if leaf is None or leaf.audience:
            return  # what is for some only connects nothing: the graph is one for all readers
        values = group[field_name] if isinstance(group[field_name], list) else [group[field_name]]
        if leaf.kind == "record":
            for value in values:
                if other := _as_id(value):
                    self.found.references.append(Reference(record_key(other), holder, _role_of(group, node, name)))
            return
        kind = thing_kind(name, leaf)
        if kind is None or (kind.name == "party" and _reference_of(group, node)):
            return
        for value in values:
            if key := thing_key(kind, leaf, str(value)):
                label = _label(kind.name, group, str(value))
                self.found.things.append(Thing(key_of("thing", kind.name, key), kind.name, label, holder))


def _label(kind: str, group: Mapping[str, Any], value: str) -> str:
    """Name a thing as it is said: a vessel by its name where it stands beside the number."""
    if kind != "vessel":
        return value
    name = group.get("name")
    names = group.get("names") or [{}]
    return str(name or names[0].get("text") or value)


def _reference_of(item: Mapping[str, Any], node: Node) -> UUID | None:
    for name, leaf in node.leaves.items():
        if leaf.kind == "record" and (other := _as_id(item.get(name))):
            return other
    return None


def _role_of(item: Mapping[str, Any], node: Node, name: str) -> str:
    """Return in which role something stands: its code with its list, else the name of the field."""
    for field_name in ("role", "kind"):
        leaf = node.leaves.get(field_name)
        if leaf is not None and leaf.codelist and item.get(field_name):
            return f"{leaf.codelist}:{item[field_name]}"
    return f"field:{name}" if name else STATED


def _as_id(value: Any) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None
