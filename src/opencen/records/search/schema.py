"""The shape of the text search's index, and a record as a document of it."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

import orjson
from tantivy import Document, Schema, SchemaBuilder

from opencen.kernel.text import identifier_key
from opencen.records.derived import Current
from opencen.records.lock import list_of
from opencen.records.models import Record
from opencen.records.search.codes import CodeBook
from opencen.records.search.content import Content, read_content
from opencen.records.types import domain

NO_COMPARTMENT = "none"
PUBLIC_WORDS = ("public",)
NAMES = "names"
NOMINAL_WORDS = ("nominal", NAMES)
NAMED = ("named", "nominal_named")
"""Words by field (`conveyances/plate=123TU4567`, `persons/name=petrov`) and keys of names (`persons/name~mhmd`)."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def build_schema() -> Schema:
    """Declare the fields; only the id is stored, so that nothing can be read back but what a query asks."""
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("type", "office", "compartment", "author"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (*PUBLIC_WORDS, *NOMINAL_WORDS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("identifiers", "nominal_identifiers", "codes", "nominal_codes", *NAMED):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("values", "nominal_values"):
        builder.add_json_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("sensitivity", "occurred", "quality", "warnings", "photos"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("by_occurred", "by_changed", "by_quality", "fingerprint"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_text_field("reference", fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = build_schema()


def to_index(current: Current, book: CodeBook) -> Document:
    """Write a record as a document of the index."""
    record = current.record
    content = read_content(record.type, current.document, book)
    media = domain(record.type).media_list
    fields = head_fields(record) | content_fields(content)
    fields["photos"] = len(current.document.get(media, ())) if media else 0
    fields["identifiers"] = [*fields["identifiers"], identifier_key(record.reference or ""), record.id.hex.upper()]
    fields["values"] = fields["values"] | head_values(record)
    return Document.from_dict(fields, SCHEMA)


def content_fields(content: Content) -> dict[str, Any]:
    """Return the fields that come from the document."""
    public, nominal = content.public, content.nominal
    return {
        "public": [*public.words, *public.names],
        "nominal": nominal.words,
        "names": nominal.names,
        "identifiers": sorted(public.identifiers),
        "nominal_identifiers": sorted(nominal.identifiers),
        "codes": sorted(public.codes),
        "nominal_codes": sorted(nominal.codes),
        "named": sorted(public.named),
        "nominal_named": sorted(nominal.named),
        "values": public.values,
        "nominal_values": nominal.values,
    }


def head_fields(record: Record) -> dict[str, Any]:
    """Return the fields that come from the head: what the lock reads, and what lists sort by."""
    occurred = record.occurred_on.toordinal() if record.occurred_on else 0
    changed = int((record.changed_at - _EPOCH).total_seconds() * 1_000_000)
    return {
        "id": record.id.hex,
        "type": record.type,
        "office": record.office_id.hex,
        "compartment": record.compartment_id.hex if record.compartment_id else NO_COMPARTMENT,
        "author": record.author_id.hex,
        "sensitivity": max(0, record.sensitivity),
        "occurred": occurred,
        "quality": max(0, record.quality),
        "warnings": max(0, record.warnings),
        "by_occurred": sort_key(record.id, occurred, 42),
        "by_changed": sort_key(record.id, max(0, changed), 12),
        "by_quality": sort_key(record.id, max(0, record.quality), 42),
        "reference": record.reference or "",
        "fingerprint": fingerprint(record),
    }


def head_values(record: Record) -> dict[str, list[str]]:
    """Return the facet values that come from the head; a date known to the year only has no month."""
    values = {
        "head/type": record.type,
        "head/state": record.state,
        "head/kind": record.kind,
        "head/office": record.office_id.hex,
        "head/batch": record.batch,
        "head/list": list_of(record),
    }
    if record.occurred_on:
        values["head/year"] = f"{record.occurred_on:%Y}"
        if len(str(orjson.loads(record.summary).get("at", ""))) >= len("2026-01"):
            values["head/month"] = f"{record.occurred_on:%Y-%m}"
    return {key: [value] for key, value in values.items() if value}


def sort_key(record_id: UUID, value: int, bits: int) -> int:
    """Put a number before bits of the id, so that every list has one order, whatever part a record stands in."""
    return value << bits | record_id.int & ((1 << bits) - 1)


def fingerprint(record: Record) -> int:
    """Digest what of a head the index holds, to compare both."""
    text = "|".join(
        str(value)
        for value in (
            record.revision, record.type, record.state, record.kind, record.office_id, record.sensitivity,
            record.compartment_id, record.author_id, record.occurred_on, record.quality, record.warnings,
            record.batch, record.reference, int(record.changed_at.timestamp() * 1000),
        )
    )  # fmt: skip
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
