"""Rebuild the projection from revisions and log entries: what it gives must equal what stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from opencen.accounts.queries import office_tree
from opencen.log.models import Entry
from opencen.log.transactions import write_transaction
from opencen.records import events
from opencen.records.derived import load_current
from opencen.records.effective import effective_schema
from opencen.records.findings import Finding
from opencen.records.lock import is_listed
from opencen.records.models import IndexValue, MediaUse, Record, Revision
from opencen.records.projection import IndexRow, index_rows, media_rows, project_head, replace_index, replace_media
from opencen.records.types import domain, domain_names

CHUNK = 500
_MOVING = (events.VALIDATED.name, events.RETURNED.name, events.CANCELLED.name, events.ERASED_WHOLE.name)
Progress = Callable[[int, int], None]


def rebuild_projection(progress: Progress | None = None) -> int:
    """Write heads, index values and media uses anew from revisions and the log, in short transactions."""
    total = Record.objects.count()
    done = 0
    last = UUID(int=0)
    while ids := list(Record.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        with write_transaction(), transaction.atomic():
            _rebuild_chunk(ids)
        last = ids[-1]
        done += len(ids)
        if progress:
            progress(done, total)
    return done


def _rebuild_chunk(ids: list[UUID]) -> None:
    """Set each head back to its newest revision and replay its acts before projecting it."""
    newest = dict[UUID, Revision]()
    first = dict[UUID, Revision]()
    for revision in Revision.objects.filter(record_id__in=ids).order_by("number"):
        first.setdefault(revision.record_id, revision)
        newest[revision.record_id] = revision
    heads = {head.id: head for head in Record.objects.filter(pk__in=ids, type__in=domain_names())}
    acts = _acts_of(heads)
    for head in heads.values():
        head.revision = newest[head.id].number
        head.author_id, head.created_at = first[head.id].author_id, first[head.id].at
        head.changed_at = newest[head.id].at
        replay(head, acts.get(str(head.id), ()))
    Record.objects.bulk_update(heads.values(), ["revision", "author_id", "created_at", "changed_at"], batch_size=100)
    IndexValue.objects.filter(record_id__in=heads).delete()
    MediaUse.objects.filter(record_id__in=heads).delete()
    index: list[IndexRow] = []
    media: list[MediaUse] = []
    for current in load_current(heads):
        head, found = heads[current.record.id], domain(current.record.type)
        project_head(head, found, current.document, _findings(newest[head.id]))
        index.extend(index_rows(head.id, current.document, effective_schema(head.type).tree))
        media.extend(media_rows(head.id, current.document, found))
    fields = [
        "state", "office_id", "sensitivity", "compartment_id", "validated_at", "validated_revision",
        "kind", "occurred_on", "summary", "nominal_summary", "quality", "warnings",
    ]  # fmt: skip
    Record.objects.bulk_update(heads.values(), fields, batch_size=100)
    replace_index([], index)
    replace_media([], media)


def _acts_of(heads: dict[UUID, Record]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in Entry.objects.filter(subject_id__in=[str(key) for key in heads]).order_by("number"):
        found.setdefault(entry.subject_id, []).append(entry)
    return found


def replay(head: Record, acts: Iterable[Entry]) -> None:
    """Derive state, office, validation and classification of a head from its acts, in order."""
    head.validated_at = head.validated_revision = None
    for entry in acts:
        data: dict[str, Any] = orjson.loads(entry.data)
        if entry.act == events.STORED.name and data.get("outcome") != "unchanged":
            head.state = data.get("state") or head.state
            office = UUID(data["office"]) if data.get("office") else head.office_id
            head.office_id = office if office in office_tree().by_id else head.office_id
            if (not domain(head.type).needs_validation or is_listed(head)) and head.validated_at is None:
                head.validated_at = head.created_at
        elif entry.act in _MOVING:
            head.state = data["state"]
            if entry.act == events.VALIDATED.name:
                head.validated_at, head.validated_revision = entry.at, entry.revision
        elif entry.act == events.CLASSIFIED.name:
            head.sensitivity = data["sensitivity"]
            head.compartment_id = UUID(data["compartment"]) if data.get("compartment") else None


def _findings(revision: Revision) -> list[Finding]:
    return [Finding(kept["code"], kept["level"], kept["path"]) for kept in orjson.loads(revision.findings)]
