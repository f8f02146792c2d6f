"""Reading the log: what is not sealed yet is found without reading the whole of it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opencen.kernel.actor import system_actor
from opencen.kernel.ids import uuid7
from opencen.log.acts import act
from opencen.log.models import Entry
from opencen.log.reader import unsealed_window
from opencen.log.sealer import seal_all
from opencen.log.service import record_act, service

pytestmark = pytest.mark.django_db

READ = act("test.read")


@service("test:read")
def read_often(actor, *, count: int) -> None:
    for _ in range(count):
        record_act(READ, "test", uuid7())


def test_what_waits_is_counted_since_its_oldest_entry():
    read_often(system_actor("test:read"), count=2)
    seal_all()
    assert unsealed_window() == (0, None)
    read_often(system_actor("test:read"), count=3)
    waiting = Entry.objects.order_by("number")[2:]
    assert unsealed_window() == (3, waiting[0].at)


@pytest.mark.parametrize("waiting", [0, 3])
def test_an_empty_queue_is_not_looked_for_in_the_whole_log(waiting):
    if waiting:
        read_often(system_actor("test:read"), count=waiting)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        unsealed_window()
    assert len(asked) <= 2
    assert not [query["sql"] for query in asked if " JOIN " in query["sql"]]
