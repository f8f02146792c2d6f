"""Store what passed: heads, revisions, index values, receipts and acts, in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from opencen.log.inserting import insert_rows, insert_stated
from opencen.log.service import record_act
from opencen.records.documents import seal_parts, to_bytes
from opencen.records.events import REFUSED, STORED
from opencen.records.intake.receipts import dump_receipt, receipt_of
from opencen.records.intake.submission import Receipt
from opencen.records.intake.work import Work
from opencen.records.models import MergeTask, Record, Revision, Submission
from opencen.records.parts import split_document
from opencen.records.projection import index_leaves, media_rows, project_head, replace_index, replace_media
from opencen.records.references import take_listed, take_references


def store_batch(actor: Actor, works: Sequence[Work]) -> list[Receipt]:
    """Write a batch at once and return its receipts; what was decided before is kept as decided."""
    at = now()
    accepted = [work for work in works if work.outcome is None]
    _number(accepted, at)
    revisions = [_revision(actor, work, at) for work in accepted]
    _write_heads(actor, accepted, at)
    insert_stated(Revision, _Statement._fields, revisions)
    _write_projection(accepted)
    _keep_conflicts(actor, works, at)
    receipts = [_decide(work, at) for work in works]
    _keep_receipts(actor, works, receipts)
    for work, revision in zip(accepted, revisions, strict=True):
        _log(work, revision)
    for work in works:
        if work.outcome in ("refused", "conflict"):
            codes = sorted({found.code for found in work.findings if found.level != "hint"})
            record_act(REFUSED, work.given.type, work.given.id, outcome=work.outcome, codes=codes[:12])
        elif work.outcome == "unchanged":
            record_act(STORED, work.given.type, work.given.id, revision=work.revision, outcome="unchanged")
    return receipts


def _decide(work: Work, at: datetime) -> Receipt:
    if work.outcome is None:
        work.outcome = "merged" if work.was_merged else "stored"
    elif work.outcome == "unchanged" and work.record is not None:
        work.revision, work.reference = work.record.revision, work.record.reference
    return receipt_of(work, at)


def _number(works: Sequence[Work], at: datetime) -> None:
    """Give every accepted record its revision number and, at first acceptance, its reference."""
    fresh = []
    for work in works:
        work.revision = work.record.revision + 1 if work.record else 1
        if work.record is None:
            fresh.append(work)
        else:
            work.reference = work.record.reference
    listed = [work for work in fresh if work.given.origin]
    fresh = [work for work in fresh if not work.given.origin]
    wanted = [(work.given.type, work.office_id) for work in fresh if work.office_id is not None]
    for work, reference in zip(fresh, take_references(wanted, at.year), strict=True):
        work.reference = reference
    origins = [(work.given.type, work.given.origin) for work in listed]
    for work, reference in zip(listed, take_listed(origins), strict=True):
        work.reference = reference


class _Statement(NamedTuple):
    """A revision as it is inserted: plain values, without the ORM's work for each field."""

    id: UUID
    record_id: UUID
    number: int
    author_id: UUID
    at: datetime
    device_time: str
    submission_id: UUID
    base: int | None
    schema_version: int
    public: str
    nominal: str
    nominal_key: str
    public_digest: str
    nominal_digest: str
    findings: str


def _revision(actor: Actor, work: Work, at: datetime) -> _Statement:
    given = work.given
    public, nominal = split_document(work.document, work.schema.tree)
    parts = {"document": nominal, "reasons": given.reasons} if given.reasons else {"document": nominal}
    public_text, nominal_text, key, public_digest, nominal_digest = seal_parts(public, parts)
    kept = [found.without_data() for found in work.findings if found.level == "warning"]
    return _Statement(
        id=uuid7(),
        record_id=given.id,
        number=work.revision,
        author_id=actor.id,
        at=at,
        device_time=given.device_time,
        submission_id=given.submission_id,
        base=given.base_revision,
        schema_version=work.domain.document.version,
        public=public_text,
        nominal=nominal_text,
        nominal_key=key,
        public_digest=public_digest,
        nominal_digest=nominal_digest,
        findings=to_bytes(kept).decode(),
    )


