"""Erasure: one person or company leaves a record, in every revision and every store, for good.

Nominal parts become tombstones; free text and reviewers' notes that may name the person go with
them; media that show the person are deleted where no other record uses them. The log keeps the act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, NotFound
from opencen.kernel.text import fold
from opencen.log.service import record_act, service
from opencen.records.documents import load_revision, to_bytes
from opencen.records.effective import effective_schema
from opencen.records.events import ERASED
from opencen.records.lock import visible_to
from opencen.records.media import erase_media
from opencen.records.models import IndexValue, MediaUse, MergeTask, Record, ReviewNote, Revision
from opencen.records.parts import erase_items
from opencen.records.paths import Leaf, walk_leaves
from opencen.records.projection import index_rows, media_rows, project_head, replace_index, replace_media
from opencen.records.schema import Annotations, Node
from opencen.records.types import Domain, domain

Canonical = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Erased:
    """What other stores are told: the record, the folded texts that tell of the persons, and their item ids.

    A text about the same record goes where it holds one of the `names`; one about another record where it holds all
    words of what they are `known_as`, for a first name alone is somebody else's there.
    """

    record_id: UUID
    type: str
    names: frozenset[str]
    items: frozenset[str] = frozenset()
    known_as: frozenset[str] = frozenset()


NAMES = frozenset({"person_name", "company_name"})


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


@dataclass
class Telling:
    """The folded texts by which somebody is told of: `names` with their parts, and what one is `known_as`."""

    names: set[str] = field(default_factory=set)
    known_as: set[str] = field(default_factory=set)

    def gather(self, leaves: Iterable[Leaf]) -> None:
        """Take what nominal values say: a name with its parts, a number, and longer values as they stand.

        A single common word, such as a place of birth or an occupation, tells of nobody.
        """
        for _path, _item, leaf, value in leaves:
            if leaf.nominal and not leaf.codelist:
                for text in filter(_is_text, value if isinstance(value, list) else [value]):
                    self._take(fold(text), leaf)

    def _take(self, text: str, leaf: Annotations) -> None:
        words = text.split()
        if leaf.kind in NAMES:
            self.names.update(word for word in (text, *words) if len(word) > (2 if word == text else 3))
        elif len(words) > 1 or (len(text) > 4 and any(sign.isdigit() for sign in text)):
            self.names.add(text)
        is_number = leaf.indexed and leaf.kind != "partial_date" and any(sign.isdigit() for sign in text)
        if len(text) > 4 and (leaf.identifier or is_number or (leaf.kind in NAMES and len(words) > 1)):
            self.known_as.add(text)


Eraser = Callable[[Erased], None]
OTHER_STORES: list[Eraser] = []


def erased_elsewhere(eraser: Eraser) -> Eraser:
    """Register what else must forget a record's former content: import rows, files handed out, kept questions."""
    OTHER_STORES.append(eraser)
    return eraser


@service("*:erase")
def erase_persons(actor: Actor, *, record_id: UUID, item_ids: Sequence[str], basis: str) -> int:
    """Erase persons or companies of a record by their item ids, on a stated basis; return the revisions changed."""
    if not basis.strip():
        raise Invalid("field.missing", path="basis")
    record = visible_to(actor).filter(pk=record_id).select_for_update().first()
    if record is None:
        raise NotFound("record.not_found")
    actor.require(f"{record.type}:erase")
    found = domain(record.type)
    revisions = list(Revision.objects.filter(record_id=record.id).order_by("number"))
    wanted = frozenset(item_ids)
    if not wanted or not wanted <= _ids_ever(revisions, found):
        raise NotFound("item.unknown", path="item_ids")
    photos = _media_of(revisions, record, found, wanted)
    tree = effective_schema(record.type).tree
    telling = _telling_of(revisions, record, found, wanted)
    names = telling.names
    for revision in revisions:
        _erase_revision(revision, tree, wanted | photos.keys(), names)
    _erase_small_records(record, tree, wanted | photos.keys(), names)
    _project_anew(record, found, revisions[-1])
    for sha256 in sorted(set(photos.values())):
        erase_media(sha256)
    for eraser in OTHER_STORES:
        eraser(Erased(record.id, record.type, frozenset(names), wanted, frozenset(telling.known_as)))
    record_act(
        ERASED,
        record.type,
        record.id,
        revision=record.revision,
        items=sorted(wanted),
        media=len(photos),
        revisions=len(revisions),
        basis=basis[:64],
    )
    return len(revisions)


def _ids_ever(revisions: Sequence[Revision], found: Domain) -> set[str]:
    ids: set[str] = set()
    for revision in revisions:
        public = orjson.loads(revision.public)
        ids.update(item["id"] for name in found.person_lists for item in public.get(name, ()))
    return ids


