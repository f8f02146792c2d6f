"""What investigations keep of an erased person: nothing, in any of their texts, where they are linked to the record."""

from __future__ import annotations

from uuid import UUID

import orjson
from django.db.models import Model, Q

from opencen.investigations.access import KIND
from opencen.investigations.models import Entry, Held, Investigation, Link, Overlap, Task
from opencen.kernel.clock import now
from opencen.log.service import record_act
from opencen.records.documents import documents_of, to_bytes
from opencen.records.effective import effective_schema
from opencen.records.erasure import Erased, clean_nominal, erased_elsewhere, names_one
from opencen.records.events import ERASED
from opencen.records.models import Record, Revision
from opencen.records.projection import index_rows, project_head, replace_index
from opencen.records.types import domain, domain_names

TEXTS: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Task, ("title", "text", "result")),
    (Link, ("note",)),
)


@erased_elsewhere
def forget_in_investigations(erased: Erased) -> None:
    """Empty what names the person in the documents, logs, tasks and links of linked investigations."""
    names = set(erased.names)
    linked = Link.objects.filter(record_id=erased.record_id).values("investigation_id")
    groups = Record.objects.filter(pk=erased.record_id).exclude(compartment_id=None).values("compartment_id")
    belonging = Q(pk__in=linked) | Q(compartment_id__in=groups)
    ids = list(Investigation.objects.filter(belonging).values_list("pk", flat=True))
    if not names or not ids:
        return
    _forget_overlaps(ids, erased.record_id)
    for entry in Entry.objects.filter(investigation_id__in=ids):
        if names_one(f"{entry.text} {entry.party}", names):
            Entry.objects.filter(pk=entry.pk).update(text="", party="", erased_at=now())
    for model, fields in TEXTS:
        for row in model._default_manager.filter(investigation_id__in=ids):
            found = [name for name in fields if names_one(getattr(row, name), names)]
            if found:
                model._default_manager.filter(pk=row.pk).update(**dict.fromkeys(found, ""))
    Held.objects.filter(investigation_id__in=ids).delete()
    if KIND in domain_names():
        _forget_documents(ids, names)


def _forget_overlaps(ids: list[UUID], record_id: UUID) -> None:
    """Take out the numbers under which investigations met: those the record stated, and those nobody holds any more."""
    rows = Overlap.objects.filter(Q(first_id__in=ids) | Q(second_id__in=ids)).exclude(key__startswith="record:")
    others = Held.objects.filter(investigation_id__in=ids).exclude(record_id=record_id)
    rows.exclude(key__in=others.values("key")).delete()


def _forget_documents(ids: list[UUID], names: set[str]) -> None:
    """Leave the texts that name the person out of every revision, index and search."""
    tree = effective_schema(KIND).tree
    changed: dict[UUID, int] = {}
    for revision in Revision.objects.filter(record_id__in=ids):
        parts = orjson.loads(revision.nominal)
        cleaned = clean_nominal(parts.get("document", {}), tree, frozenset(), names)
        if cleaned != parts.get("document", {}):
            revision.nominal, revision.nominal_key = to_bytes({"document": cleaned}).decode(), ""
            revision.erased_at = now()
            revision.save(update_fields=["nominal", "nominal_key", "erased_at"])
            changed[revision.record_id] = changed.get(revision.record_id, 0) + 1
    for record in Record.objects.filter(pk__in=changed):
        document = documents_of(KIND, [(record.pk, record.revision)])[record.pk]
        project_head(record, domain(KIND), document, ())
        record.save(update_fields=["summary", "nominal_summary", "quality"])
        replace_index([record.pk], list(index_rows(record.pk, document, tree)))
    for record_id, count in changed.items():
        record_act(ERASED, KIND, record_id, items=[], media=0, revisions=count, basis="linked record")
