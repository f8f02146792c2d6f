"""The door: examine first, outside the write lock, then look again at what changed meanwhile, and store."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from uuid import UUID

from django.db import DataError, IntegrityError

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
        try:
            stored = keep_examined(actor, _examined(actor, part))
        except (IntegrityError, DataError):
            stored = [_keep_alone(actor, given) for given in part]
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
    receipts |= {receipt.submission_id: receipt for receipt in store_batch(actor, fresh)}
    if not fresh:
        nothing_done()
    return list(receipts.values())


def _keep_alone(actor: Actor, given: SubmissionIn) -> Receipt:
    """Store one of a batch that the database refused; what it refuses again is refused with its receipt."""
    try:
        return keep_examined(actor, _examined(actor, [given]))[0]
    except (IntegrityError, DataError):
        LOGGER.exception("the database refused submission %s", given.submission_id)
    work = _examined(actor, [given])[0]
    work.refuse("record.not_storable")
    return keep_examined(actor, [work])[0]


def _examined(actor: Actor, submissions: Sequence[SubmissionIn]) -> list[Work]:
    works = prepare(submissions)
    examine(actor, works, is_dry=False)
    return works


def _stored_receipts(actor: Actor, works: Sequence[Work]) -> dict[UUID, Receipt]:
    given = {work.given.submission_id: work.given for work in works}
    rows = Submission.objects.filter(id__in=list(given))
    return {row.id: load_receipt(row, given[row.id], actor) for row in rows}


def _as_of_now(actor: Actor, works: Sequence[Work]) -> list[Work]:
    """Examine again what was examined against a head that has changed since; a new record that is no longer new
    is refused by its key, and comes back one by one.
    """
    known = [work.given.id for work in works if work.head is not None]
    heads = Record.objects.select_for_update().in_bulk(known) if known else {}
    stale = [work for work in works if work.head is not None and head_of(heads.get(work.given.id)) != work.head]
    if not stale:
        return list(works)
    again = {work.given.submission_id: work for work in _examined(actor, [work.given for work in stale])}
    return [again.get(work.given.submission_id, work) for work in works]


__all__ = ["MAX_BATCH", "check", "submit", "submit_many"]
