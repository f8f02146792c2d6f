"""Stored revisions as documents: reading, sealing with digests, and the present one of each record."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings

from opencen.kernel.canonical import keyed_digest
from opencen.records.models import Revision
from opencen.records.parts import TOMBSTONE, join_parts, without_tombstones
from opencen.records.types import domain

Canonical = dict[str, Any]


def load_revision(revision: Revision, kind: str) -> Canonical:
    """Join a revision's parts and lift them to the present schema version."""
    return _join(revision.public, revision.nominal, kind, revision.schema_version)


def _join(public: str, nominal: str, kind: str, version: int) -> Canonical:
    document = join_parts(orjson.loads(public), orjson.loads(nominal).get("document", {}))
    if TOMBSTONE in nominal:
        document = without_tombstones(document)
    return upgrade(document, kind, version)


def upgrade(document: Canonical, kind: str, version: int) -> Canonical:
    """Lift a document from an older schema version, one upgrader a step."""
    found = domain(kind).document
    for step in range(version, found.version):
        document = found.upgraders[step](document)
    return document


def documents_of(kind: str, revisions: Iterable[tuple[UUID, int]]) -> dict[UUID, Canonical]:
    """Load many revisions by (record, number), in one query for each 400."""
    wanted = list(revisions)
    found: dict[UUID, Canonical] = {}
    for start in range(0, len(wanted), 400):
        part = dict(wanted[start : start + 400])
        rows = Revision.objects.filter(record_id__in=part, number__in=set(part.values()))
        for record_id, number, public, nominal, version in rows.values_list(
            "record_id", "number", "public", "nominal", "schema_version"
        ):
            if part[record_id] == number:
                found[record_id] = _join(public, nominal, kind, version)
    return found


def reasons_of(revision: Revision) -> dict[str, str]:
    """Return the reasons given for warnings; they are nominal, like all free text."""
    found: dict[str, str] = orjson.loads(revision.nominal).get("reasons", {})
    return found


def content_digest(kind: str, document: Canonical, base: int | None) -> str:
    """Digest what a submission states, keyed, so that a repeat is known and nothing is told."""
    return keyed_digest(_key(), to_bytes([kind, document, base]))


def to_bytes(value: Any) -> bytes:
    """Serialise JSON values with sorted keys; what the schema has read holds no binary fractions.

    What was sent and not read yet may hold numbers beyond 64 bits, which orjson refuses.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=str)
    except orjson.JSONEncodeError:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str).encode()


def seal_parts(public: Canonical, nominal: Canonical) -> tuple[str, str, str, str, str]:
    """Serialise both parts: (public, nominal, nominal key, public digest, nominal digest).

    The nominal part is digested under a key of its own that an erasure removes with it.
    """
    key = secrets.token_hex(16)
    public_text, nominal_text = to_bytes(public), to_bytes(nominal)
    return (
        public_text.decode(),
        nominal_text.decode(),
        key,
        keyed_digest(_key(), public_text),
        keyed_digest(_key() + key.encode(), nominal_text),
    )


def digests_agree(revision: Revision) -> bool:
    """Tell whether a stored revision still is what its digests say; an erased part is not compared."""
    public_agrees = keyed_digest(_key(), revision.public.encode()) == revision.public_digest
    if revision.erased_at is not None:
        return public_agrees
    key = _key() + revision.nominal_key.encode()
    return public_agrees and keyed_digest(key, revision.nominal.encode()) == revision.nominal_digest


def _key() -> bytes:
    return str(settings.NODE_SECRET).encode()


__all__ = [
    "content_digest",
    "digests_agree",
    "documents_of",
    "load_revision",
    "reasons_of",
    "seal_parts",
    "upgrade",
]
