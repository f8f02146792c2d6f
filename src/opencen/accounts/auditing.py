"""The auditor's reads of the log: whether it is sound, and who did what; ids and codes, never content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from opencen.accounts.queries import names_of
from opencen.kernel.actor import SYSTEM_ID, Actor
from opencen.kernel.errors import Forbidden
from opencen.log.models import Entry, Head
from opencen.log.reader import newest_sequence, unsealed_window
from opencen.log.sealer import read_anchors
from opencen.log.verify import Verification, verify_log

PAGE = 100


@dataclass(frozen=True, slots=True)
class LogState:
    """Where the log stands now: cheap to tell."""

    sealed: int
    unsealed: int
    unsealed_since: datetime | None
    head_sequence: int | None
    head_at: datetime | None
    anchors: int


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One act as the auditor reads it."""

    number: int
    at: datetime
    act: str
    actor: str
    actor_kind: str
    subject_type: str
    subject_id: str
    revision: int | None
    data: dict[str, Any]


def log_state(actor: Actor) -> LogState:
    """Return how far the log is sealed, signed and anchored."""
    actor.require("log:read")
    unsealed, since = unsealed_window()
    head = Head.objects.order_by("-sequence").first()
    return LogState(
        newest_sequence(),
        unsealed,
        since,
        head.sequence if head else None,
        head.at if head else None,
        len(read_anchors()),
    )


def verify(actor: Actor) -> Verification:
    """Recompute the whole chain and compare it with seals, signed heads and anchors."""
    actor.require("log:read")
    return verify_log()


def list_entries(
    actor: Actor, *, before: int | None = None, subject: UUID | str = "", act: str = "", limit: int = PAGE
) -> list[LogEntry]:
    """List entries, the newest first, behind a number; of one subject or one act where they are named.

    Entries tell that records exist: only who sees every office reads them all.
    """
    actor.require("log:read")
    if actor.office_ids is not None:
        raise Forbidden("log.national_only")
    rows = Entry.objects.order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    if subject:
        rows = rows.filter(subject_id=str(subject))
    if act:
        rows = rows.filter(act=act)
    return _entries(rows[:limit])


def entries_about(actor: Actor, subject: UUID, limit: int = PAGE) -> list[LogEntry]:
    """List the entries about a record that the caller has found through the lock, the newest first."""
    actor.require("log:read")
    return _entries(Entry.objects.filter(subject_id=str(subject)).order_by("-number")[:limit])


def _entries(rows: Iterable[Entry]) -> list[LogEntry]:
    found = list(rows)
    names = names_of([row.actor_id for row in found])
    return [
        LogEntry(
            row.number,
            row.at,
            row.act,
            names.get(row.actor_id, "" if row.actor_id != SYSTEM_ID else "system"),
            row.actor_kind,
            row.subject_type,
            row.subject_id,
            row.revision,
            orjson.loads(row.data),
        )
        for row in found
    ]
