"""Take an import back as a whole: cancel what it made, give back the former values of what it changed.

What somebody validated, changed or built upon since stays, and its row says why. The file may go in again afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

import orjson
from django.db.models import QuerySet

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of
from opencen.formats.events import STARTED, UNDONE
from opencen.formats.models import ImportBatch, ImportRow
from opencen.formats.outcomes import BACK, STAYS, TAKEN_BACK
from opencen.formats.queries import batch_of, totals_of
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid
from opencen.log.acts import ACTS
from opencen.log.models import Entry
from opencen.log.service import nothing_done, record_act, service
from opencen.records.effective import effective_schema
from opencen.records.events import CANCELLED, HOLD_ENDED, HOLD_SET, REFUSED, RETURNED, SETTLED, STORED, VALIDATED
from opencen.records.findings import EVERY_WARNING
from opencen.records.holds import active_hold
from opencen.records.intake import SubmissionIn, submit_many
from opencen.records.lock import is_own, visible_to
from opencen.records.merge import merge_documents
from opencen.records.models import Record, ReviewNote, Revision
from opencen.records.showing import show_documents

PART = 100
CODES_WIDTH = 600
MOST_FIELDS = 10
PARTLY = "import.back_partly"
# Acts after which a record is as untouched as before; a reviewer's return asks for just such an answer.
_LEAVES_ALONE = frozenset({RETURNED.name, REFUSED.name, HOLD_ENDED.name, CANCELLED.name})
_CHANGES = frozenset({STORED.name, SETTLED.name})


@dataclass(slots=True)
class _Past:
    """What the log says of one record: the revisions that the import stored, and what became of them since."""

    revisions: list[int] = field(default_factory=list)
    since: list[str] = field(default_factory=list)

    def add(self, entry: Entry, batch: str) -> None:
        """Take the next act upon the record in."""
        data = orjson.loads(entry.data) if entry.act == STORED.name else {}
        if entry.act == STORED.name and data.get("outcome") == "unchanged":
            return
        if data.get("batch") == batch and entry.revision:
            self.revisions.append(entry.revision)
            self.since.clear()
        elif (
            self.revisions and entry.act not in _LEAVES_ALONE and not (entry.act in ACTS and ACTS.get(entry.act).reads)
        ):
            self.since.append(entry.act)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What becomes of a record: cancelled, restored, kept for a reason (a code), or it was never touched."""

    outcome: str
    code: str = ""
    paths: tuple[str, ...] = ()


@service("import:run")
def take_back(actor: Actor, *, batch_id: UUID, reason: str) -> ImportBatch:
    """Let the worker take an import back; of one that was taken back in part, what stayed is looked at again."""
    if not reason.strip():
        raise Invalid("review.reason_missing", path="reason")
    batch = batch_of(actor, batch_id)
    if batch.task:
        raise Conflict("import.busy")
    if not may_take_back(batch):
        raise Conflict("import.nothing_to_take_back")
    again = list(batch.rows.filter(codes__startswith=f" {STAYS}"))
    for row in again:
        _say(row, _without_stays(row))
    ImportRow.objects.bulk_update(again, ["findings", "codes"], batch_size=100)
    batch.task, batch.state, batch.error, batch.changed_at = BACK, "running", "", now()
    batch.back_by, batch.back_reason = actor.id, reason.strip()[:2000]
    batch.claimed_by, batch.claimed_at, batch.seconds = "", None, 0
    batch.done = batch.total - _stored_rows(batch).count()
    batch.save()
    record_act(STARTED, "import", batch.id, task=BACK, rows=batch.total - batch.done)
    return batch


def may_take_back(batch: ImportBatch) -> bool:
    """Tell whether an import stored something that still stands."""
    if batch.task or batch.state in ("uploaded", "mapped", "dry_run"):
        return False
    return _stored_rows(batch).exists() or _made_by(batch).exists()


