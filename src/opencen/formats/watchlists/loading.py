"""Load a list: compare it with what stands, then add, change and mark as gone, through the one door in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID, uuid5

import orjson

from opencen.formats.watchlists.documents import Document, document_of, gone_document
from opencen.formats.watchlists.events import LOADED, REFUSED, STOPPED
from opencen.formats.watchlists.formats import format_named
from opencen.formats.watchlists.guarding import HALF, MOST_ENTRIES, check_growth
from opencen.formats.watchlists.listed import Listed, ParsedList
from opencen.formats.watchlists.models import Entry, Load, Source
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import OpenCenError, TooLarge
from opencen.kernel.ids import uuid7
from opencen.log.service import nothing_done, record_act, service
from opencen.records.documents import documents_of
from opencen.records.intake import Receipt, SubmissionIn, submit_many
from opencen.records.models import Record
from opencen.records.permissions import LOAD_LISTS

CHUNK = 250
FEWEST = 10
_SPACE = UUID("6b0d7f0a-5d1e-4f53-9a0c-0c1d64d7a015")
_REASON = {"*": "Stated by a published list."}


@dataclass(slots=True)
class Comparison:
    """What a file changes: entries by what becomes of them, and those that it no longer names."""

    added: list[tuple[UUID, str, Listed]] = field(default_factory=list)
    changed: list[tuple[UUID, str, Listed]] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    present: int = 0


def record_id_of(source: str, kind: str, key: str) -> UUID:
    """Return the id of the record that stands for an entry: the same at every load."""
    return uuid5(_SPACE, f"{source}:{kind}:{key}")


def run_load(actor: Actor, load: Load, files: Mapping[str, bytes]) -> Load:
    """Load the files; what is refused or stopped says why in the load and changes nothing."""
    started = monotonic()
    source = load.source
    try:
        parsed = format_named(source.format).parse(files)
        comparison = _compared(source, parsed)
        if _is_half_gone(comparison) and not load.is_confirmed:
            return _stop(actor, load=load, comparison=comparison)
    except OpenCenError as error:
        return _refuse(actor, load=load, error=error)
    refused = _take(actor, load, comparison)
    load.seconds = round(monotonic() - started, 2)
    return _end(actor, load=load, parsed=parsed, comparison=comparison, refused=refused)


def _compared(source: Source, parsed: ParsedList) -> Comparison:
    """Compare every entry with what stands, by the digest of all that the list says of it."""
    if len(parsed.entries) > MOST_ENTRIES:
        raise TooLarge("watchlist.too_large", path="file", limit=MOST_ENTRIES, found=len(parsed.entries))
    known = {(entry.key, entry.type): entry for entry in Entry.objects.filter(source=source)}
    found = Comparison(present=sum(entry.gone_at is None for entry in known.values()))
    check_growth(len(parsed.entries), found.present)
    named: set[tuple[str, str]] = set()
    for listed in parsed.entries:
        kind = _kind(listed)
        named.add((listed.key, kind))
        entry = known.get((listed.key, kind))
        if entry is None:
            found.added.append((record_id_of(source.name, kind, listed.key), kind, listed))
        elif entry.digest != listed.digest or entry.gone_at is not None:
            found.changed.append((entry.record_id, kind, listed))
        else:
            found.unchanged += 1
    found.gone = [entry for key, entry in known.items() if key not in named and entry.gone_at is None]
    return found


def _kind(listed: Listed) -> str:
    return {"person": "suspect", "company": "company"}.get(listed.kind, "conveyance")


def _is_half_gone(comparison: Comparison) -> bool:
    return comparison.present >= FEWEST and len(comparison.gone) >= comparison.present * HALF


def _take(actor: Actor, load: Load, comparison: Comparison) -> int:
    """Hand everything in, part by part; return how many records were refused."""
    work = [*comparison.added, *comparison.changed]
    Load.objects.filter(pk=load.pk).update(total=len(work) + len(comparison.gone), done=0, state="running")
    refused = done = 0
    for start in range(0, len(work), CHUNK):
        part = work[start : start + CHUNK]
        stated = [(key, kind, document_of(listed, load.source.title)[1]) for key, kind, listed in part]
        accepted = _submit(actor, load, stated)
        _note(actor, source=load.source, part=[row for row in part if row[0] in accepted])
        refused += len(part) - len(accepted)
        done += len(part)
        Load.objects.filter(pk=load.pk).update(done=done)
    for start in range(0, len(comparison.gone), CHUNK):
        entries = comparison.gone[start : start + CHUNK]
        accepted = _submit(actor, load, list(_gone(entries)))
        _note_gone(actor, entries=[entry for entry in entries if entry.record_id in accepted])
        refused += len(entries) - len(accepted)
        done += len(entries)
        Load.objects.filter(pk=load.pk).update(done=done)
    return refused


def _gone(entries: Sequence[Entry]) -> Iterator[tuple[UUID, str, Document]]:
    """Yield the documents of entries that are no longer named, which say since when."""
    day = now().date().isoformat()
    for kind in sorted({entry.type for entry in entries}):
        ids = [entry.record_id for entry in entries if entry.type == kind]
        heads = Record.objects.in_bulk(ids)
        documents = documents_of(kind, [(head.id, head.revision) for head in heads.values()])
        yield from ((key, kind, gone_document(document, day)) for key, document in documents.items())


def _submit(actor: Actor, load: Load, stated: Sequence[tuple[UUID, str, Document]]) -> set[UUID]:
    """Hand in documents as the list's own statements; return the records that hold them."""
    revisions = dict(Record.objects.filter(pk__in=[key for key, _, _ in stated]).values_list("pk", "revision"))
    given = [
        SubmissionIn(
            type=kind,
            id=key,
            submission_id=uuid7(),
            document=document,
            base_revision=revisions.get(key),
            reasons=_REASON,
            mode="historical",
            batch=f"list-{load.id}"[:40],
            origin=f"list:{load.source_id}",
        )
        for key, kind, document in stated
    ]
    return {receipt.record_id for receipt in _receipts(actor, given) if receipt.is_accepted}


