"""How often one may call: a count of the running minute for each token, user and guessing address.

All processes of an installation count in one small file beside the other derived stores, apart from the database:
counting a call never waits for a record that is being written, and losing the file loses a minute's counts.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from opencen.kernel.errors import TooMany

MINUTE = 60
CALLS_A_MINUTE = 20_000
FAILURES_A_MINUTE = 60
FILE = "calls.sqlite3"
PATIENCE_SECONDS = 0.5
_MAKE = (
    "CREATE TABLE IF NOT EXISTS calls"
    " (who TEXT, minute INTEGER, count INTEGER, PRIMARY KEY (who, minute)) WITHOUT ROWID"
)
_ADD = "INSERT INTO calls VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count"
_READ = "SELECT count FROM calls WHERE who = ? AND minute = ?"
_FORGET = "DELETE FROM calls WHERE minute < ?"

_own = threading.local()


def count_call(who: str) -> None:
    """Count a call of a token or user, or raise TooMany."""
    _count(who, int(settings.HOME.value("api", "calls_a_minute", CALLS_A_MINUTE)), is_new=True)


def count_failure(source: str, *, is_new: bool) -> None:
    """Count a failed call from an address, or only ask whether it has failed too often."""
    _count(f"failed:{source}", FAILURES_A_MINUTE, is_new=is_new)


def _count(who: str, limit: int, *, is_new: bool) -> None:
    minute, elapsed = divmod(int(time.time()), MINUTE)
    count = _ask(_ADD if is_new else _READ, who, minute)
    if count > limit or (not is_new and count >= limit):
        raise TooMany("request.too_many", seconds=MINUTE - elapsed)


def _ask(statement: str, who: str, minute: int) -> int:
    """Add to a count, or read it; a file that cannot be used stops nobody's work."""
    try:
        counts = _open(minute)
        row = counts.execute(statement, (who, minute)).fetchone()
        return int(row[0]) if row else 0
    except sqlite3.Error:
        _forget()
        return 0


def _open(minute: int) -> sqlite3.Connection:
    """Return this thread's way to the counts; the first call of a minute forgets those before the last one."""
    path = Path(settings.HOME.path) / "derived" / FILE
    place = (path, os.getpid())
    kept: tuple[tuple[Path, int], sqlite3.Connection] | None = getattr(_own, "counts", None)
    if kept is None or kept[0] != place or not path.exists():
        _forget()
        path.parent.mkdir(parents=True, exist_ok=True)
        made = sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("PRAGMA synchronous=OFF")
        made.execute(_MAKE)
        kept = _own.counts = (place, made)
    if getattr(_own, "minute", 0) != minute:
        kept[1].execute(_FORGET, (minute - 1,))
        _own.minute = minute
    return kept[1]


def _forget() -> None:
    kept = getattr(_own, "counts", None)
    _own.counts, _own.minute = None, 0
    if kept is not None:
        with suppress(sqlite3.Error):
            kept[1].close()
