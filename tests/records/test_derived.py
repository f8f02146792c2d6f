"""Derived stores: a job each, and whole again when a database is switched on or a field retired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar
from uuid import UUID

import pytest
from django.conf import settings

from opencen.log.sealer import seal_all
from opencen.records import fields
from opencen.records.derived import DERIVED, Current, Derived, catch_up, covered_types
from opencen.records.jobs import JOBS
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.search.store import SEARCH
from tests import make
from tests.records.search.conftest import forget_store
from tests.records.search.stating import state_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_store() -> Iterator[None]:
    """Remove the store around a test."""
    forget_store()
    yield
    forget_store()


def settle() -> None:
    """Do what the worker does."""
    seal_all()
    catch_up(SEARCH)


def test_every_store_has_a_job_of_its_own() -> None:
    assert {f"derived.{store.name}" for store in DERIVED} <= {job.name for job in JOBS}


def test_a_database_switched_off_and_on_again_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make.actor("officer", "RDS")
    state_case(officer)
    make.submit_control(officer)
    settle()
    monkeypatch.setattr(settings, "INSTALLED_DATABASES", ("control",))
    state_control = make.submit_control(officer).record_id
    settle()
    assert covered_types(SEARCH) == {"control"}
    assert SEARCH.verify() == []
    monkeypatch.setattr(settings, "INSTALLED_DATABASES", ("case", "control"))
    behind = search(officer, SearchRequest())
    assert behind.is_behind
    settle()
    found = search(officer, SearchRequest())
    assert (found.total, found.is_behind) == (3, False)
    assert state_control in found.ids
    assert SEARCH.verify() == []


def test_a_change_while_a_database_is_off_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make.actor("officer", "RDS")
    receipt = state_case(officer, narrative="behind the cooling unit")
    monkeypatch.setattr(settings, "INSTALLED_DATABASES", ("control",))
    make.submit_control(officer)
    settle()  # the case was stored before, and is read only now, while its database is off
    monkeypatch.setattr(settings, "INSTALLED_DATABASES", ("case", "control"))
    settle()
    assert search(officer, SearchRequest(type="case", text="cooling")).ids == [receipt.record_id]


class Noting(Derived):
    """Keep the ids that it is told of."""

    name: ClassVar[str] = "noting"

    def __init__(self, cursor: int) -> None:
        self.place = cursor
        self.told: list[UUID] = []

    def cursor(self) -> int:
        """Return how far it was told."""
        return self.place

    def apply(self, changed: Sequence[Current], gone: Sequence[UUID], cursor: int) -> None:
        """Note the changed."""
        self.place = cursor
        self.told += [current.record.id for current in changed]

    def rebuild(self, everything: object, cursor: int) -> None:
        """Note nothing."""

    def verify(self) -> list[str]:
        """Find nothing."""
        return []

    def erase(self, record_ids: Sequence[UUID]) -> None:
        """Keep nothing."""


def test_a_retired_field_makes_stores_read_the_records_that_state_it() -> None:
    keeper, officer = make.actor("administrator", "HQ"), make.actor("officer", "RDS")
    fields.add_field(keeper, field=fields.NewField("case", "colour", "text", {"en": "Colour"}, nominal=False))
    stating = state_case(officer, national={"colour": "green"}).record_id
    state_case(officer)
    store = Noting(seal_all() or 1)
    seal_all()
    catch_up(store)
    store.told.clear()
    fields.retire_field(keeper, type="case", name="colour")
    seal_all()
    catch_up(store)
    assert store.told == [stating]
