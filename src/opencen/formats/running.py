"""Take a batch through the door in chunks, so that it can be watched, stopped, and resumed after a kill."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID, uuid5

import orjson
from django.db import IntegrityError, connection
from django.db.models import Q

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of
from opencen.formats.assembling import record_id_of
from opencen.formats.events import ENDED
from opencen.formats.models import ImportBatch, ImportRow
from opencen.formats.outcomes import BACK, OUTCOMES, TAKEN_BACK
from opencen.formats.queries import totals_of
from opencen.formats.reading import read_units
from opencen.formats.taking_back import work_back
from opencen.formats.units import Unit
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import OpenCenError
from opencen.kernel.ids import uuid7
from opencen.kernel.memory import kept_in_memory
from opencen.log.inserting import adapt_uuid
from opencen.log.service import nothing_done, record_act, service
from opencen.log.transactions import write_transaction
from opencen.records.findings import EVERY_WARNING, unanswered_warnings
from opencen.records.intake import Receipt, SubmissionIn, check, submit_many
from opencen.records.jobs import job
from opencen.records.lock import visible_to
from opencen.records.models import Record

CHUNK = 500
FIRST_CHUNK = 20
HOST = sha256(socket.gethostname().encode()).hexdigest()[:8]
STALE = timedelta(minutes=2)
KEPT_FINDINGS = 40
CODES_WIDTH = 600
ATTEMPTS = 3
STORED = ("number", "revision", "is_new")
_KEEP = (
    "UPDATE formats_import_row SET outcome = %s, record_id = %s, revision = %s, is_new = %s, findings = %s, codes = %s"
    " WHERE batch_id = %s AND number = %s"
)


@job("imports", every=1.0)
def run_imports() -> int:
    """Work off the imports that wait, the oldest first."""
    batch = _claim(Q())
    if batch is None:
        return 0
    work_off(batch)
    return 1


def run_now(batch_id: UUID) -> ImportBatch:
    """Work off one batch in this process."""
    batch = _claim(Q(pk=batch_id))
    if batch is not None:
        work_off(batch)
    return ImportBatch.objects.get(pk=batch_id)


def _claim(which: Q) -> ImportBatch | None:
    """Take a batch that waits, or that a process which ended had taken; two workers never hold the same."""
    token = f"{HOST}-{os.getpid()}-{uuid7().hex[-16:]}"
    for found in ImportBatch.objects.filter(which).exclude(task="").order_by("created_at", "id"):
        if found.claimed_at and found.claimed_at >= now() - STALE and not _has_died(found.claimed_by):
            continue
        taken = ImportBatch.objects.filter(pk=found.pk, claimed_by=found.claimed_by, claimed_at=found.claimed_at)
        if taken.exclude(task="").update(claimed_by=token, claimed_at=now()):
            return ImportBatch.objects.get(pk=found.pk)
    return None


def _has_died(claimed_by: str) -> bool:
    """Tell whether the process of this machine that had taken a batch is gone; of other machines nothing is known."""
    host, _, rest = claimed_by.partition("-")
    process = rest.partition("-")[0]
    if host != HOST or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def work_off(batch: ImportBatch) -> None:
    """Run a batch to its end, its pause or its failure; what is stored is never stored again."""
    started = time.monotonic()
    if batch.task == BACK:
        for rows in work_back(batch, _goes_on):
            batch.done += rows
            _tell(batch, started)
        return
    actor = actor_of(User.objects.get(pk=batch.created_by))
    try:
        repairs = _repairs(batch)
        batch.done = batch.rows.exclude(outcome="").count()
        waiting = set(batch.rows.filter(outcome="").values_list("number", flat=True))
        units = read_units(batch, repairs, waiting)
        size = 0
        with kept_in_memory():
            while chunk := list(islice(units, size := _next_size(size))):
                if not _goes_on(batch):
                    return
                _take(actor, batch, chunk)
                batch.done += sum(number in waiting for unit in chunk for number in unit.numbers)
                _tell(batch, started)
        _end(actor, batch=batch, state="dry_run" if batch.task == "dry" else "done")
    except OpenCenError as error:
        batch.error = orjson.dumps({"code": error.code, "path": error.path, "data": error.data}, default=str).decode()
        _end(actor, batch=batch, state="failed")


def _tell(batch: ImportBatch, started: float) -> None:
    """Say how far a batch is; it is still held by this process."""
    mine = ImportBatch.objects.filter(pk=batch.pk, claimed_by=batch.claimed_by)
    mine.update(done=batch.done, seconds=time.monotonic() - started, claimed_at=now())


def _next_size(size: int) -> int:
    """Begin with a few records, so that whoever watches sees the work move at once, and go on with many."""
    return min(CHUNK, size * 2 or FIRST_CHUNK)


def _goes_on(batch: ImportBatch) -> bool:
    found = ImportBatch.objects.filter(pk=batch.pk, claimed_by=batch.claimed_by).values_list("task", flat=True).first()
    return found == batch.task


def _repairs(batch: ImportBatch) -> dict[int, dict[int, str]]:
    rows = batch.rows.exclude(repairs="{}").values_list("number", "repairs")
    return {number: {int(c): v for c, v in orjson.loads(text).items()} for number, text in rows}


def _take(actor: Actor, batch: ImportBatch, units: Sequence[Unit]) -> None:
    """Take a chunk; should another process store the same rows meanwhile, look again and try once more."""
    for attempt in range(ATTEMPTS):
        try:
            if batch.task == "dry":
                _keep(batch, list(_try_dry(actor, batch, units)))
            else:
                _take_chunk(actor, batch=batch, units=units)
            return
        except IntegrityError:
            if attempt + 1 == ATTEMPTS:
                raise


@service("import:run")
def _take_chunk(actor: Actor, *, batch: ImportBatch, units: Sequence[Unit]) -> None:
    """Store a chunk and its rows' outcomes in one transaction: a kill leaves both or neither."""
    ready = [unit for unit in units if not unit.has("error") and not unit.has("question")]
    given = _submissions(actor, batch, ready)
    receipts = submit_many(actor, given)
    by_unit = dict(zip((id(unit) for unit in ready), zip(receipts, given, strict=True), strict=True))
    _keep(batch, [(unit, *by_unit.get(id(unit), (None, None))) for unit in units])
    if not given:
        nothing_done()


