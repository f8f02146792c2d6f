"""What tests of imports share: put a file through the whole way, and look at what became of it."""

from __future__ import annotations

from typing import Any

import orjson

from opencen.formats import services
from opencen.formats.mapping import Mapping, write_mapping
from opencen.formats.models import ImportBatch
from opencen.formats.queries import find_mapping, totals_of
from opencen.formats.running import run_now
from opencen.kernel.actor import Actor
from opencen.records.documents import documents_of
from opencen.records.lock import visible_to


def import_file(
    actor: Actor, content: bytes, name: str, mapping: str, *, reason: str = "Taken over from an older register"
) -> ImportBatch:
    """Upload, map and run a file; return the batch as it ended."""
    batch = services.upload_file(actor, content=content, name=name)
    services.set_mapping(actor, batch_id=batch.id, mapping=mapping, reason=reason)
    services.start_run(actor, batch_id=batch.id)
    return run_now(batch.id)


def named(actor: Actor, name: str) -> str:
    """Return the TOML of a mapping by its name."""
    return write(find_mapping(actor, name))


def write(mapping: Mapping) -> str:
    """Write a mapping."""

    return write_mapping(mapping)


def outcomes(batch: ImportBatch) -> dict[str, int]:
    """Return how many rows ended how."""
    counts = totals_of(batch)
    assert counts.rows == counts.stored + counts.unchanged + counts.refused + counts.waiting + counts.open
    return {n: getattr(counts, n) for n in ("stored", "unchanged", "refused", "waiting") if getattr(counts, n)}


def documents(actor: Actor, batch: ImportBatch) -> dict[int, dict[str, Any]]:
    """Return the documents of a batch's stored rows by their row."""
    rows = dict(batch.rows.exclude(revision=None).values_list("number", "record_id"))
    heads = {head.id: head.revision for head in visible_to(actor).filter(pk__in=list(rows.values()))}
    found = documents_of("case", list(heads.items()))
    return {number: found[key] for number, key in rows.items() if key in found}


def findings(batch: ImportBatch, code: str) -> dict[int, dict[str, Any]]:
    """Return a batch's findings of one code by their row."""
    return {
        row.number: found for row in batch.rows.all() for found in orjson.loads(row.findings) if found["code"] == code
    }