def work_back(batch: ImportBatch, goes_on: Callable[[ImportBatch], bool]) -> Iterator[int]:
    """Take the records of an import back part by part; yield how many rows each part settled."""
    actor = actor_of(User.objects.get(pk=batch.back_by or batch.created_by))
    stated = _stored_rows(batch).values_list("record_id", flat=True).distinct()
    wanted = sorted({*filter(None, stated), *_made_by(batch).values_list("pk", flat=True)})
    for start in range(0, len(wanted), PART):
        if not goes_on(batch):
            return
        yield _take_part(actor, batch=batch, keys=wanted[start : start + PART])
    _end(actor, batch=batch)


@service("import:run")
def _take_part(actor: Actor, *, batch: ImportBatch, keys: Sequence[UUID]) -> int:
    """Settle some records and their rows in one transaction: a kill leaves both or neither."""
    records = {found.id: found for found in visible_to(actor).filter(pk__in=keys).select_for_update()}
    pasts = _pasts(batch, keys)
    verdicts = {key: _judge(actor, batch, records.get(key), pasts[key]) for key in keys}
    gone = [records[key] for key, verdict in verdicts.items() if verdict.outcome == "cancelled"]
    _cancel(actor, batch, [found for found in gone if found.state != "cancelled"])
    changed = [records[key] for key, verdict in verdicts.items() if verdict.outcome == "restored"]
    verdicts |= _restore(actor, batch, changed, pasts)
    rows = list(batch.rows.filter(record_id__in=keys).exclude(revision=None).exclude(outcome=TAKEN_BACK))
    for row in rows:
        _settle(row, verdicts[row.record_id or batch.id])
    ImportRow.objects.bulk_update(rows, ["outcome", "revision", "findings", "codes"], batch_size=100)
    nothing_done()
    return len(rows)


def _pasts(batch: ImportBatch, keys: Sequence[UUID]) -> dict[UUID, _Past]:
    found = {key: _Past() for key in keys}
    for entry in Entry.objects.filter(subject_id__in=[str(key) for key in keys]).order_by("number"):
        found[UUID(entry.subject_id)].add(entry, str(batch.id))
    return found


def _judge(actor: Actor, batch: ImportBatch, record: Record | None, past: _Past) -> _Verdict:
    """Decide about one record by what happened to it since."""
    if record is None or not is_own(record) or not actor.may(f"{record.type}:record"):
        return _Verdict("kept", f"{STAYS}not_yours")
    if record.state == "cancelled":
        return _Verdict("cancelled")
    if not past.revisions:
        return _Verdict("untouched")
    if VALIDATED.name in past.since and not actor.may(f"{record.type}:cancel"):
        return _Verdict("kept", f"{STAYS}validated")
    if record.batch != str(batch.id):
        return _Verdict("restored")
    since = set(past.since) - {VALIDATED.name}
    if HOLD_SET.name in since and active_hold(record.id):
        return _Verdict("kept", f"{STAYS}held")
    since.discard(HOLD_SET.name)
    if since & _CHANGES:
        return _Verdict("kept", f"{STAYS}changed")
    return _Verdict("kept", f"{STAYS}used") if since else _Verdict("cancelled")


def _cancel(actor: Actor, batch: ImportBatch, records: Sequence[Record]) -> None:
    """Cancel records with the reason of the whole act; they stay, struck through."""
    ReviewNote.objects.bulk_create(
        ReviewNote(record_id=found.id, revision=found.revision, text=batch.back_reason, author_id=actor.id, at=now())
        for found in records
    )
    Record.objects.filter(pk__in=[found.id for found in records]).update(state="cancelled")
    for found in records:
        record_act(CANCELLED, found.type, found.id, revision=found.revision, state="cancelled")