def _try_dry(actor: Actor, batch: ImportBatch, units: Sequence[Unit]) -> Iterator[tuple[Unit, Any, Any]]:
    ready = [unit for unit in units if not unit.has("error") and not unit.has("question")]
    given = dict(zip((id(unit) for unit in ready), _submissions(actor, batch, ready), strict=True))
    for unit in units:
        submission = given.get(id(unit))
        yield unit, check(actor, submission) if submission else None, submission


def _submissions(actor: Actor, batch: ImportBatch, units: Sequence[Unit]) -> list[SubmissionIn]:
    """Hand the records in: one that an import stored before as a change of what it stored then."""
    known = _settle_ids(actor, batch, units)
    reasons = dict(orjson.loads(batch.reasons))
    if batch.mode == "historical" and batch.reason:
        reasons[EVERY_WARNING] = batch.reason
    return [
        SubmissionIn(
            type=batch.type,
            id=unit.record_id,
            submission_id=_submission_id(batch, unit),
            document=unit.document,
            base_revision=unit.base or known.get(unit.record_id),
            reasons={**reasons, **unit.reasons},
            mode="historical" if batch.mode == "historical" else "live",
            batch=str(batch.id),
        )
        for unit in units
    ]


def _settle_ids(actor: Actor, batch: ImportBatch, units: Sequence[Unit]) -> dict[UUID, int]:
    """Find the revision that each record grew from: what the last import stored, else the present one."""
    records = {found.id: found for found in visible_to(actor).filter(pk__in=[unit.record_id for unit in units])}
    rows = ImportRow.objects.filter(record_id__in=list(records), outcome=TAKEN_BACK)
    taken_back = set(rows.values_list("record_id", flat=True))
    for unit in units:
        found = records.get(unit.record_id)
        if unit.record_id in taken_back:
            unit.base = None
        if found is not None and found.state == "cancelled" and unit.base is None:
            unit.record_id = _next_id(unit.record_id, actor, records)
    imported = ImportRow.objects.filter(record_id__in=list(records), revision__isnull=False).order_by("id")
    last = {key: revision or 1 for key, revision in imported.values_list("record_id", "revision")}
    return {key: min(last.get(key, found.revision), found.revision) for key, found in records.items()}


def _next_id(key: UUID, actor: Actor, records: dict[UUID, Record]) -> UUID:
    """Give a row whose record was undone a new record; the undone one stays as it is."""
    for generation in range(1, 50):
        candidate = record_id_of(str(key), "again", generation)
        found = visible_to(actor).filter(pk=candidate).first()
        if found is not None:
            records[candidate] = found
        if found is None or found.state != "cancelled":
            return candidate
    return key


def _submission_id(batch: ImportBatch, unit: Unit) -> UUID:
    stated = {"d": unit.document, "r": batch.reason, "s": batch.reasons}
    digest = sha256(orjson.dumps(stated, default=str, option=orjson.OPT_SORT_KEYS))
    return uuid5(batch.id, f"{unit.record_id} {digest.hexdigest()}")


