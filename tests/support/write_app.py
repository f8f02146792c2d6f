"""A minimal application for measuring the write path: a revision-like row set and a log entry per request.

Started as `python -m tests.support.write_app PORT`; the environment says which interface, threads and lock.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import django
import orjson
from django.db import close_old_connections, connection
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencen.config.settings")
django.setup()

from opencen.config.server.gateway import Gateway  # noqa: E402 - after set-up
from opencen.kernel.actor import SYSTEM_ID  # noqa: E402
from opencen.kernel.ids import uuid7  # noqa: E402
from opencen.log import service, transactions  # noqa: E402

LARGE = b"x" * 2_000_000
TABLES = (
    "CREATE TABLE IF NOT EXISTS bench_revision (id VARCHAR(32) PRIMARY KEY, submission VARCHAR(64) UNIQUE,"
    " public TEXT, nominal TEXT, digest VARCHAR(64))",
    "CREATE TABLE IF NOT EXISTS bench_line (id VARCHAR(32) PRIMARY KEY, revision VARCHAR(32),"
    " path VARCHAR(64), code VARCHAR(64), amount VARCHAR(32))",
    "CREATE INDEX IF NOT EXISTS bench_line_revision ON bench_line (revision)",
)


@contextmanager
def no_turn() -> Iterator[None]:
    """Leave the waiting to the database's busy handler."""
    yield


@contextmanager
def file_turn() -> Iterator[None]:
    """Wait on the file lock alone, without the lock between the threads of a process."""
    descriptor = os.open(f"{connection.settings_dict['NAME']}.turn", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def choose_lock() -> None:
    """Replace the write lock by the one that the environment names."""
    named = {"busy": no_turn, "flock": file_turn, "": transactions.write_turn}
    transactions.write_turn = named[os.environ.get("BENCH_LOCK", "")]


def write_submission(body: bytes) -> bytes:
    """Store one submission with its lines and its log entry in one transaction."""
    document = orjson.loads(body)
    revision = uuid7().hex
    digest = hashlib.sha256(body).hexdigest()
    lines = [
        (uuid7().hex, revision, f"lines[{n}]", line["code"], line["amount"]) for n, line in enumerate(document["lines"])
    ]
    with transactions.write_transaction():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO bench_revision VALUES (%s, %s, %s, %s, %s)",
                [revision, document["submission"], body.decode(), "{}", digest],
            )
            cursor.executemany("INSERT INTO bench_line VALUES (%s, %s, %s, %s, %s)", lines)
        row = (
            uuid7(),
            service.now(),
            "case.recorded",
            SYSTEM_ID,
            "system",
            "case",
            str(UUID(revision)),
            1,
            digest,
            "{}",
        )
        service._write([row])
    return b'{"receipt":"' + revision.encode() + b'"}'


def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """Answer a submission, or a large page."""
    if environ["REQUEST_METHOD"] == "GET":
        start("200 OK", [("content-type", "application/octet-stream"), ("content-length", str(len(LARGE)))])
        return [LARGE]
    close_old_connections()
    receipt = write_submission(environ["wsgi.input"].read())
    start("201 Created", [("content-type", "application/json"), ("content-length", str(len(receipt)))])
    return [receipt]


def write_alone(seconds: float) -> float:
    """Store submissions one after the other and give how many a second."""
    line = {"code": "drugs.cannabis.resin", "text": "x" * 500}
    end, count = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        lines = [line | {"amount": f"{place}.25"} for place in range(6)]
        write_submission(orjson.dumps({"submission": uuid7().hex, "lines": lines, "note": "y" * 500}))
        count += 1
    return count / seconds


choose_lock()
threads = int(os.environ.get("BENCH_THREADS", "1"))
gateway = Gateway(application, threads=threads)


def main() -> None:
    """Serve until told to stop."""
    is_plain = os.environ.get("BENCH_INTERFACE") == "wsgi"
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(table)
    if sys.argv[1] == "floor":
        print(write_alone(float(sys.argv[2])))
        return
    connection.close()
    Server(
        "tests.support.write_app:application" if is_plain else "tests.support.write_app:gateway",
        port=int(sys.argv[1]),
        workers=2,
        interface=Interfaces.WSGI if is_plain else Interfaces.RSGI,
        blocking_threads=threads if is_plain else None,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main()
