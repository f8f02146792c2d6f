"""The log: sealed in one chain, signed, anchored outside; what was altered or rolled back is named."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from opencen.kernel.actor import system_actor
from opencen.kernel.errors import Forbidden
from opencen.kernel.ids import uuid7
from opencen.log.acts import act
from opencen.log.models import Entry, Seal, Unsealed
from opencen.log.sealer import anchor_path, read_anchors, seal_all, seal_pending
from opencen.log.service import MissingAuditEntry, nothing_done, record_act, service
from opencen.log.verify import verify_log

pytestmark = pytest.mark.django_db

TRIED = act("test.tried", "count")
ACTOR = system_actor("test:try")


@service("test:try")
def attempt(actor, *, count: int) -> int:
    for number in range(count):
        record_act(TRIED, "test", uuid7(), count=number)
    if not count:
        nothing_done()
    return count


@service("test:try")
def forget(actor) -> None:
    """Do something and record nothing."""


def without_triggers(statement: str) -> None:
    """Alter the log as somebody with the database in hand would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the test's own transaction has foreign keys to check yet
            cursor.execute("ALTER TABLE log_entry DISABLE TRIGGER ALL")
            cursor.execute("ALTER TABLE log_seal DISABLE TRIGGER ALL")
        else:
            for table in ("log_entry", "log_seal"):
                for what in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER {table}_no_{what}")
        cursor.execute(statement)


def test_a_sealed_log_verifies_and_says_what_is_not_sealed_yet():
    attempt(ACTOR, count=5)
    assert verify_log().unsealed == 5
    assert seal_all() == 5
    attempt(ACTOR, count=2)
    found = verify_log()
    assert (found.sealed, found.unsealed, found.problems) == (5, 2, [])
    assert found.heads >= 1
    assert found.anchors >= 1


def test_an_altered_entry_is_named_first():
    attempt(ACTOR, count=6)
    seal_all()
    without_triggers(
        "UPDATE log_entry SET act = 'test.forged' WHERE number IN (SELECT entry_id FROM log_seal WHERE sequence IN (3, 5))"
    )
    found = verify_log()
    assert found.first_altered == 3
    assert "entry 3" in found.problems[0]


def test_a_removed_entry_is_noticed():
    attempt(ACTOR, count=4)
    seal_all()
    without_triggers("DELETE FROM log_seal WHERE sequence = 2")
    assert verify_log().first_altered == 2


def test_an_older_backup_is_told_by_its_missing_head():
    attempt(ACTOR, count=3)
    seal_all()
    attempt(ACTOR, count=3)
    seal_all()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("log_entry", "log_seal", "log_head"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        else:
            for table in ("log_entry", "log_seal", "log_head"):
                cursor.execute(f"DROP TRIGGER {table}_no_delete")
        cursor.execute("DELETE FROM log_head WHERE sequence > 3")
        cursor.execute("DELETE FROM log_seal WHERE sequence > 3")
    Entry.objects.filter(seal=None).delete()
    found = verify_log()
    assert any("older state" in problem for problem in found.problems)


def test_an_entry_put_in_from_outside_is_noticed():
    attempt(ACTOR, count=2)
    Unsealed.objects.all()[:1].get().delete()
    assert any("no chain and in no queue" in problem for problem in verify_log().problems)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_entry SET act = 'x'",
        "DELETE FROM log_entry",
        "DELETE FROM log_seal",
        "UPDATE log_head SET hash = ''",
    ],
)
def test_the_database_refuses_to_change_the_log(statement):
    attempt(ACTOR, count=1)
    seal_all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_audit_entry_no_commit():
    with pytest.raises(MissingAuditEntry):
        forget(ACTOR)
    assert attempt(ACTOR, count=0) == 0


def test_an_act_without_its_permission_does_nothing():
    with pytest.raises(Forbidden):
        attempt(system_actor(), count=3)
    assert not Entry.objects.exists()


def test_sealing_goes_in_batches_and_keeps_the_order_of_commit():
    attempt(ACTOR, count=7)
    assert [seal_pending(limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert list(Seal.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 8))


def test_a_torn_last_line_of_the_anchors_is_left_out():
    attempt(ACTOR, count=1)
    seal_all()
    with anchor_path().open("ab") as file:
        file.write(b'{"sequence": 9, "ha')
    assert len(read_anchors()) == len([h for h in read_anchors() if h.hash])
    assert verify_log().is_sound
