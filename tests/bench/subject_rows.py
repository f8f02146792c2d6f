"""The rows of a world of subjects, as the product writes them: heads, revisions, index values, log and links.

Every number follows from that of the record, so that parts of the world are made side by side and in any order.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings

from opencen.codelists.catalogue import get_list
from opencen.records.conditions import asked_fields, completeness
from opencen.records.documents import seal_parts, to_bytes
from opencen.records.effective import effective_schema
from opencen.records.parts import split_document
from opencen.records.paths import schema_path, walk_leaves
from opencen.records.projection import index_key
from opencen.records.types import domain
from tests.bench.subject_documents import HEAVY, KINDS, Size, SubjectMaker, day_of, record_of
from tests.bench.world import COMPARTMENTS, office_codes

Row = tuple[str, tuple[Any, ...]]
CHUNK = 20_000
VALUES_EACH, ACTS_EACH = 64, 4
HEAVY_LINKS = 1000
WRITERS = 200
OFFICES = {code: UUID(int=1000 + number) for number, (code, _) in enumerate(office_codes())}
LINKED, READ = "link", "read"
HEAVY_READS = 2000
"""How often each of the three that a thousand cases name was looked at; the log keeps every time."""


def chunks_of(size: Size) -> list[tuple[str, int, int]]:
    """Return the parts in which a world is made: (kind, first, end)."""
    counts = {kind: size.count(kind) for kind in KINDS} | {LINKED: link_count(size), READ: 3 * HEAVY_READS}
    return [
        (kind, first, min(first + CHUNK, count)) for kind, count in counts.items() for first in range(0, count, CHUNK)
    ]


def link_count(size: Size) -> int:
    """Return how many links officers made."""
    return HEAVY_LINKS + size.suspect // 10


def make_rows(kind: str, first: int, end: int, size: Size) -> Iterator[Row]:
    """Yield (table, row) of a part of a world."""
    if kind == LINKED:
        yield from _links(first, end, size)
        return
    if kind == READ:
        yield from _reads(first, end, size)
        return
    maker = SubjectMaker(size, hash((KINDS.index(kind), first)))
    for number in range(first, end):
        yield from _Writer(maker, kind, number).rows()


class _Writer:
    """Write one record with its history."""

    def __init__(self, maker: SubjectMaker, kind: str, number: int) -> None:
        self.maker, self.kind, self.rng = maker, kind, maker.random
        self.place = maker.size.start(kind) + number
        self.key = record_of(kind, number, maker.size)
        self.office = self.rng.choices(maker.offices, cum_weights=maker.office_weights)[0]
        self.document = maker.make(kind, number, self.office)
        self.state = self.rng.choices(("validated", "submitted", "amended", "cancelled"), (82, 11, 5, 2))[0]
        self.author = _writer(self.rng)
        self.at = day_of(kind, number, maker.size) + timedelta(days=1, microseconds=self.rng.randrange(10**6))
        self.number = number
        self.acts = 0

    def rows(self) -> Iterator[Row]:
        """Yield head, revisions, index values, acts and seals."""
        yield "records_record", self._head()
        first = self.document
        if self.state == "amended":
            first = {name: value for name, value in first.items() if name not in ("phones", "addresses", "narrative")}
        yield from self._stored(1, first, "submitted", self.at)
        moved = {"validated": "validated", "amended": "validated", "cancelled": "cancelled"}.get(self.state)
        if moved:
            yield from self._act(f"record.{moved}", self.at + timedelta(hours=30), 1, "", {"state": moved})
        if self.state == "amended":
            yield from self._stored(2, self.document, "amended", self._changed())
        yield from self._index()

    def _changed(self) -> datetime:
        return self.at + timedelta(days=40) if self.state == "amended" else self.at

    def _head(self) -> tuple[Any, ...]:
        columns = domain(self.kind).project(self.document)
        asked = asked_fields(self.document, effective_schema(self.kind).layout, short=self.document["form"] != "full")
        validated = self.at + timedelta(hours=30) if self.state in ("validated", "amended") else None
        rng = self.rng
        sensitivity = rng.choices((0, 1, 2, 3), (88, 8, 3, 1))[0]
        compartment = rng.choice(COMPARTMENTS).hex if rng.random() < 0.01 else None
        batch = f"batch-{self.place // 5000}" if rng.random() < 0.05 else ""
        prefix = domain(self.kind).document.reference_prefix
        reference = f"{prefix + '-' if prefix else ''}TN-{self.office}-{self.at.year}-{self.number + 1:06d}"
        is_heavy = self.kind != "case" and self.number == HEAVY
        return (
            self.key.hex, settings.NODE_ID, self.kind, reference, self.state, 2 if self.state == "amended" else 1,
            OFFICES[self.office].hex, 0 if is_heavy else sensitivity, None if is_heavy else compartment,
            columns.kind, columns.occurred_on.isoformat() if columns.occurred_on else None,
            to_bytes(columns.summary).decode(), to_bytes(columns.nominal).decode(), completeness(asked).percent, 0,
            batch, self.author.hex, written(self.at), written(self._changed()),
            written(validated) if validated else None, 1 if validated else None,
        )  # fmt: skip

    def _stored(self, revision: int, document: dict[str, Any], state: str, at: datetime) -> Iterator[Row]:
        public, nominal = split_document(document, effective_schema(self.kind).tree)
        texts = seal_parts(public, {"document": nominal})
        submission = made_id(at, self.rng)
        base = revision - 1 or None
        yield "records_revision", (
            made_id(at, self.rng).hex, self.key.hex, revision, self.author.hex, written(at), "", submission.hex, base,
            domain(self.kind).document.version, *texts, None, "[]", "{}",
        )  # fmt: skip
        said = {
            "outcome": "stored", "submission": str(submission), "batch": "", "state": state,
            "office": str(OFFICES[self.office]),
        }  # fmt: skip
        yield from self._act("record.stored", at, revision, f"{texts[3][:32]}{texts[4][:32]}", said)

    def _act(self, name: str, at: datetime, revision: int, digest: str, said: dict[str, Any]) -> Iterator[Row]:
        self.acts += 1
        number = self.place * ACTS_EACH + self.acts
        author = self.author if name == "record.stored" else _writer(self.rng)
        yield "log_entry", (
            number, made_id(at, self.rng).hex, written(at), name, author.hex, "user", self.kind, str(self.key),
            revision, digest, orjson.dumps(said).decode(),
        )  # fmt: skip
        yield "log_seal", (number, number, f"{self.rng.getrandbits(256):064x}")

    def _index(self) -> Iterator[Row]:
        value_number = self.place * VALUES_EACH
        for path, item, leaf, value in walk_leaves(self.document, effective_schema(self.kind).tree):
            if not leaf.indexed or leaf.audience:
                continue
            for single in value if isinstance(value, list) else [value]:
                text, number = index_key(leaf, single)
                value_number += 1
                yield "records_index", (
                    value_number, self.key.hex, schema_path(path), item, text, number, int(leaf.nominal),
                )  # fmt: skip
        assert value_number < (self.place + 1) * VALUES_EACH


def _links(first: int, end: int, size: Size) -> Iterator[Row]:
    """Yield what officers linked, each with its judgement and its act; a thousand of them from one person."""
    rng = Random(first + 5)
    roles = [code.code for code in get_list("link_role")]
    for number in range(first, end):
        is_heavy = number < HEAVY_LINKS
        one = ("suspect", HEAVY if is_heavy else rng.randrange(size.suspect))
        other = one
        while other == one:
            kind = rng.choices(("suspect", "company", "conveyance", "case"), (50, 20, 10, 20))[0]
            other = (kind, rng.randrange(size.count(kind)))
        ids = [record_of(*end_, size) for end_ in (one, other)]
        at = day_of("case", int(number * size.case / link_count(size)), size)
        author, link = _writer(rng), made_id(at, rng)
        yield "records_link", (
            link.hex, ids[0].hex, ids[1].hex, "", rng.choice(roles), "", "", "", "", "", None, "", "accept",
            author.hex, written(at),
        )  # fmt: skip
        yield "records_link_judgement", (number + 1, link.hex, "accept", author.hex, written(at))
        said = orjson.dumps({"link": str(link), "other": str(ids[1])}).decode()
        entry = size.total * ACTS_EACH + number + 1
        yield "log_entry", (
            entry, made_id(at, rng).hex, written(at), "record.linked", author.hex, "user", "suspect", str(ids[0]),
            None, "", said,
        )  # fmt: skip
        yield "log_seal", (entry, entry, f"{rng.getrandbits(256):064x}")


def _reads(first: int, end: int, size: Size) -> Iterator[Row]:
    """Yield who looked at the records that everybody looks at."""
    rng = Random(first + 6)
    for number in range(first, end):
        kind = KINDS[number // HEAVY_READS]
        at = day_of("case", (number % HEAVY_READS) * size.case // HEAVY_READS, size)
        entry = size.total * ACTS_EACH + link_count(size) + number + 1
        key = str(record_of(kind, HEAVY, size))
        yield "log_entry", (
            entry, made_id(at, rng).hex, written(at), "record.nominal_read", _writer(rng).hex, "user", kind, key, 1,
            "", "{}",
        )  # fmt: skip
        yield "log_seal", (entry, entry, f"{rng.getrandbits(256):064x}")


def written(at: datetime) -> str:
    """Return a moment as both databases read it."""
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"


def made_id(at: datetime, rng: Random) -> UUID:
    """Return an id that sorts by its time, as the product's do."""
    bits = rng.getrandbits(74)
    return UUID(int=int(at.timestamp() * 1000) << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits % 2**62)


def _writer(rng: Random) -> UUID:
    return UUID(int=500 + rng.randrange(WRITERS))
