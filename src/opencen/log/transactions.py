"""Write transactions: one writer at a time on SQLite, in the order of asking."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_in_process = threading.Lock()


@contextmanager
def write_transaction() -> Iterator[None]:
    """Open the outermost transaction behind the write lock; inside one, a savepoint.

    SQLite's own busy handler sleeps and retries, so a writer may starve; waiting on a
    file lock hands the turn over without sleeping, across processes.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with write_turn(), transaction.atomic():
        yield


@contextmanager
def write_turn() -> Iterator[None]:
    """Wait for the turn to write; other databases than a SQLite file order writers themselves."""
    path = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or path.startswith(("file:", ":memory:")):
        yield
        return
    with _in_process:
        descriptor = os.open(f"{path}.turn", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
