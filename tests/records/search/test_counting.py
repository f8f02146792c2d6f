"""Counts that are remembered by part stay exact through changes, and are those of one reader alone."""

from __future__ import annotations

import pytest

from opencen.kernel.actor import Actor
from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up
from opencen.records.search import counting, queries
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.search.store import SEARCH
from tests import make
from tests.records.search.stating import amend_case, state_case

pytestmark = pytest.mark.django_db
FACETS = ("location_type", "state", "direction")


def settle() -> None:
    """Do what the worker does."""
    seal_all()
    catch_up(SEARCH)


def counted(actor: Actor, **chosen: list[str]) -> dict[str, dict[str, int]]:
    """Return the counts of a list."""
    found = search(actor, SearchRequest(type="case", filters=chosen, facets=FACETS))
    return {name: dict(values) for name, values in found.facets.items()}


def counted_anew(actor: Actor, **chosen: list[str]) -> dict[str, dict[str, int]]:
    """Return the counts of a list of which nothing is remembered."""
    counting.REMEMBERED.forget()
    return counted(actor, **chosen)


def test_counts_stay_exact_while_cases_change_come_and_are_read_in() -> None:
    officer = make.actor("officer", "RDS")
    first = state_case(officer, location_type="airport")
    state_case(officer, location_type="seaport")
    settle()
    assert counted(officer)["location_type"] == {"airport": 1, "seaport": 1}
    document = make.case_document(location_type="seaport")
    amend_case(officer, first.record_id, 1, document)
    assert counted(officer)["location_type"] == {"seaport": 2}
    state_case(officer, location_type="airport")
    assert counted(officer)["location_type"] == {"airport": 1, "seaport": 2}
    before = counted(officer)
    settle()
    assert counted(officer) == before == counted_anew(officer)


def test_a_chosen_value_and_another_reader_are_other_questions() -> None:
    radès, sfax, national = make.actor("officer", "RDS"), make.actor("officer", "SFA"), make.actor("analyst", "HQ")
    for place in ("airport", "airport", "seaport"):
        state_case(radès, location_type=place)
    settle()
    readers = (radès, sfax, national)
    choices: tuple[dict[str, list[str]], ...] = ({}, {"location_type": ["airport"]}, {"location_type": [""]})
    anew = [counted_anew(actor, **chosen) for actor in readers for chosen in choices]
    again = [counted(actor, **chosen) for actor in readers for chosen in choices]
    assert again == anew
    assert counted(sfax)["state"] == {}
    assert counted(national, location_type=["airport"])["state"] == {"submitted": 2}
    assert counted(national, location_type=["airport"])["location_type"] == {"airport": 2, "seaport": 1}


def test_a_part_that_did_not_change_is_not_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make.actor("officer", "RDS")
    state_case(officer)
    settle()
    first = counted_anew(officer)
    asked: list[object] = []
    monkeypatch.setattr(counting.REMEMBERED, "put", lambda key, counts: asked.append(key))
    assert counted(officer) == first
    assert asked == []


def test_little_is_remembered_at_a_time() -> None:
    known = counting.Remembered()
    for number in range(counting.MOST_REMEMBERED + 5):
        known.put(number, {})
    assert known.get(0) is None
    assert known.get(counting.MOST_REMEMBERED) == {}


@pytest.mark.parametrize("few", [0, 300])
def test_few_that_words_find_are_counted_as_many_are(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    officer = make.actor("officer", "RDS")
    first = state_case(officer, location_type="airport", narrative="a zebra in a crate")
    for place in ("airport", "seaport"):
        state_case(officer, location_type=place, narrative="a zebra in a box")
    state_case(officer, location_type="seaport", narrative="a horse in a box")
    settle()
    amend_case(officer, first.record_id, 1, make.case_document(location_type="seaport", narrative="a zebra, as before"))
    for text, chosen, found, counts in (
        ("zebra", [], 3, {"airport": 1, "seaport": 2}),
        ("zebra", ["airport"], 1, {"airport": 1, "seaport": 2}),
        ("zebraa", [], 3, {"airport": 1, "seaport": 2}),
        ("crate", [], 0, {}),
    ):
        asked = SearchRequest(type="case", text=text, filters={"location_type": chosen}, facets=FACETS)
        answer = search(officer, asked)
        assert (answer.total, dict(answer.facets["location_type"])) == (found, counts), text
