"""Export: records that an actor may see, through the lock and the log, to a file of any format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO
from uuid import UUID

from django.utils.translation import override

from opencen.formats.format import Exported, export_format
from opencen.formats.listing.columns import ListColumn, listed, shown_columns, words_of
from opencen.formats.listing.files import LIST_FILES, SHEET_ROWS, ListFile, ListRow
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound, TooLarge
from opencen.log.service import record_act, service
from opencen.records.effective import schema_for
from opencen.records.events import EXPORTED
from opencen.records.lock import visible_to
from opencen.records.search.queries import find_all
from opencen.records.search.request import SearchRequest
from opencen.records.showing import show_documents
from opencen.records.types import export_permission
from opencen.seizures.queries.places import positions_of

MAX_RECORDS = 1_000_000
MOST_AT_ONCE = 10_000
CHUNK = 400
Told = Callable[[int], None]
"""Hears how many records were read so far; it raises to stop the work."""


def export_records(
    actor: Actor, *, kind: str, record_ids: Sequence[UUID], format: str, stream: BinaryIO, told: Told | None = None
) -> int:
    """Write whole records to a stream and return how many; what the actor may not see is not there."""
    actor.require(export_permission(kind))
    if len(record_ids) > MAX_RECORDS:
        raise TooLarge("export.too_many", limit=MAX_RECORDS)
    chosen = export_format(format, kind)
    count = chosen.write(stream, read_exported(actor, kind, record_ids, told), schema_for(actor, kind), actor.language)
    note_export(actor, kind=kind, format=format, count=count)
    return count


def export_listed(
    actor: Actor,
    *,
    kind: str,
    record_ids: Sequence[UUID],
    columns: Sequence[str],
    format: str,
    stream: BinaryIO,
    told: Told | None = None,
) -> int:
    """Write a list as it is shown, in the actor's language: the same rows, order and columns."""
    actor.require(export_permission(kind))
    chosen = list_file(format)
    if len(record_ids) > (SHEET_ROWS if chosen.name == "xlsx" else MAX_RECORDS):
        raise TooLarge("export.too_many", limit=SHEET_ROWS if chosen.name == "xlsx" else MAX_RECORDS)
    shown = shown_columns(kind, columns)
    with override(actor.language):
        count = chosen.write(stream, shown, _read_listed(actor, kind, record_ids, chosen, shown, told))
    note_export(actor, kind=kind, format=f"list.{format}", count=count)
    return count


@service("*:export")
def note_export(actor: Actor, *, kind: str, format: str, count: int) -> None:
    """Log an export before it is handed out; writing the file itself keeps nobody else from writing."""
    record_act(EXPORTED, "export", str(actor.id), format=format, count=count, type=kind)


def list_file(name: str) -> ListFile:
    """Return a kind of list file, or raise NotFound."""
    found = LIST_FILES.get(name)
    if found is None:
        raise NotFound("format.unknown", name=name)
    return found


def listed_ids(actor: Actor, request: SearchRequest, *, most: int = MOST_AT_ONCE) -> list[UUID]:
    """Return every record that a list shows, in its order; more than one answer waits for are refused, not cut."""
    return find_all(actor, request, most=most)


def write_template(actor: Actor, *, kind: str, stream: BinaryIO) -> None:
    """Write an empty workbook of a type, made from the schema, with drop-downs."""
    actor.require(f"{kind}:record")
    export_format("xlsx", kind).write(stream, (), schema_for(actor, kind), actor.language)


def read_exported(actor: Actor, kind: str, record_ids: Sequence[UUID], told: Told | None = None) -> Iterator[Exported]:
    """Yield records in the order asked for, in chunks."""
    for start in range(0, len(record_ids), CHUNK):
        part = record_ids[start : start + CHUNK]
        heads = {head.id: head for head in visible_to(actor).filter(pk__in=part, type=kind)}
        documents = show_documents(actor, kind, [(head.id, head.revision) for head in heads.values()])
        for key in part:
            if key in documents:
                head = heads[key]
                yield Exported(str(key), head.reference or "", head.state, head.revision, documents[key])
        if told:
            told(min(start + CHUNK, len(record_ids)))


def _read_listed(
    actor: Actor,
    kind: str,
    record_ids: Sequence[UUID],
    chosen: ListFile,
    columns: Sequence[ListColumn],
    told: Told | None,
) -> Iterator[ListRow]:
    for start in range(0, len(record_ids), CHUNK):
        part = record_ids[start : start + CHUNK]
        heads = {head.id: head for head in visible_to(actor).filter(pk__in=part, type=kind)}
        positions = positions_of(list(heads.values())) if chosen.is_placed else {}
        for key in part:
            if key in heads:
                words = words_of(listed(heads[key]), columns, actor.language)
                yield ListRow(str(key), words, positions.get(key))
        if told:
            told(min(start + CHUNK, len(record_ids)))
