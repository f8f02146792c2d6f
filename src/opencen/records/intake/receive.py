"""The door: examine first, outside the write lock, then look again at what changed meanwhile, and store."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid
from opencen.log.service import nothing_done, service
from opencen.records.intake.examine import examine, prepare
from opencen.records.intake.receipts import load_receipt, receipt_of
from opencen.records.intake.store import store_batch
from opencen.records.intake.submission import Receipt, SubmissionIn
from opencen.records.intake.work import Work, head_of
from opencen.records.models import Record, Submission

LOGGER = logging.getLogger("opencen.intake")
MAX_BATCH = 500


def submit_many(actor: Actor, submissions: Sequence[SubmissionIn]) -> list[Receipt]:
    """Take a batch in; every submission gets a receipt, and one refused record harms no other."""
    actor.require("records:submit")
    if len(submissions) > MAX_BATCH:
        raise Invalid("submission.too_many", limit=MAX_BATCH)
    receipts: dict[UUID, Receipt] = {}
    for part in _one_of_each_record(submissions):
        stored = keep_examined(actor, _examined(actor, part))
        receipts |= {receipt.submission_id: receipt for receipt in stored}
    return [receipts[given.submission_id] for given in submissions]


def submit(actor: Actor, submission: SubmissionIn) -> Receipt:
    """Take one submission in."""
    return submit_many(actor, [submission])[0]


def check(actor: Actor, submission: SubmissionIn) -> Receipt:
    """Run the same stages dry: what would become of this submission now."""
    actor.require("records:submit")
    works = prepare([submission])
    examine(actor, works, is_dry=True)
    return receipt_of(works[0], now())


def _one_of_each_record(submissions: Sequence[SubmissionIn]) -> list[list[SubmissionIn]]:
    """Part a batch so that no part states a record twice: a later statement grows from an earlier one's outcome."""
    parts: list[dict[UUID, SubmissionIn]] = []
    taken: set[UUID] = set()
    for given in submissions:
        if given.submission_id in taken:
            continue
        taken.add(given.submission_id)
        part = next((part for part in parts if given.id not in part), None)
        if part is None:
            parts.append(part := {})
        part[given.id] = given
    return [list(part.values()) for part in parts]


@service("records:submit")
def keep_examined(actor: Actor, works: Sequence[Work]) -> list[Receipt]:
    """Store what `submit_many` examined; under the lock, what was stored meanwhile is examined again."""
    receipts = _stored_receipts(actor, works)
    fresh = _as_of_now(actor, [work for work in works if work.given.submission_id not in receipts])
    try:
        with transaction.atomic():
            found = store_batch(actor, fresh)
    except (IntegrityError, DataError):
        found = [_keep_alone(actor, work.given) for work in fresh]
    receipts |= {receipt.submission_id: receipt for receipt in found}
    if all(receipt.is_repeat for receipt in receipts.values()):
        nothing_done()
    return list(receipts.values())


def _keep_alone(actor: Actor, given: SubmissionIn) -> Receipt:
    """Store one of a batch that the database refused; what it refuses again is refused with its receipt."""
    work = _examined(actor, [given])[0]
    if repeat := _stored_receipts(actor, [work]).get(given.submission_id):
        return repeat
    try:
        with transaction.atomic():
            return store_batch(actor, [work])[0]
    except (IntegrityError, DataError):
        LOGGER.exception("the database refused submission %s", given.submission_id)
    refused = _examined(actor, [given])[0]
    refused.refuse("record.not_storable")
    return store_batch(actor, [refused])[0]


def _examined(actor: Actor, submissions: Sequence[SubmissionIn]) -> list[Work]:
    works = prepare(submissions)
    examine(actor, works, is_dry=False)
    return works


def _stored_receipts(actor: Actor, works: Sequence[Work]) -> dict[UUID, Receipt]:
    given = {work.given.submission_id: work.given for work in works}
    rows = Submission.objects.filter(id__in=list(given))
    return {row.id: load_receipt(row, given[row.id], actor) for row in rows}


def _as_of_now(actor: Actor, works: Sequence[Work]) -> list[Work]:
    """Examine again what was examined against a head that has changed since."""
    heads = Record.objects.select_for_update().in_bulk([work.given.id for work in works])
    stale = [work for work in works if head_of(heads.get(work.given.id)) != work.head]
    if not stale:
        return list(works)
    again = {work.given.submission_id: work for work in _examined(actor, [work.given for work in stale])}
    return [again.get(work.given.submission_id, work) for work in works]


__all__ = ["MAX_BATCH", "check", "submit", "submit_many"]
