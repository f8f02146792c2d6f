"""The write transaction: nested, on a full disk, and behind somebody else's lock."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections

from opencen.kernel.errors import Unavailable
from opencen.log.transactions import storage_code, write_transaction, write_turn

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def file_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: pytest.FixtureRequest
) -> Iterator[sqlite3.Connection]:
    """Put a SQLite file in the place of the test database; give a second connection to it."""
    blocker: Any = django_db_blocker
    path = str(tmp_path / "probe.sqlite3")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE probe (text VARCHAR(10000))")
    settings = connections.databases["default"] | {"NAME": path, "OPTIONS": {"timeout": 0.2}}
    monkeypatch.setitem(connections.databases, "default", settings)
    kept = connections["default"]
    del connections["default"]
    with blocker.unblock():
        yield other
        connections["default"].close()
    connections["default"] = kept
    other.close()


def insert(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO probe VALUES (%s)", [text])


def insert_all(texts: list[str]) -> None:
    with write_transaction():
        for text in texts:
            insert(text)


def insert_and_fail(text: str) -> None:
    with write_transaction():
        insert(text)
        raise ZeroDivisionError


def count(other: sqlite3.Connection) -> int:
    return int(other.execute("SELECT count(*) FROM probe").fetchone()[0])


def test_an_inner_failure_undoes_only_the_inner(file_database: sqlite3.Connection) -> None:
    with write_transaction():
        insert("outer")
        with pytest.raises(ZeroDivisionError):
            insert_and_fail("inner")
    assert count(file_database) == 1


def test_who_has_the_turn_may_ask_again(file_database: sqlite3.Connection) -> None:
    with write_turn(), write_transaction():
        insert("once")
    assert count(file_database) == 1


def test_a_full_disk_is_said_and_nothing_is_stored(file_database: sqlite3.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 4")
    with pytest.raises(Unavailable) as caught:
        insert_all(["x" * 4000] * 20)
    assert caught.value.code == "storage.full"
    assert count(file_database) == 0
    with write_transaction():
        insert("small")
    assert count(file_database) == 1


def test_a_database_that_another_program_holds_is_said(file_database: sqlite3.Connection) -> None:
    file_database.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable) as caught:
        insert_all(["waiting"])
    assert caught.value.code == "storage.busy"
    file_database.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "storage.full"),
        (OSError(errno.EACCES, "Permission denied"), None),
        (OperationalError("database or disk is full"), "storage.full"),
        (OperationalError('could not extend file "base/1": No space left on device'), "storage.full"),
        (OperationalError("database is locked"), "storage.busy"),
        (OperationalError("no such table: x"), None),
    ],
)
def test_only_what_storage_lacks_is_named(error: BaseException, code: str | None) -> None:
    assert storage_code(error) == code
