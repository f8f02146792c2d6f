"""Reads of records of any kind; every one goes through the lock."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson

from opencen.accounts.queries import names_of, office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.records.checking import codes_of_others
from opencen.records.differences import differences
from opencen.records.effective import effective_schema
from opencen.records.lock import visible_to
from opencen.records.models import Record, ReviewNote, Revision
from opencen.records.showing import show_revision
from opencen.records.types import domain


def get_record(actor: Actor, kind: str, record_id: UUID) -> Record:
    """Return a record's head, or NotFound: also for one that this actor may not see."""
    effective_schema(kind)
    found = visible_to(actor).filter(pk=record_id, type=kind).first()
    if found is None:
        raise NotFound("record.not_found")
    return found


def read_record(actor: Actor, kind: str, record_id: UUID, *, revision: int | None = None) -> dict[str, Any]:
    """Return a record's document at its newest or a named revision, with the reviewers' open reasons."""
    record = get_record(actor, kind, record_id)
    row = Revision.objects.filter(record_id=record.id, number=revision or record.revision).first()
    if row is None:
        raise NotFound("revision.unknown", path="revision")
    notes = list(ReviewNote.objects.filter(record_id=record.id, answered_by=None).order_by("at"))
    names = names_of([note.author_id for note in notes])
    office = office_tree().by_id.get(record.office_id)
    return {
        "id": record.id,
        "type": record.type,
        "reference": record.reference,
        "origin": record.origin,
        "revision": row.number,
        "newest_revision": record.revision,
        "schema_version": effective_schema(kind).type.version,
        "state": record.state,
        "office": office.code if office else None,
        "quality": record.quality,
        "document": show_revision(actor, row, kind),
        "review": [
            {"path": n.path, "text": n.text, "by": names.get(n.author_id, ""), "at": n.at, "revision": n.revision}
            for n in notes
        ],
    }


def list_revisions(actor: Actor, kind: str, record_id: UUID) -> list[dict[str, Any]]:
    """Return every revision with its author, time and what it changed."""
    record = get_record(actor, kind, record_id)
    tree = effective_schema(kind).tree
    of_others = codes_of_others(domain(kind))
    rows = list(Revision.objects.filter(record_id=record.id).order_by("number"))
    names = names_of([row.author_id for row in rows])
    listed: list[dict[str, Any]] = []
    before: dict[str, Any] = {}
    for row in rows:
        document = show_revision(actor, row, kind)
        listed.append(
            {
                "revision": row.number,
                "author": names.get(row.author_id, ""),
                "at": row.at,
                "device_time": row.device_time,
                "base": row.base,
                "is_erased": row.erased_at is not None,
                "warnings": [kept for kept in orjson.loads(row.findings) if kept["code"] not in of_others],
                "changes": [
                    {"path": change.path, "before": change.before, "after": change.after}
                    for change in differences(before, document, tree)
                ]
                if before
                else [],
            }
        )
        before = document
    return listed
