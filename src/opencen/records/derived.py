"""Derived stores: what is computed from records and can be thrown away and built anew.

A store reads the log behind its cursor, and keeps the cursor with its own content, so that
both move together. A query unions the store with what changed since (`changed_since`).
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.conf import settings
from django.db.models import F, Q

from opencen.kernel.registry import Registry
from opencen.log.acts import Act
from opencen.log.reader import Sealed, entries_after, newest_sequence, subjects_after
from opencen.records import events
from opencen.records.documents import documents_of
from opencen.records.models import Record
from opencen.records.types import domain_names

ERASING = frozenset({events.ERASED.name, events.ERASED_WHOLE.name})
CHANGING: set[str] = {
    act.name
    for act in (
        events.STORED,
        events.VALIDATED,
        events.RETURNED,
        events.CANCELLED,
        events.CLASSIFIED,
        events.ERASED,
        events.ERASED_WHOLE,
        events.FIELD_RETIRED,
        events.LINKED,
        events.LINK_JUDGED,
        events.FIELD_RESTORED,
    )
}
CHUNK = 2000


def count_as_change(*acts: Act) -> None:
    """Let an upper room's acts change a record for the derived stores, when the room is set up."""
    CHANGING.update(act.name for act in acts)


@dataclass(frozen=True, slots=True)
class Current:
    """A record's head with its present document, as stores take it in."""

    record: Record
    document: dict[str, Any]


Progress = Callable[[int, int], None]


class Derived(ABC):
    """The contract of a derived store. `name` is also its folder below `derived/`."""

    name: ClassVar[str]

    @abstractmethod
    def cursor(self) -> int:
        """Return the place in the log up to which the store knows everything; 0 where it is empty or unreadable."""

    @abstractmethod
    def apply(self, changed: Sequence[Current], gone: Sequence[UUID], cursor: int) -> None:
        """Take records in anew, drop those gone, and move the cursor, all or nothing."""

    @abstractmethod
    def rebuild(self, everything: Iterable[Sequence[Current]], cursor: int) -> None:
        """Replace the whole store by what the chunks hold; readers keep the old one until it is whole."""

    @abstractmethod
    def verify(self) -> list[str]:
        """Compare the store with the records and return what differs, in words."""

    @abstractmethod
    def erase(self, record_ids: Sequence[UUID]) -> None:
        """Remove every physical trace of these records' former content, then take them in anew."""


DERIVED: Registry[Derived] = Registry("derived")


def catch_up(store: Derived, limit: int = 5000) -> int:
    """Bring a store up to the log's end, one run of entries at a time; return how many entries it read.

    It erases before the cursor moves: what breaks off in between is erased again.
    """
    total = _cover_installed(store)
    while entries := entries_after(store.cursor(), limit):
        ids = {key for entry in entries if entry.act in CHANGING for key in _touched(entry)}
        erased = {UUID(entry.subject_id) for entry in entries if entry.act in ERASING}
        found = load_current(ids)
        gone = ids - {current.record.id for current in found}
        if erased:
            store.erase(sorted(erased))
        store.apply(found, sorted(gone), entries[-1].sequence)
        total += len(entries)
    return total


def _touched(entry: Sealed) -> Iterable[UUID]:
    """Return the records that an entry changes: a field retired or asked again changes each that states it."""
    if entry.act not in (events.FIELD_RETIRED.name, events.FIELD_RESTORED.name):
        return (UUID(entry.subject_id),)
    name = f'"{str(entry.data["path"]).rpartition(".")[2]}":'
    stated = Q(revisions__public__contains=name) | Q(revisions__nominal__contains=name)
    present = Record.objects.filter(stated, type=entry.data["type"], revisions__number=F("revision"))
    return present.values_list("pk", flat=True).iterator(chunk_size=CHUNK)


def rebuild(store: Derived, progress: Progress | None = None) -> int:
    """Build a store anew from all records; what changes meanwhile is read behind the cursor afterwards."""
    cursor, installed = newest_sequence(), frozenset(domain_names())
    total = Record.objects.filter(type__in=installed).count()
    done = 0

    def chunks() -> Iterator[Sequence[Current]]:
        nonlocal done
        for ids in _all_ids():
            part = load_current(ids)
            done += len(part)
            yield part
            if progress:
                progress(done, total)

    _write_covered(store, covered_types(store) & installed)
    store.rebuild(chunks(), cursor)
    _write_covered(store, installed)
    if progress and done < total:  # the store read the others itself
        progress(total, total)
    return max(done, total)


def load_from(first: UUID) -> Iterator[list[Current]]:
    """Yield chunks of all records from one on, by their ids."""
    for ids in _all_ids(UUID(int=first.int - 1)):
        yield load_current(ids)


def covered_types(store: Derived) -> frozenset[str]:
    """Return the databases whose records a store holds in full, up to its cursor; all, where nothing was noted yet."""
    try:
        return frozenset(orjson.loads(_covered_path(store).read_bytes()))
    except FileNotFoundError:
        return frozenset(domain_names())
    except orjson.JSONDecodeError:
        return frozenset()


def _cover_installed(store: Derived) -> int:
    """Build a store anew where a database was switched on since; one that is off keeps nothing up to date."""
    installed, covered = frozenset(domain_names()), covered_types(store)
    if store.cursor() == 0:
        _write_covered(store, installed)
    elif missing := installed - covered:
        if Record.objects.filter(type__in=missing).exists():
            return rebuild(store)
        _write_covered(store, installed)
    elif covered - installed:
        _write_covered(store, installed)
    return 0


def _covered_path(store: Derived) -> Path:
    return Path(settings.HOME.path) / "derived" / f"{store.name}.types.json"


def _write_covered(store: Derived, types: frozenset[str]) -> None:
    """Keep beside a store which databases it covers, whole or not at all."""
    path = _covered_path(store)
    if path.exists() and types == covered_types(store):
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_bytes(orjson.dumps(sorted(types)))
    temporary.replace(path)


def _all_ids(last: UUID = UUID(int=0)) -> Iterator[list[UUID]]:  # noqa: B008 - never changed
    while True:
        ids = list(Record.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not ids:
            return
        yield ids
        last = ids[-1]


def load_current(ids: Iterable[UUID]) -> list[Current]:
    """Load heads with their present documents, whatever state they are in; not of a database that is off."""
    wanted, installed = sorted(ids), domain_names()
    heads: list[Record] = []
    for start in range(0, len(wanted), 400):
        heads.extend(Record.objects.filter(pk__in=wanted[start : start + 400], type__in=installed))
    by_type: dict[str, list[tuple[UUID, int]]] = {}
    for head in heads:
        by_type.setdefault(head.type, []).append((head.id, head.revision))
    documents: dict[UUID, dict[str, Any]] = {}
    for kind, revisions in by_type.items():
        documents |= documents_of(kind, revisions)
    return [Current(head, documents[head.id]) for head in heads if head.id in documents]


def changed_since(store: Derived) -> set[UUID]:
    """Return the records that changed behind a store's cursor, sealed or not: to be read live."""
    return subjects_after(store.cursor(), CHANGING)