def _telling_of(revisions: Sequence[Revision], record: Record, found: Domain, wanted: frozenset[str]) -> Telling:
    """Gather what was ever stated of the items: where one of it stands in free text, the text goes."""
    telling = Telling()
    tree = effective_schema(record.type).tree
    for revision in revisions:
        document = load_revision(revision, record.type)
        listed = [(name, item) for name in found.person_lists for item in document.get(name, ())]
        for name, item in listed:
            if item["id"] in wanted:
                telling.gather(walk_leaves(item, tree.groups[name]))
    return telling


def _media_of(revisions: Sequence[Revision], record: Record, found: Domain, wanted: frozenset[str]) -> dict[str, str]:
    """Return media items, of any revision, that show one of the persons: item id to SHA-256."""
    shown: dict[str, str] = {}
    for revision in revisions:
        document = load_revision(revision, record.type)
        for item in document.get(found.media_list, ()) if found.media_list else ():
            if wanted & set(item.get("persons", ())) and item.get("sha256"):
                shown[item["id"]] = item["sha256"]
    return shown | _derived_of(revisions, record, found, set(shown.values()))


def _derived_of(revisions: Sequence[Revision], record: Record, found: Domain, originals: set[str]) -> dict[str, str]:
    """Return media items that were made of one of these, or of what was made of it: item id to SHA-256."""
    documents = [load_revision(revision, record.type) for revision in revisions]
    items = [item for document in documents for item in document.get(found.media_list or "-", ())]
    made: dict[str, str] = {}
    while fresh := {
        item["id"]: item["sha256"]
        for item in items
        if item["id"] not in made and item.get("sha256") and item.get("derived_from") in originals
    }:
        made |= fresh
        originals = originals | set(fresh.values())
    return made


def _erase_revision(revision: Revision, tree: Node, item_ids: frozenset[str], names: set[str]) -> None:
    parts = orjson.loads(revision.nominal)
    cleaned = clean_nominal(parts.get("document", {}), tree, item_ids, names)
    revision.nominal = to_bytes({"document": cleaned}).decode()
    revision.nominal_key = ""
    revision.erased_at = now()
    revision.save(update_fields=["nominal", "nominal_key", "erased_at"])


def clean_nominal(nominal: Canonical, tree: Node, item_ids: frozenset[str], names: set[str]) -> Canonical:
    """Leave out the items, and every nominal text of the rest that holds one of their names."""
    return _without_names(erase_items(nominal, item_ids), tree, names)


def _without_names(part: Canonical, tree: Node, names: set[str]) -> Canonical:
    kept: Canonical = {}
    for name, value in part.items():
        inner = tree.groups.get(name)
        if isinstance(value, dict) and inner is not None:
            kept[name] = _without_names(value, inner, names)
        elif isinstance(value, list) and inner is not None:
            kept[name] = [_without_names(item, inner, names) if isinstance(item, dict) else item for item in value]
        elif isinstance(value, list):
            kept[name] = [single for single in value if not names_one(single, names)]
        elif not names_one(value, names):
            kept[name] = value
    return kept


def names_one(value: Any, names: set[str]) -> bool:
    """Tell whether a text holds one of the names as gathered."""
    if not isinstance(value, str):
        return False
    text = f" {fold(value)} "
    return any(f" {name} " in text for name in names)


def names_whole(value: str, known_as: Iterable[str]) -> bool:
    """Tell whether a text holds every word of a name or number, in any order."""
    words = set(fold(value).split())
    return any(words.issuperset(name.split()) for name in known_as)


def _erase_small_records(record: Record, tree: Node, item_ids: frozenset[str], names: set[str]) -> None:
    for note in ReviewNote.objects.filter(record_id=record.id):
        if names_one(note.text, names) or any(f"[{item}]" in note.path for item in item_ids):
            note.text = ""
            note.save(update_fields=["text"])
    for task in MergeTask.objects.filter(record_id=record.id):
        parts = orjson.loads(task.nominal)
        cleaned = clean_nominal(parts.get("document", {}), tree, item_ids, names)
        task.nominal = to_bytes({"document": cleaned}).decode()
        task.save(update_fields=["nominal"])


def _project_anew(record: Record, found: Domain, newest: Revision) -> None:
    """Write head, index and media uses from what is left."""
    document = load_revision(newest, record.type)
    project_head(record, found, document, ())
    record.save(update_fields=["summary", "nominal_summary", "kind", "occurred_on", "quality"])
    IndexValue.objects.filter(record_id=record.id).delete()
    MediaUse.objects.filter(record_id=record.id).delete()
    replace_index([], list(index_rows(record.id, document, effective_schema(record.type).tree)))
    replace_media([], list(media_rows(record.id, document, found)))
