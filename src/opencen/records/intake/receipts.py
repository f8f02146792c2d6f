"""Receipts as they are kept: codes and paths, never content."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import orjson

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict
from opencen.records.documents import content_digest
from opencen.records.findings import Finding
from opencen.records.intake.submission import Receipt, SubmissionIn
from opencen.records.intake.work import Work
from opencen.records.models import Submission


def receipt_of(work: Work, at: datetime) -> Receipt:
    """Make the receipt of a submission whose outcome is decided."""
    return Receipt(
        submission_id=work.given.submission_id,
        outcome=work.outcome or "stored",
        type=work.given.type,
        record_id=work.given.id,
        reference=work.reference,
        revision=work.revision or None,
        findings=tuple(work.findings),
        at=at,
        conflicts=work.conflicts,
    )


def dump_receipt(receipt: Receipt) -> str:
    """Serialise a receipt without the data of its findings."""
    kept = {
        "type": receipt.type,
        "reference": receipt.reference,
        "revision": receipt.revision,
        "findings": [found.without_data() for found in receipt.findings],
        "conflicts": receipt.conflicts,
    }
    return orjson.dumps(kept).decode()


def load_receipt(row: Submission, given: SubmissionIn, actor: Actor) -> Receipt:
    """Return the stored receipt of a repeat; another content or another author under the same id is refused."""
    digest = content_digest(given.type, given.document, given.base_revision)
    if row.actor_id != actor.id or row.digest != digest or row.record_id != given.id:
        raise Conflict("submission.id_taken", submission_id=str(given.submission_id))
    kept = orjson.loads(row.receipt)
    return Receipt(
        submission_id=row.id,
        outcome=row.outcome,  # type: ignore[arg-type]  # written by dump_receipt's caller from an Outcome
        type=kept["type"],
        record_id=UUID(str(row.record_id)),
        reference=kept["reference"],
        revision=kept["revision"],
        findings=tuple(Finding(f["code"], f["level"], f["path"]) for f in kept["findings"]),
        at=row.at,
        conflicts=tuple(kept["conflicts"]),
        is_repeat=True,
    )
