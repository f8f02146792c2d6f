"""Saved searches: whose they are, what is new to them, and that they tell nothing one may not see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from opencen.accounts.models import Grant, Office, User
from opencen.accounts.queries import actor_of
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound, OpenCenError
from opencen.log.sealer import seal_all
from opencen.records.models import Record
from opencen.records.saved import services
from opencen.records.saved.models import Alert, Follower
from opencen.records.saved.queries import count_unseen, list_alerts, list_saved
from opencen.records.saved.watching import watch_searches
from tests import make
from tests.records.search.conftest import forget_store
from tests.records.search.stating import amend_case, state_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_store() -> Iterator[None]:
    """Remove the text search around a test."""
    forget_store()
    yield
    forget_store()


def person(name: str, role: str, code: str) -> tuple[User, Actor]:
    """Make a user with one role at an office."""
    make.country()
    office = Office.objects.get(code=code)
    user = User.objects.create(username=name, name=name.title(), office=office)
    Grant.objects.create(user=user, role=role, office=office)
    return user, actor_of(user)


@pytest.fixture
def reader() -> tuple[User, Actor]:
    """Somebody who sees Radès and follows searches."""
    return person("reader", "analyst", "RDS")


def watch() -> None:
    """Do what the worker does."""
    seal_all()
    while watch_searches():
        pass


def save(actor: Actor, query: str = "q=zebra", **changes: object) -> UUID:
    """Save a search with an alert."""
    given = {"kind": "case", "name": "Cooling units", "query": query, "follows": True} | changes
    watch()
    return services.save_search(actor, **given).id  # type: ignore[arg-type]  # names as the service has them


def told(actor: Actor) -> list[UUID]:
    """Return the records that an actor is told of."""
    return sorted(alert.record_id for alert in list_alerts(actor))


def test_a_new_record_that_fits_is_told_once(reader: tuple[User, Actor]) -> None:
    officer = make.actor("officer", "RDS")
    state_case(officer, narrative="behind the zebra skin")
    save(reader[1])
    state_case(officer, narrative="in the wheels")
    made = state_case(officer, narrative="under the zebra skin")
    watch()
    watch()
    assert told(reader[1]) == [made.record_id]
    assert (count_unseen(reader[1]), list_saved(reader[1])[0].new) == (1, 1)
    services.mark_seen(reader[1])
    watch()
    assert (told(reader[1]), count_unseen(reader[1])) == ([], 0)


def test_a_record_that_comes_to_fit_is_told_and_one_that_did_already_is_not(reader: tuple[User, Actor]) -> None:
    officer = make.actor("officer", "RDS")
    fits = make.case_document(narrative="behind the zebra skin")
    other = make.case_document(narrative="in the wheels")
    first = state_case(officer, narrative="behind the zebra skin")
    second = state_case(officer, narrative="in the wheels")
    save(reader[1])
    amend_case(officer, first.record_id, 1, fits | {"narrative": "still behind the zebra skin"})
    amend_case(officer, second.record_id, 1, other | {"narrative": "in the wheels, then the zebra skin"})
    watch()
    assert told(reader[1]) == [second.record_id]


def test_nothing_is_told_of_a_record_that_one_may_not_see(reader: tuple[User, Actor]) -> None:
    save(reader[1])
    state_case(make.actor("officer", "SFA"), office="SFA", narrative="zebra skin")
    state_case(make.actor("officer", "RDS"), lock={"sensitivity": 3}, narrative="zebra skin")
    watch()
    assert Alert.objects.count() == 0


def test_a_record_that_is_closed_later_is_told_no_more(reader: tuple[User, Actor]) -> None:
    save(reader[1])
    made = state_case(make.actor("officer", "RDS"), narrative="zebra skin")
    watch()
    assert count_unseen(reader[1]) == 1
    Record.objects.filter(pk=made.record_id).update(sensitivity=3)
    assert (count_unseen(reader[1]), told(reader[1]), list_saved(reader[1])[0].new) == (0, [], 0)


def test_an_ended_account_and_an_ended_grant_are_told_nothing(reader: tuple[User, Actor]) -> None:
    user, actor = reader
    gone, gone_actor = person("gone", "analyst", "RDS")
    save(actor)
    save(gone_actor)
    Grant.objects.filter(user=user).update(until=now() - timedelta(days=1))
    gone.is_active = False
    gone.save()
    state_case(make.actor("officer", "RDS"), narrative="zebra skin")
    watch()
    assert Alert.objects.count() == 0
    assert list_saved(actor_of(user)) == []


def test_ones_own_record_is_no_news() -> None:
    user, actor = person("officer", "officer", "RDS")
    save(actor)
    state_case(actor_of(user), narrative="zebra skin")
    watch()
    assert told(actor) == []


def test_a_search_is_private_unless_shared(reader: tuple[User, Actor]) -> None:
    colleague, stranger = person("colleague", "officer", "RDS")[1], person("stranger", "officer", "SFA")[1]
    auditor = person("keeper", "administrator", "RDS")[1]
    save(reader[1], name="mine")
    save(reader[1], name="ours", audience="office")
    save(reader[1], name="all", audience="all")
    names = {who.name: [view.name for view in list_saved(who)] for who in (colleague, stranger, auditor)}
    assert names == {"Colleague": ["all", "ours"], "Stranger": ["all"], "Keeper": []}
    ours = next(view for view in list_saved(colleague) if view.name == "ours")
    assert (ours.by, ours.is_own, ours.follows) == ("Reader", False, False)


def test_who_follows_a_shared_search_is_told_what_it_may_see(reader: tuple[User, Actor]) -> None:
    stranger = person("stranger", "officer", "SFA")[1]
    shared = save(reader[1], audience="all", follows=False)
    services.follow_search(stranger, search_id=shared, follows=True)
    made = state_case(make.actor("officer", "SFA"), office="SFA", narrative="zebra skin")
    state_case(make.actor("officer", "RDS"), narrative="zebra skin")
    watch()
    assert (told(stranger), told(reader[1])) == ([made.record_id], [])
    services.follow_search(stranger, search_id=shared, follows=False)
    assert told(stranger) == []


def test_anothers_search_cannot_be_removed_or_followed_unless_it_is_shared(reader: tuple[User, Actor]) -> None:
    stranger = person("stranger", "officer", "SFA")[1]
    kept = save(reader[1])
    for refused in (
        lambda: services.remove_search(stranger, search_id=kept),
        lambda: services.follow_search(stranger, search_id=kept, follows=True),
    ):
        with pytest.raises(NotFound):
            refused()
    services.remove_search(reader[1], search_id=kept)
    assert Follower.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": " "}, Invalid),
        ({"audience": "world"}, Invalid),
        ({"kind": "nothing"}, NotFound),
        ({"query": "q=" + "x" * 3000}, Invalid),
    ],
)
def test_what_cannot_be_kept_is_refused(reader: tuple[User, Actor], changes: dict[str, str], error: type) -> None:
    with pytest.raises(error) as raised:
        save(reader[1], **changes)
    assert isinstance(raised.value, OpenCenError)


def test_the_number_of_searches_is_limited(reader: tuple[User, Actor], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_SEARCHES", 1)
    save(reader[1])
    with pytest.raises(Conflict):
        save(reader[1], name="another")


def test_a_search_that_can_no_more_be_read_tells_nothing(reader: tuple[User, Actor]) -> None:
    save(reader[1], query="national.colour=green")
    state_case(make.actor("officer", "RDS"))
    watch()
    assert told(reader[1]) == []