def _restore(
    actor: Actor, batch: ImportBatch, records: Sequence[Record], pasts: dict[UUID, _Past]
) -> dict[UUID, _Verdict]:
    """State the former values again, field by field; what somebody changed since is left as it is."""
    found: dict[UUID, _Verdict] = {}
    given: list[SubmissionIn] = []
    for record in records:
        document, conflicts = _former(actor, record, pasts[record.id].revisions)
        if document is None:
            found[record.id] = _Verdict("kept", f"{STAYS}{'changed' if conflicts else 'erased'}", conflicts)
            continue
        found[record.id] = _Verdict("restored", PARTLY if conflicts else "", conflicts)
        given.append(
            SubmissionIn(
                type=record.type, id=record.id, document=document, base_revision=record.revision, mode="historical",
                submission_id=uuid5(batch.id, f"back {record.id} {record.revision}"),
                reasons={EVERY_WARNING: batch.back_reason}, batch="",
            )
        )  # fmt: skip
    for receipt in submit_many(actor, given) if given else ():
        if not receipt.is_accepted:
            found[receipt.record_id] = _Verdict("kept", f"{STAYS}not_allowed")
    return found


def _former(actor: Actor, record: Record, revisions: Sequence[int]) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """Return the document without what the import's revisions changed, and the fields that others changed since."""
    numbers = sorted({record.revision, *revisions, *(number - 1 for number in revisions)})
    if Revision.objects.filter(record_id=record.id, number__in=numbers).exclude(erased_at=None).exists():
        return None, ()
    held = {number: show_documents(actor, record.type, [(record.id, number)])[record.id] for number in numbers}
    document, conflicts = held[record.revision], []
    tree = effective_schema(record.type).tree
    for number in sorted(revisions, reverse=True):
        merge = merge_documents(held[number], document, held[number - 1], tree)
        document = merge.document
        conflicts += merge.conflicts
    if document == held[record.revision]:
        return None, tuple(dict.fromkeys(conflicts)) or ("",)
    return document, tuple(dict.fromkeys(conflicts))


def _settle(row: ImportRow, verdict: _Verdict) -> None:
    """Write what became of a record upon its row; a row that was taken back is as if it had never been stored."""
    kept = _without_stays(row)
    if verdict.outcome in ("cancelled", "restored"):
        row.outcome, row.revision, kept = TAKEN_BACK, None, []
    if verdict.code:
        kept = [_finding(verdict.code, path) for path in (verdict.paths or ("",))[:MOST_FIELDS]] + kept
    _say(row, kept)


def _finding(code: str, path: str) -> dict[str, Any]:
    data = {"field": path} if path else {}
    return {"code": code, "level": "warning", "path": path, "column": -1, "data": data}


def _without_stays(row: ImportRow) -> list[dict[str, Any]]:
    return [entry for entry in orjson.loads(row.findings) if not entry["code"].startswith((STAYS, PARTLY))]


def _say(row: ImportRow, findings: list[dict[str, Any]]) -> None:
    codes = dict.fromkeys(entry["code"] for entry in findings if entry["level"] != "hint")
    row.findings = orjson.dumps(findings, default=str).decode()
    row.codes = f" {' '.join(codes)} "[:CODES_WIDTH] if codes else ""


def _stored_rows(batch: ImportBatch) -> QuerySet[ImportRow]:
    """Return the rows whose record stands as an import stored it."""
    return batch.rows.filter(outcome__in=("stored", "refused", "waiting")).exclude(revision=None)


def _made_by(batch: ImportBatch) -> QuerySet[Record]:
    return Record.objects.filter(batch=str(batch.id)).exclude(state="cancelled")


@service("import:run")
def _end(actor: Actor, *, batch: ImportBatch) -> None:
    """Close the taking back, and log that it is done."""
    counts, back = totals_of(batch), batch.rows.filter(outcome=TAKEN_BACK)
    made, changed = (back.filter(is_new=new).values("record_id").distinct().count() for new in (True, False))
    batch.state, batch.task, batch.changed_at = "undone", "", now()
    batch.done = counts.rows - counts.open
    batch.save(update_fields=["state", "task", "changed_at", "done"])
    record_act(UNDONE, "import", batch.id, cancelled=made, restored=changed, kept=counts.stays)


__all__ = ["may_take_back", "take_back", "work_back"]
