"""The lock: its compiled forms equal its plain definition, for every actor and record."""

from __future__ import annotations

from itertools import product
from uuid import UUID, uuid4

import pytest

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound
from opencen.records.lock import lock_terms, visible_to
from opencen.records.models import Record
from opencen.records.queries import get_record, list_revisions, read_record
from tests import make

pytestmark = pytest.mark.django_db

OFFICES = [UUID(int=1), UUID(int=2)]
ROOMS = [None, UUID(int=7), UUID(int=8)]


def build_world() -> list[Record]:
    rows = [
        Record(
            id=uuid4(), origin="local", type=kind, state="submitted", revision=1, office_id=office, sensitivity=level,
            compartment_id=room, author_id=uuid4(), created_at=now(), changed_at=now(),
        )
        for kind, office, level, room in product(("case", "control"), OFFICES, (0, 1, 2), ROOMS)
    ]  # fmt: skip
    return Record.objects.bulk_create(rows)


def build_actors() -> list[Actor]:
    permissions = [frozenset(), frozenset({"case:read"}), frozenset({"case:read", "control:read"})]
    offices = [None, frozenset(), frozenset(OFFICES[:1]), frozenset(OFFICES)]
    rooms = [frozenset(), frozenset(ROOMS[1:2])]
    return [
        Actor(id=uuid4(), kind="user", name="", permissions=held, office_ids=seen, clearance=level, compartments=inside)
        for held, seen, level, inside in product(permissions, offices, (0, 1), rooms)
    ]


def test_the_database_shows_what_the_definition_admits():
    world = build_world()
    shown = 0
    for actor in build_actors():
        terms = lock_terms(actor)
        expected = {r.id for r in world if terms.admits(r.type, r.office_id, r.sensitivity, r.compartment_id)}
        assert set(visible_to(actor).values_list("id", flat=True)) == expected
        shown += len(expected)
    assert shown > 0


def test_an_empty_audience_means_nobody():
    build_world()
    nobody = Actor(id=uuid4(), kind="user", name="", permissions=frozenset({"case:read"}), office_ids=frozenset())
    assert not visible_to(nobody).exists()


def test_what_is_switched_off_does_not_exist(settings):
    build_world()
    reader = Actor(
        id=uuid4(),
        kind="user",
        name="",
        permissions=frozenset({"case:read", "control:read"}),
        office_ids=None,
        clearance=9,
    )
    settings.INSTALLED_DATABASES = ("control",)
    assert {record.type for record in visible_to(reader)} == {"control"}


def test_every_read_of_a_foreign_record_answers_not_found():
    receipt = make.submit_case(make.actor("officer", "RDS"))
    stranger = make.actor("officer", "SFA")
    for read in (get_record, read_record, list_revisions):
        with pytest.raises(NotFound):
            read(stranger, "case", receipt.record_id)
