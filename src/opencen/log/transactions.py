"""Write transactions: one writer at a time on SQLite, in the order of asking.

SQLite's own busy handler sleeps and tries again, so that a writer may wait long or starve; waiting on a file lock hands
the turn over without sleeping, across processes. Between the threads of a process a lock stands before the file lock,
so that a process asks for the file once. Readers never wait.
"""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from opencen.kernel.errors import Unavailable

_in_process = threading.Lock()
_held = threading.local()


@contextmanager
def write_transaction() -> Iterator[None]:
    """Open the outermost transaction behind the write lock; inside one, a savepoint.

    A full disk or a database that something else keeps locked is Unavailable; nothing of the act is stored then.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    try:
        with write_turn(), transaction.atomic():
            yield
    except (OperationalError, OSError) as error:
        if (code := storage_code(error)) is None:
            raise
        raise Unavailable(code) from error


@contextmanager
def write_turn() -> Iterator[None]:
    """Wait for the turn to write; other databases than a SQLite file order writers themselves."""
    path = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or path.startswith(("file:", ":memory:")) or getattr(_held, "turn", False):
        yield
        return
    with _in_process:
        descriptor = os.open(f"{path}.turn", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            _held.turn = True
            yield
        finally:
            _held.turn = False
            os.close(descriptor)


def storage_code(error: BaseException) -> str | None:
    """Name what the place of storage lacks: room, or freedom from another program's lock; None for other errors."""
    if isinstance(error, OSError):
        return "storage.full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else None
    text = str(error).lower()
    if "disk is full" in text or "no space left" in text:
        return "storage.full"
    return "storage.busy" if "database is locked" in text else None
