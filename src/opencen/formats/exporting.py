"""Export: records that an actor may see, through the lock and the log, to a file of any format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO
from uuid import UUID

from opencen.formats.format import Exported, export_format
from opencen.kernel.actor import Actor
from opencen.kernel.errors import TooLarge
from opencen.log.service import record_act, service
from opencen.records.documents import documents_of
from opencen.records.effective import effective_schema
from opencen.records.events import EXPORTED
from opencen.records.lock import visible_to
from opencen.records.search.queries import DEEPEST, LARGEST_PAGE, search
from opencen.records.search.request import SearchRequest

MAX_RECORDS = 100_000
CHUNK = 400


@service("case:export")
def export_records(actor: Actor, *, kind: str, record_ids: Sequence[UUID], format: str, stream: BinaryIO) -> int:
    """Write records to a stream and return how many; what the actor may not see is not there."""
    if len(record_ids) > MAX_RECORDS:
        raise TooLarge("export.too_many", limit=MAX_RECORDS)
    chosen = export_format(format, kind)
    count = chosen.write(stream, read_exported(actor, kind, record_ids), effective_schema(kind), actor.language)
    record_act(EXPORTED, "export", str(actor.id), format=format, count=count, type=kind)
    return count


def listed_ids(actor: Actor, request: SearchRequest) -> list[UUID]:
    """Return every record that a list shows, in its order; more than a list goes deep is refused, not cut."""
    found: list[UUID] = []
    while True:
        answer = search(actor, replace(request, offset=len(found), limit=LARGEST_PAGE, facets=()))
        if answer.total > DEEPEST:
            raise TooLarge("export.too_many", limit=DEEPEST)
        found += answer.ids
        if not answer.ids or len(found) >= answer.total:
            return found


def write_template(actor: Actor, *, kind: str, stream: BinaryIO) -> None:
    """Write an empty workbook of a type, made from the schema, with drop-downs."""
    actor.require(f"{kind}:record")
    export_format("xlsx", kind).write(stream, (), effective_schema(kind), actor.language)


def read_exported(actor: Actor, kind: str, record_ids: Sequence[UUID]) -> Iterator[Exported]:
    """Yield records in the order asked for, in chunks."""
    for start in range(0, len(record_ids), CHUNK):
        part = record_ids[start : start + CHUNK]
        heads = {head.id: head for head in visible_to(actor).filter(pk__in=part, type=kind)}
        documents = documents_of(kind, [(head.id, head.revision) for head in heads.values()])
        for key in part:
            if key in documents:
                head = heads[key]
                yield Exported(str(key), head.reference or "", head.state, head.revision, documents[key])