def _write_heads(actor: Actor, works: Sequence[Work], at: datetime) -> None:
    fresh: list[Record] = []
    changed: list[Record] = []
    for work in works:
        record = work.record
        if record is None:
            record = work.record = _new_head(actor, work, at)
            fresh.append(record)
        else:
            record.revision, record.changed_at = work.revision, at
            record.state = _next_state(record, work)
            changed.append(record)
        assert work.office_id is not None
        record.office_id = work.office_id
        asked = work.asked if work.document.get("form") != "full" else None
        project_head(record, work.domain, work.document, work.findings, asked)
    insert_rows(fresh)
    if changed:
        fields = [
            "revision",
            "changed_at",
            "state",
            "office_id",
            "kind",
            "occurred_on",
            "summary",
            "nominal_summary",
            "quality",
            "warnings",
        ]
        Record.objects.bulk_update(changed, fields, batch_size=100)


def _new_head(actor: Actor, work: Work, at: datetime) -> Record:
    given = work.given
    needs_validation = work.domain.needs_validation and not given.origin
    return Record(
        id=given.id,
        origin=given.origin or settings.NODE_ID,
        type=given.type,
        reference=work.reference,
        state="submitted" if needs_validation else "validated",
        revision=work.revision,
        sensitivity=given.sensitivity,
        compartment_id=given.compartment,
        batch=given.batch,
        author_id=actor.id,
        created_at=at,
        changed_at=at,
        validated_at=None if needs_validation else at,
    )


def _next_state(record: Record, work: Work) -> str:
    """A returned or submitted record is submitted anew; a validated one is amended until validated again."""
    if not work.domain.needs_validation or work.given.origin:
        return "validated"
    return "amended" if record.validated_revision is not None else "submitted"


def _write_projection(works: Sequence[Work]) -> None:
    known = [work.given.id for work in works if work.revision > 1]
    index = [row for work in works for row in index_leaves(work.given.id, work.leaves)]
    replace_index(known, index)
    media = [row for work in works for row in media_rows(work.given.id, work.document, work.domain)]
    replace_media(known, media)


def _keep_conflicts(actor: Actor, works: Sequence[Work], at: datetime) -> None:
    """Keep both sides of a true conflict as a task: nothing that was stated is lost."""
    for work in works:
        if work.outcome != "conflict" or work.record is None:
            continue
        public, nominal = split_document(work.document, work.schema.tree)
        MergeTask.objects.create(
            record_id=work.given.id,
            submission_id=work.given.submission_id,
            author_id=actor.id,
            base=work.given.base_revision or 0,
            against=work.record.revision,
            public=to_bytes(public).decode(),
            nominal=to_bytes({"document": nominal, "reasons": work.given.reasons}).decode(),
            paths=to_bytes(list(work.conflicts)).decode(),
            created_at=at,
        )


def _keep_receipts(actor: Actor, works: Sequence[Work], receipts: Sequence[Receipt]) -> None:
    """Keep the receipt of what was taken; a refused submission may be handed in again, repaired, under its id."""
    names = ("id", "record_id", "actor_id", "digest", "outcome", "receipt", "at")
    kept = [pair for pair in zip(works, receipts, strict=True) if pair[1].outcome != "refused"]
    rows = [
        (found.submission_id, found.record_id, actor.id, work.digest, found.outcome, dump_receipt(found), found.at)
        for work, found in kept
    ]
    insert_stated(Submission, names, rows)


def _log(work: Work, revision: _Statement) -> None:
    digest = f"{revision.public_digest[:32]}{revision.nominal_digest[:32]}"
    record_act(
        STORED,
        work.given.type,
        work.given.id,
        revision=work.revision,
        digest=digest,
        outcome=work.outcome,
        submission=str(work.given.submission_id),
        batch=work.given.batch,
        state=work.record.state if work.record else "",
        office=str(work.office_id),
    )
