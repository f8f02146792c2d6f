"""What a query reads: the parts on disk as of one cursor, and what changed since in memory."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar
from uuid import UUID

from tantivy import Document, Index, Searcher

from opencen.log.reader import entries_behind
from opencen.records.derived import CHANGING, Current, covered_types, load_current
from opencen.records.models import Record
from opencen.records.search import files
from opencen.records.search.codes import CodeBook
from opencen.records.search.schema import SCHEMA, to_index
from opencen.records.search.store import SEARCH, current_manifest, open_part
from opencen.records.types import domain_names

LOGGER = logging.getLogger("opencen.search")
MOST_LIVE = 2000
MOST_EXCLUDED = 20_000
HEAP = 15_000_000
ATTEMPTS = 5
_ASKERS = ThreadPoolExecutor(min(4, os.cpu_count() or 1), "search")  # the index lets go of Python while it searches
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Slice:
    """One searcher, with the records in it that must not be read because they changed since.

    `key` names what a part on disk holds: it changes with every write to the part; what is in memory has none.
    """

    searcher: Searcher
    excluded: tuple[UUID, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """All slices of one moment; together they hold every record once, as it is now."""

    slices: tuple[Slice, ...]
    is_behind: bool = False

    def each(self, ask: Callable[[Slice], Answer]) -> list[Answer]:
        """Ask every slice at once; the answers stand in the order of the slices."""
        if len(self.slices) < 2:
            return [ask(part) for part in self.slices]
        return list(_ASKERS.map(ask, self.slices))


class Reader:
    """Keep the parts of this process open and follow the manifest."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._manifest = files.EMPTY
        self._folder = ""
        self._parts: dict[str, Index] = {}
        self._keys: dict[str, str] = {}
        self._live_key: object = None
        self._live: Searcher | None = None
        self._documents: dict[UUID, tuple[frozenset[int], Document]] = {}

    def forget(self) -> None:
        """Close everything and keep nothing; a test calls it after a rollback."""
        with self._lock:
            self._manifest, self._parts, self._documents = files.EMPTY, {}, {}
            self._live_key = self._live = None

    def view(self) -> View:
        """Return the present view. The cursor is read before the changes behind it, so that nothing falls between."""
        manifest, searchers, keys = self._open()
        entries = entries_behind(manifest.cursor, CHANGING, MOST_EXCLUDED)
        changed = set(entries.values())
        is_behind = len(changed) > MOST_LIVE
        if len(entries) >= MOST_EXCLUDED:  # not every change is known: what the parts hold may be another's by now
            manifest, searchers, is_behind = files.EMPTY, [], True
        slices = []
        for name, searcher in zip(manifest.parts, searchers, strict=True):
            excluded = tuple(record_id for record_id in changed if manifest.part_of(record_id) == name)
            slices.append(Slice(searcher, excluded, keys[name]))
        if changed:
            slices.append(Slice(self._read_live(manifest, entries, is_behind)))
        else:
            self._live_key, self._live, self._documents = None, None, {}
        return View(tuple(slices), is_behind or not covered_types(SEARCH).issuperset(domain_names()))

    def _open(self) -> tuple[files.Manifest, list[Searcher], dict[str, str]]:
        """Open the parts in force; one that an erasure has just replaced is looked up again."""
        with self._lock:
            for attempt in range(ATTEMPTS):
                manifest = current_manifest()
                folder = str(files.folder())
                try:
                    if manifest != self._manifest or folder != self._folder:
                        self._follow(manifest, folder)
                    return manifest, [self._parts[name].searcher() for name in manifest.parts], self._keys
                except (ValueError, OSError):
                    self._manifest, self._parts = files.EMPTY, {}
                    if attempt + 1 == ATTEMPTS:
                        LOGGER.exception("the text search cannot be read; everything is read live")
        return files.EMPTY, [], {}

    def _follow(self, manifest: files.Manifest, folder: str) -> None:
        kept = self._parts if folder == self._folder else {}
        parts, keys = {}, {}
        for name in manifest.parts:
            parts[name] = kept.get(name) or open_part(name)
            keys[name] = _reload(parts[name], name)
        self._parts, self._keys, self._manifest, self._folder = parts, keys, manifest, folder

    def _read_live(self, manifest: files.Manifest, entries: dict[int, UUID], is_behind: bool) -> Searcher:
        """Return what changed as an index in memory: the same queries run over it, so both answer alike."""
        key = (self._folder, manifest, frozenset(entries.items()))
        with self._lock:
            if self._live is None or key != self._live_key:
                self._live = _index_in_memory(self._read_documents(entries, is_behind))
                self._live_key = key
            return self._live

    def _read_documents(self, entries: dict[int, UUID], is_behind: bool) -> Iterable[Document]:
        """Read what changed, but for records to which nothing has happened since they were last read."""
        by_record: dict[UUID, set[int]] = {}
        for number, record_id in entries.items():
            by_record.setdefault(record_id, set()).add(number)
        wanted = _newest(by_record.keys()) if is_behind else list(by_record)
        known = {key: found for key in wanted if (found := self._documents.get(key)) and found[0] == by_record[key]}
        book = CodeBook()
        for current in load_current(key for key in wanted if key not in known):
            key = current.record.id
            known[key] = (frozenset(by_record[key]), to_index(current, book))
        self._documents = known
        return [document for _, document in known.values()]


def _reload(part: Index, name: str) -> str:
    """Read a part as it now is, and return what names this content; a write in between is read again."""
    for _ in range(ATTEMPTS):
        before = files.written_at(name)
        part.reload()
        if before and files.written_at(name) == before:
            return f"{files.folder()}/{name}@{before}"
    return ""


def _newest(ids: Set[UUID]) -> list[UUID]:
    rows = Record.objects.order_by("-changed_at").values_list("pk", flat=True)[: MOST_LIVE * 2]
    return [record_id for record_id in rows if record_id in ids][:MOST_LIVE]


def _index_in_memory(documents: Iterable[Document]) -> Searcher:
    index = Index(SCHEMA)
    writer = index.writer(HEAP, 1)
    for document in documents:
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index.searcher()


def view_of(current: Iterable[Current]) -> View:
    """Return a view of these records alone, in memory."""
    book = CodeBook()
    return View((Slice(_index_in_memory(to_index(found, book) for found in current)),))


READER = Reader()
