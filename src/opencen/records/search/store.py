"""The text search as a derived store."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from tantivy import Index, IndexWriter, Query

from opencen.log.reader import entry_at
from opencen.records.derived import Current, Derived, changed_since, load_current
from opencen.records.jobs import add_store
from opencen.records.models import Record
from opencen.records.search import files
from opencen.records.search.codes import CodeBook
from opencen.records.search.schema import SCHEMA, fingerprint, to_index
from opencen.records.types import domain_names

RECORDS_A_PART = 50_000
MOST_PARTS = 8
HEAP = 24_000_000
CHUNK = 2000


class TextSearch(Derived):
    """Words, names, identifiers and facets of every record, to search and count under the lock."""

    name = "search"

    def cursor(self) -> int:
        """Return the place in the log that the manifest in force names."""
        return current_manifest().cursor

    def apply(self, changed: Sequence[Current], gone: Sequence[UUID], cursor: int) -> None:
        """Commit every part, then the manifest: a reader in between reads what changed live, so it misses nothing."""
        with files.writing():
            manifest = current_manifest()
            if not manifest.parts:
                manifest = replace(manifest, parts=_make_parts(_part_count()))
            self._write(manifest, changed, gone)
            files.write_manifest(_moved(manifest, cursor))

    def rebuild(self, everything: Iterable[Sequence[Current]], cursor: int) -> None:
        """Build all parts anew beside the old ones and swap them."""
        with files.writing():
            manifest = _moved(files.Manifest(_make_parts(_part_count()), 0), cursor)
            book = CodeBook()
            with _writers(manifest.parts) as writers:
                for chunk in everything:
                    for current in chunk:
                        writers[manifest.part_of(current.record.id)].add_document(to_index(current, book))
            files.write_manifest(manifest)

    def verify(self) -> list[str]:
        """Compare every head with the index; what changed behind the cursor is left out."""
        skipped = changed_since(self)
        held = dict(self._held())
        problems = []
        installed = domain_names()
        for key in Record.objects.exclude(type__in=installed).values_list("pk", flat=True).iterator(chunk_size=CHUNK):
            held.pop(key, None)
        for record in Record.objects.filter(type__in=installed).order_by("pk").iterator(chunk_size=CHUNK):
            found = held.pop(record.id, None)
            if record.id in skipped:
                continue
            if found is None:
                problems.append(f"{record.reference or record.id} is not in the text search")
            elif found != fingerprint(record):
                problems.append(f"{record.reference or record.id} stands in the text search as it was before")
        strangers = set(held) - skipped
        problems.extend(f"{record_id} is in the text search but not in the records" for record_id in strangers)
        return problems

    def erase(self, record_ids: Sequence[UUID]) -> None:
        """Build the parts that held these records anew: an index keeps a deleted document's words until it merges."""
        with files.writing():
            manifest = current_manifest()
            if not manifest.parts:
                return
            affected = {manifest.part_of(record_id) for record_id in record_ids}
            fresh = dict(zip(sorted(affected), _make_parts(len(affected)), strict=True))
            book = CodeBook()
            with _writers(tuple(fresh.values())) as writers:
                for current in _current_of(manifest, affected):
                    writers[fresh[manifest.part_of(current.record.id)]].add_document(to_index(current, book))
            parts = tuple(fresh.get(name, name) for name in manifest.parts)
            files.write_manifest(replace(manifest, parts=parts))

    def _write(self, manifest: files.Manifest, changed: Sequence[Current], gone: Sequence[UUID]) -> None:
        touched = [*gone, *(current.record.id for current in changed)]
        book = CodeBook()
        with _writers(tuple({manifest.part_of(record_id) for record_id in touched})) as writers:
            for record_id in touched:
                writers[manifest.part_of(record_id)].delete_documents_by_term("id", record_id.hex)
            for current in changed:
                writers[manifest.part_of(current.record.id)].add_document(to_index(current, book))

    def _held(self) -> Iterator[tuple[UUID, int]]:
        for name in current_manifest().parts:
            searcher = open_part(name).searcher()
            hits = searcher.search(Query.all_query(), max(1, searcher.num_docs)).hits
            addresses = [address for _, address in hits]
            values = searcher.fast_field_values("fingerprint", addresses)
            for address, value in zip(addresses, values, strict=True):
                yield UUID(hex=searcher.doc(address)["id"][0]), int(value or 0)


def current_manifest() -> files.Manifest:
    """Return the manifest, or the empty one where the store is of another log, as after a backup was restored."""
    manifest = files.read_manifest()
    entry = entry_at(manifest.cursor) if manifest.parts else None
    return manifest if entry is not None and entry.hex == manifest.entry else files.EMPTY


def _moved(manifest: files.Manifest, cursor: int) -> files.Manifest:
    entry = entry_at(cursor)
    return replace(manifest, cursor=cursor, entry=entry.hex if entry else "")


def _part_count() -> int:
    """Return how many parts keep the rewriting of one, which an erasure asks for, short."""
    return min(MOST_PARTS, max(1, Record.objects.count() // RECORDS_A_PART))


def open_part(name: str) -> Index:
    """Open one part for reading."""
    index = Index.open(str(files.folder() / name))
    index.config_reader("manual")
    index.reload()
    return index


def _make_parts(count: int) -> tuple[str, ...]:
    names = tuple(files.new_part() for _ in range(count))
    for name in names:
        Index(SCHEMA, str(files.folder() / name), reuse=False)
    return names


@contextmanager
def _writers(names: Sequence[str]) -> Iterator[dict[str, IndexWriter]]:
    """Open a writer for each part; commit them at the end, or take everything back."""
    writers = {name: Index.open(str(files.folder() / name)).writer(HEAP, 1) for name in names}
    try:
        yield writers
    except BaseException:
        for writer in writers.values():
            writer.rollback()
        raise
    else:
        for writer in writers.values():
            writer.commit()
    finally:
        for writer in writers.values():
            writer.wait_merging_threads()
        writers.clear()
        gc.collect(0)


def _current_of(manifest: files.Manifest, parts: set[str]) -> Iterator[Current]:
    """Yield every record that stands in some parts, as it is now."""
    wanted: list[UUID] = []
    for record_id in Record.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        if manifest.part_of(record_id) in parts:
            wanted.append(record_id)
        if len(wanted) >= CHUNK:
            yield from load_current(wanted)
            wanted.clear()
    yield from load_current(wanted)


SEARCH = TextSearch()
add_store(SEARCH)
