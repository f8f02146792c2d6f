"""Erasure of a whole record: a person's or business's own record leaves every revision and every store, for good.

What names it is replaced by a tombstone; the record stays as a number that says it was erased. The log keeps the act.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.records.documents import load_revision, to_bytes
from opencen.records.effective import effective_schema
from opencen.records.erasure import OTHER_STORES, Erased, Telling
from opencen.records.events import ERASED_WHOLE
from opencen.records.lock import is_own, visible_to
from opencen.records.media import erase_media
from opencen.records.models import IndexValue, MediaUse, MergeTask, Record, ReviewNote, Revision
from opencen.records.paths import walk_leaves
from opencen.records.projection import index_rows, project_head, replace_index
from opencen.records.schema import Node
from opencen.records.types import domain

NOTHING = to_bytes({"document": {}}).decode()


@service("*:erase")
def erase_record(actor: Actor, *, record_id: UUID, basis: str) -> int:
    """Erase everything that names somebody in a record about one person or business; return the revisions changed."""
    if not basis.strip():
        raise Invalid("field.missing", path="basis")
    record = visible_to(actor).filter(pk=record_id).select_for_update().first()
    if record is None:
        raise NotFound("record.not_found")
    found = domain(record.type)
    actor.require(f"{record.type}:erase")
    if not found.whole_nominal or not is_own(record):
        raise Conflict("record.not_erasable")
    revisions = list(Revision.objects.filter(record_id=record.id).order_by("number"))
    tree = effective_schema(record.type).tree
    documents = [load_revision(revision, record.type) for revision in revisions]
    telling = Telling()
    for document in documents:
        telling.gather(walk_leaves(document, tree))
    photos = {item.get("sha256") for document in documents for item in document.get(found.media_list, ())}
    _empty_parts(record, revisions)
    _project_anew(record, revisions[-1], tree)
    for sha256 in sorted(filter(None, photos)):
        if not MediaUse.objects.filter(sha256=sha256).exists():
            erase_media(sha256)
    for eraser in OTHER_STORES:
        eraser(Erased(record.id, record.type, frozenset(telling.names), known_as=frozenset(telling.known_as)))
    data: dict[str, Any] = {"media": len(photos), "revisions": len(revisions), "basis": basis[:64]}
    record_act(ERASED_WHOLE, record.type, record.id, revision=record.revision, state=record.state, **data)
    return len(revisions)


def _empty_parts(record: Record, revisions: list[Revision]) -> None:
    for revision in revisions:
        revision.nominal, revision.nominal_key, revision.erased_at = NOTHING, "", now()
        revision.save(update_fields=["nominal", "nominal_key", "erased_at"])
    ReviewNote.objects.filter(record_id=record.id).update(text="")
    MergeTask.objects.filter(record_id=record.id).update(nominal=NOTHING)


def _project_anew(record: Record, newest: Revision, tree: Node) -> None:
    """Write head and index from what is left; the record stands no more."""
    document = orjson.loads(newest.public)
    project_head(record, domain(record.type), document, ())
    record.state = "cancelled"
    record.changed_at = now()
    record.save(
        update_fields=[
            "summary", "nominal_summary", "kind", "occurred_on", "quality", "warnings", "state", "changed_at",
        ]
    )  # fmt: skip
    IndexValue.objects.filter(record_id=record.id).delete()
    MediaUse.objects.filter(record_id=record.id).delete()
    replace_index([], list(index_rows(record.id, document, tree)))