def _receipts(actor: Actor, given: list[SubmissionIn]) -> list[Receipt]:
    return submit_many(actor, given) if given else []


@service(LOAD_LISTS)
def _note(actor: Actor, *, source: Source, part: Sequence[tuple[UUID, str, Listed]]) -> None:
    """Keep which record stands for which entry, with the digest of what it says now."""
    at = now()
    rows = [
        Entry(source=source, key=listed.key, type=kind, record_id=key, digest=listed.digest, since=at)
        for key, kind, listed in part
    ]
    Entry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["record_id"], update_fields=["digest", "gone_at"], batch_size=100
    )
    nothing_done()


@service(LOAD_LISTS)
def _note_gone(actor: Actor, *, entries: Sequence[Entry]) -> None:
    """Mark entries that their list no longer names."""
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(gone_at=now())
    nothing_done()


@service(LOAD_LISTS)
def _refuse(actor: Actor, *, load: Load, error: OpenCenError) -> Load:
    """Keep why a file was refused."""
    kept = {"code": error.code, "path": error.path, "data": error.data}
    load.state, load.ended_at = "refused", now()
    load.error = orjson.dumps(kept, default=str).decode()
    load.save(update_fields=["state", "error", "ended_at"])
    record_act(REFUSED, "watchlist", load.id, source=load.source_id, code=error.code)
    return load


@service(LOAD_LISTS)
def _stop(actor: Actor, *, load: Load, comparison: Comparison) -> Load:
    """Stop before half of a list is marked as gone, and ask."""
    data: dict[str, Any] = {"gone": len(comparison.gone), "of": comparison.present}
    load.state, load.counts = "stopped", orjson.dumps(_counts(comparison, 0)).decode()
    load.error = orjson.dumps({"code": "watchlist.half_gone", "path": "file", "data": data}).decode()
    load.save(update_fields=["state", "counts", "error"])
    record_act(STOPPED, "watchlist", load.id, source=load.source_id, **data)
    return load


@service(LOAD_LISTS)
def _end(actor: Actor, *, load: Load, parsed: ParsedList, comparison: Comparison, refused: int) -> Load:
    """Close the load with its sums, and date the source."""
    at: datetime = now()
    counts: dict[str, Any] = _counts(comparison, refused)
    load.state, load.ended_at, load.error, load.dated = "done", at, "", parsed.dated or at.date()
    load.counts = orjson.dumps({**counts, "file": parsed.counts, "kinds": parsed.by_kind()}).decode()
    load.done = load.total = counts["added"] + counts["changed"] + counts["gone"]
    load.save(update_fields=["state", "ended_at", "error", "dated", "counts", "done", "total", "seconds"])
    Source.objects.filter(pk=load.source_id).update(dated=load.dated, loaded_at=at)
    record_act(LOADED, "watchlist", load.id, source=load.source_id, **counts)
    return load


def _counts(comparison: Comparison, refused: int) -> dict[str, int]:
    return {
        "added": len(comparison.added),
        "changed": len(comparison.changed),
        "gone": len(comparison.gone),
        "unchanged": comparison.unchanged,
        "refused": refused,
    }
