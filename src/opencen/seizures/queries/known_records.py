"""Which persons, companies and means of transport of an entry have a record already: found by name and by number.

An entry of such a record is told of others with its own name or number, so that nobody is recorded twice; any other
entry is offered to link the record in the place where it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_noop as N_

from opencen.accounts.queries import office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.text import fold, identifier_key
from opencen.records.effective import effective_schema
from opencen.records.lock import visible_to
from opencen.records.models import IndexValue, Record
from opencen.records.schema import Node
from opencen.records.texts import translate, write_code
from opencen.records.titles import head_summary, record_title
from opencen.records.types import address_of, domain_names

Document = Mapping[str, Any]
Key = tuple[str, str, str]
"""(database, path in it, value as it stands in the index)."""

MOST_KEYS = 40
MOST_FOUND = 200
MOST_TOLD = 6
SHORTEST = 4
SUBJECTS = ("suspect", "company", "conveyance")
ICONS = {"suspect": "user", "company": "building", "conveyance": "ship"}
NAME, NUMBER = N_("Same name"), N_("Same number")
# What tells a subject: by its path in the subject's own database.
OWN = {
    "suspect": ("names.text", "documents.number", "phones", "emails"),
    "company": ("names.text", "registrations.number", "lei"),
    "conveyance": ("names.text", "imo", "mmsi", "plate", "vin", "registration", "container", "wagon"),
}
# What a part of another record says of a subject: its field there, and the path in the subject's database.
STATED = {
    "suspect": {"name": "names.text", "documents.number": "documents.number"},
    "company": {
        "name": "names.text",
        "registration_number": "registrations.number",
        "tax_number": "registrations.number",
    },
    "conveyance": {"name": "names.text", "vessel_imo": "imo", "plate": "plate", "vin": "vin", "wagon": "wagon"},
    "case": {},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that an entry states of somebody: where it stands, and where its record would be linked."""

    key: Key
    path: str
    link_at: str = ""


def known_records(actor: Actor, kind: str, document: Document, own: UUID | None) -> list[dict[str, Any]]:
    """Return the records that an entry of a database names, each once, those told by a number first."""
    asked = list(_asked(kind, document))[:MOST_KEYS]
    if not asked:
        return []
    holders = _holders(asked)
    seen = visible_to(actor).filter(type__in=SUBJECTS).exclude(state="cancelled")
    records = seen.in_bulk([found for ids in holders.values() for found in ids if found != own][:MOST_FOUND])
    told: dict[tuple[UUID, str], dict[str, Any]] = {}
    for one in sorted(asked, key=lambda one: one.key[1] == "names.text"):
        for record_id in holders.get(one.key, ()):
            record = records.get(record_id)
            if record is not None and record.type == one.key[0]:
                told.setdefault((record_id, one.link_at), _told(actor, record, one))
    return list(told.values())[:MOST_TOLD]


def _asked(kind: str, document: Document) -> Iterator[Asked]:
    installed = domain_names()
    if kind in SUBJECTS and kind in installed:
        for path in OWN[kind]:
            for value in _values(document, path.split(".")):
                yield from _key(kind, path, value, path)
    tree = effective_schema(kind).tree
    for name, node in tree.groups.items():
        if name in tree.repeats and name != "entries":
            for item in items_of(document, name):
                yield from _of_item(name, item, node, installed)


def _of_item(name: str, item: Document, node: Node, installed: Iterable[str]) -> Iterator[Asked]:
    """Yield what an item says of the subjects whose record it could link, as long as it links none."""
    for field, leaf in node.leaves.items():
        if leaf.kind != "record" or item.get(field) or not isinstance(item.get("id"), str):
            continue
        at = f"{name}[{item['id']}].{field}"
        asked = [(kind, *found) for kind in leaf.of.split() if kind in installed for found in STATED[kind].items()]
        for kind, stated, path in asked:
            for value in _values(item, stated.split(".")):
                yield from _key(kind, path, value, f"{name}.{stated}", at)


def _key(kind: str, path: str, value: str, stated_at: str, link_at: str = "") -> Iterator[Asked]:
    text = fold(value) if path == "names.text" else identifier_key(value) or fold(value)
    if len(text) >= SHORTEST:
        yield Asked((kind, path, text[:200]), stated_at, link_at)


def _values(value: Any, steps: list[str]) -> Iterator[str]:
    """Yield the texts at some steps; what does not have the document's shape yet says nothing."""
    if isinstance(value, list):
        for part in value:
            yield from _values(part, steps)
    elif not steps:
        if isinstance(value, str):
            yield value
    elif isinstance(value, Mapping):
        yield from _values(value.get(steps[0]), steps[1:])


def items_of(document: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the items of a list of a document that was not checked yet."""
    value = document.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _holders(asked: Iterable[Asked]) -> dict[Key, list[UUID]]:
    """Return which records state each thing, by one question; their database is looked at afterwards."""
    by_value: dict[tuple[str, str], list[Key]] = {}
    for one in asked:
        by_value.setdefault(one.key[1:], []).append(one.key)
    wanted = reduce(or_, (Q(path=path, text=text) for path, text in by_value))
    found: dict[Key, list[UUID]] = {}
    rows = IndexValue.objects.filter(wanted).values_list("path", "text", "record_id").order_by("-record_id")
    for path, text, record_id in rows[:MOST_FOUND]:
        for key in by_value[path, text]:
            found.setdefault(key, []).append(record_id)
    return found


def _told(actor: Actor, record: Record, asked: Asked) -> dict[str, Any]:
    """Say which record it is; where the entry could link it, the change that does so comes with it."""
    summary, language = head_summary(record), actor.language
    office = office_tree().by_id.get(record.office_id)
    standing = str(summary.get("standing") or "")
    parts = [
        translate(NAME if asked.key[1] == "names.text" else NUMBER, language),
        record.reference or "",
        office.name if office else "",
        write_code("standing", standing, language) if standing else "",
    ]
    return {
        "kind": record.type,
        "icon": ICONS[record.type],
        "path": asked.path,
        "label": "",
        "title": record_title(record, language),
        "text": " · ".join(filter(None, parts)),
        "count": 1,
        "checks": 0,
        "is_more": False,
        "last": {},
        "newest": (),
        "url": address_of(record.type, record.id),
        "photos": (),
        "patch": {asked.link_at: str(record.id)} if asked.link_at else {},
    }
