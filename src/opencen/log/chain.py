"""The chain: how an entry is written as bytes, and how its hash covers the one before it."""

from __future__ import annotations

from datetime import UTC
from hashlib import sha256

import orjson

from opencen.log.models import Entry

GENESIS = "0" * 64


def entry_bytes(entry: Entry) -> bytes:
    """Write an entry in one way only, whatever database gave it."""
    return orjson.dumps(
        [
            str(entry.uid),
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.act,
            str(entry.actor_id),
            entry.actor_kind,
            entry.subject_type,
            entry.subject_id,
            entry.revision,
            entry.digest,
            entry.data,
        ]
    )


def link(previous: str, sequence: int, entry: Entry) -> str:
    """Return the hash of an entry at its place behind the hash before it."""
    return sha256(f"{previous}:{sequence}:".encode() + entry_bytes(entry)).hexdigest()
