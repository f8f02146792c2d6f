"""Seals the log until told to stop; a chain like the sealer's, for measuring."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from types import FrameType

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencen.config.settings")
django.setup()

from django.db import connection  # noqa: E402 - after set-up

from opencen.log.transactions import write_transaction  # noqa: E402


def seal(limit: int = 500) -> int:
    """Chain what is unsealed, in one short transaction."""
    with write_transaction(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.number, e.digest FROM log_entry e JOIN log_unsealed u ON u.entry_id = e.number"
            " ORDER BY e.number LIMIT %s",
            [limit],
        )
        rows = cursor.fetchall()
        if not rows:
            return 0
        cursor.execute("SELECT sequence, hash FROM log_seal ORDER BY sequence DESC LIMIT 1")
        sequence, last = cursor.fetchone() or (0, "")
        seals = []
        for number, digest in rows:
            sequence += 1
            last = hashlib.sha256(f"{last}{number}{digest}".encode()).hexdigest()
            seals.append((sequence, number, last))
        cursor.executemany("INSERT INTO log_seal (sequence, entry_id, hash) VALUES (%s, %s, %s)", seals)
        cursor.executemany("DELETE FROM log_unsealed WHERE entry_id = %s", [(row[0],) for row in rows])
        return len(rows)


def main() -> None:
    """Seal twice a second."""
    is_stopped = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal is_stopped
        is_stopped = True

    signal.signal(signal.SIGTERM, stop)
    while not is_stopped:
        seal()
        time.sleep(0.5)


if __name__ == "__main__":
    main()