def _keep(batch: ImportBatch, results: Sequence[tuple[Unit, Receipt | None, SubmissionIn | None]]) -> None:
    """Keep the outcome of every row; what a row stored before it stays known for."""
    numbers = [number for unit, *_ in results for number in unit.numbers]
    stored = batch.rows.filter(number__in=numbers, revision__isnull=False)
    before = {number: (revision, is_new) for number, revision, is_new in stored.values_list(*STORED)}
    batch_id = adapt_uuid(batch.pk)
    rows = []
    for unit, receipt, given in results:
        outcome = _outcome(unit, receipt, given)
        for number in unit.numbers:
            found = _findings(unit, number, receipt, given)
            revision, is_new = before.get(number, (None, False))
            if receipt is not None and receipt.is_accepted and batch.task == "run":
                revision, is_new = receipt.revision, receipt.revision == 1
            text = orjson.dumps(found[:KEPT_FINDINGS], default=str).decode() if found else "[]"
            key, codes = adapt_uuid(unit.record_id), _codes(found, outcome) if found else ""
            rows.append((outcome, key, revision, is_new, text, codes, batch_id, number))
    # One statement prepared once: with a CASE for each field it takes as long as storing the records.
    with write_transaction(), connection.cursor() as cursor:
        cursor.executemany(_KEEP, rows)


def _outcome(unit: Unit, receipt: Receipt | None, given: SubmissionIn | None) -> str:
    if receipt is None or given is None:
        return "refused" if unit.has("error") else "waiting"
    if receipt.is_accepted:
        return "unchanged" if receipt.outcome == "unchanged" else "stored"
    has_error = any(found.level == "error" for found in receipt.findings)
    return "refused" if has_error and receipt.outcome != "conflict" else "waiting"


def _findings(unit: Unit, number: int, receipt: Receipt | None, given: SubmissionIn | None) -> list[dict[str, Any]]:
    """Put what refuses first; a finding of the record stands with the cell that its value came from."""
    if not unit.issues and not (receipt and receipt.findings):
        return []
    found = [_finding(i.code, i.level, i.path, i.column, i.data) for at, i in unit.issues if at == number]
    others = [i for at, i in unit.issues if at != number and i.level in ("error", "question")]
    if others and not any(entry["level"] in ("error", "question") for entry in found):
        found.insert(0, _finding("import.other_row", others[0].level, "", -1, {}))
    unanswered = unanswered_warnings(receipt.findings, given.reasons, given.mode) if receipt and given else []
    open_keys = {entry.key for entry in unanswered}
    elsewhere = ""
    for entry in receipt.findings if receipt else ():
        at, column = unit.cell_of(entry.path)
        if at in (number, 0) or at not in unit.numbers:
            found.append(_finding(entry.code, entry.level, entry.path, column, dict(entry.data)))
        elif entry.level == "error" or entry.key in open_keys:
            elsewhere = "error" if "error" in (elsewhere, entry.level) else entry.level
    if elsewhere and not any(_decides(entry, open_keys) for entry in found):
        found.insert(0, _finding("import.other_row", elsewhere, "", -1, {}))
    order = {"error": 0, "question": 1, "warning": 2, "hint": 3}

    def rank(entry: dict[str, Any]) -> tuple[int, bool]:
        return order[entry["level"]], f"{entry['code']}@{entry['path']}" not in open_keys

    return sorted(found, key=rank)


def _decides(entry: dict[str, Any], open_keys: set[str]) -> bool:
    """Tell whether a finding alone keeps its row from being stored."""
    return entry["level"] in ("error", "question") or f"{entry['code']}@{entry['path']}" in open_keys


def _finding(code: str, level: str, path: str, column: int, data: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "level": level, "path": path, "column": column, "data": data}


def _codes(found: Sequence[dict[str, Any]], outcome: str) -> str:
    """Write the codes between spaces, so that rows are found by reason; the first is the one that decided."""
    codes = dict.fromkeys(entry["code"] for entry in found if entry["level"] != "hint")
    text = " "
    for code in codes:
        if len(text) + len(code) + 1 > CODES_WIDTH:
            break
        text += f"{code} "
    return text if text.strip() else ""


@service("import:run")
def _end(actor: Actor, *, batch: ImportBatch, state: str) -> None:
    """Close the run and log its sums."""
    counts = totals_of(batch)
    batch.state, batch.task, batch.changed_at = state, "", now()
    batch.done = counts.rows - counts.open
    batch.save(update_fields=["state", "task", "changed_at", "done", "error"])
    record_act(ENDED, "import", batch.id, state=state, **{name: getattr(counts, name) for name in OUTCOMES})


__all__ = ["CHUNK", "run_imports", "run_now", "work_off"]
