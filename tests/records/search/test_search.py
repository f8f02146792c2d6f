"""What a person types and chooses finds what it should, before and after the store has read it in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.search.store import SEARCH
from tests import make
from tests.records.search.stating import state_case

pytestmark = pytest.mark.django_db

Find = Callable[..., list[str]]

TYPED = {
    "cooling unit": ["cocaine", "year"],
    '"behind the cooling"': ["cocaine"],
    '"cooling behind"': [],
    "cooling -behind": ["year"],
    "-cooling": ["resin"],
    "Sahel fruits": ["cocaine", "year"],
    "OCLU3026189": ["cocaine", "year"],
    "OCLU 302618-9": ["cocaine", "year"],
    "oclu 302618 9 cocaine": ["cocaine", "year"],
    "oclu3026": ["cocaine", "year"],
    "OCLU3026180": [],
    "123-TU-4567": ["resin"],
    "123tu": ["resin"],
    "résine": ["resin"],
    "resin": ["resin"],
    "Haschich": ["resin"],
    "cannabis": ["resin"],
    "drogues": ["cocaine", "resin", "year"],
    '"résine de cannabis"': ["resin"],
    "Maroc": ["resin"],
    "Équateur": ["cocaine", "year"],
    "Guayaquil": ["cocaine", "year"],
    "Иван": ["resin"],
    "petrov": ["resin"],
    "direction:import": ["cocaine", "resin", "year"],
    "commodity:drugs.cannabis": ["resin"],
    "commodity:résine": ["resin"],
    "-commodity:cocaine": ["resin"],
    "office:RDS bricks": ["resin"],
    "office:SFA": [],
    "year:2024": ["year"],
    "colour:red": [],
}

MISSPELT = ["cocane", "cooloing unti", "Sahell Friuts", "petrof", "résnie"]

CHOSEN: list[tuple[dict[str, Any], list[str]]] = [
    ({"filters": {"commodity": ["drugs"]}}, ["cocaine", "resin", "year"]),
    ({"filters": {"commodity": ["drugs.cannabis", "drugs.cocaine"]}}, ["cocaine", "resin", "year"]),
    ({"filters": {"concealment": [""]}}, ["resin"]),
    ({"filters": {"mode": ["vehicle"]}}, ["resin"]),
    ({"filters": {"departure": ["EC"], "year": ["2024"]}}, ["year"]),
    ({"filters": {"destination": [""]}}, ["resin"]),
    ({"filters": {"month": [""]}}, ["year"]),
    ({"filters": {"month": ["2025-03"]}}, ["resin"]),
    ({"filters": {"office": ["RDS", "SFA"]}}, ["cocaine", "resin", "year"]),
    ({"filters": {"office": ["SFA"]}}, []),
    ({"filters": {"lines.unit": ["kg"]}}, ["cocaine", "resin", "year"]),
    ({"filters": {"state": ["validated"]}}, []),
    ({"occurred_from": date(2025, 1, 1), "occurred_to": date(2025, 12, 31)}, ["resin"]),
    ({"occurred_from": date(2025, 3, 4)}, ["cocaine", "resin"]),
    ({"quality_below": 0}, []),
    ({"quality_below": 101}, ["cocaine", "resin", "year"]),
    ({"mine": True}, []),
    ({"has_photos": True}, []),
    ({"waiting": True}, ["cocaine", "resin", "year"]),
    ({"type": ""}, ["cocaine", "control", "resin", "year"]),
    ({"type": "control", "filters": {"subject": ["container"]}}, ["control"]),
]


def settle() -> None:
    """Do what the worker does: seal the log and bring the store to its end."""
    seal_all()
    catch_up(SEARCH)


@pytest.fixture(params=["live", "stored"])
def state(request: pytest.FixtureRequest) -> str:
    """Ask everything twice: while the store knows nothing yet, and when it has read all."""
    return str(request.param)


@pytest.fixture
def world(state: str) -> dict[str, UUID]:
    """Three cases and a control of one office, and a case of another."""
    officer = make.actor("officer", "RDS")
    resin = make.line(commodity="drugs.cannabis.resin", quantity="12", concealment=None, description="brown bricks")
    ids = {
        "cocaine": state_case(officer, narrative="Found behind the cooling unit by officer on night duty").record_id,
        "resin": state_case(
            officer,
            detected_at="2025-03-04T10:00+01:00",
            lines=[resin],
            consignments=None,
            route=[{"id": "r1", "role": "departure", "country": "MA"}],
            conveyances=[{"id": "v1", "mode": "vehicle", "plate": "123 TU 4567"}],
            persons=[{"id": "p1", "role": "driver", "name": "Иван Петров", "identified": "identified"}],
        ).record_id,
        "year": state_case(officer, detected_at="2024").record_id,
        "control": make.submit_control(officer).record_id,
        "sfax": state_case(make.actor("officer", "SFA"), office="SFA", narrative="cooling unit").record_id,
    }
    if state == "stored":
        settle()
    return ids


@pytest.fixture
def find(world: dict[str, UUID]) -> Find:
    """Search as an officer of Radès and name what was found, sorted."""
    officer = make.actor("officer", "RDS")
    names = {record_id: name for name, record_id in world.items()}

    def answer(text: str = "", **fields: object) -> list[str]:
        asked = SearchRequest(**{"type": "case", "text": text, **fields})
        result = search(officer, asked)
        assert result.total == len(result.ids)
        return sorted(names[record_id] for record_id in result.ids)

    return answer


def test_what_is_typed_finds(find: Find) -> None:
    assert {text: find(text) for text in TYPED} == TYPED


def test_misspellings_are_forgiven_where_nothing_is_spelt_so(find: Find) -> None:
    assert [text for text in MISSPELT if not find(text)] == []


def test_a_misspelling_is_told(world: dict[str, UUID]) -> None:
    officer = make.actor("officer", "RDS")
    assert search(officer, SearchRequest(text="cocane")).spelling_forgiven
    assert not search(officer, SearchRequest(text="cocaine")).spelling_forgiven


def test_what_is_chosen_narrows(find: Find) -> None:
    assert [(fields, find(**fields)) for fields, _ in CHOSEN] == CHOSEN


def test_facets_count_cases_once_with_all_levels_and_what_is_not_stated(world: dict[str, UUID]) -> None:
    wanted = ("commodity", "concealment", "departure", "month", "office", "state")
    result = search(make.actor("officer", "RDS"), SearchRequest(type="case", facets=wanted))
    assert dict(result.facets["commodity"]) == {
        "drugs": 3,
        "drugs.cocaine": 2,
        "drugs.cocaine.hydrochloride": 2,
        "drugs.cannabis": 1,
        "drugs.cannabis.resin": 1,
    }
    assert result.facets["departure"] == [("EC", 2), ("MA", 1)]
    assert result.facets["concealment"][-1] == ("", 1)
    assert result.facets["month"] == [("2025-03", 1), ("2026-06", 1), ("", 1)]
    assert result.facets["office"] == [("RDS", 3)]
    assert result.facets["state"] == [("submitted", 3)]


def test_a_filtered_facet_still_shows_its_other_values(world: dict[str, UUID]) -> None:
    asked = SearchRequest(type="case", filters={"departure": ["MA"]}, facets=("departure", "mode"))
    result = search(make.actor("officer", "RDS"), asked)
    assert result.total == 1
    assert dict(result.facets["departure"]) == {"EC": 2, "MA": 1}
    assert result.facets["mode"] == [("vehicle", 1)]


def test_lists_are_ordered_and_paged(world: dict[str, UUID]) -> None:
    officer = make.actor("officer", "RDS")
    newest = search(officer, SearchRequest(type="case")).ids
    assert newest == [world["cocaine"], world["resin"], world["year"]]
    assert search(officer, SearchRequest(type="case", sort="oldest")).ids == newest[::-1]
    assert search(officer, SearchRequest(type="case", sort="changed")).ids[0] == world["year"]
    references = [row.reference for row in search(officer, SearchRequest(type="case", sort="reference")).rows]
    assert references == sorted(references)
    page = search(officer, SearchRequest(type="case", offset=1, limit=1))
    assert (page.ids, page.total) == ([world["resin"]], 3)


def test_the_best_fit_comes_first(world: dict[str, UUID]) -> None:
    found = search(make.actor("analyst", "HQ"), SearchRequest(text="duty cooling", sort="relevance")).ids
    assert found[0] == world["cocaine"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (SearchRequest(filters={"no_such": ["x"]}), "search.unknown_filter"),
        (SearchRequest(facets=("no_such",)), "search.unknown_filter"),
        (SearchRequest(type="case", facets=("consignments.consignee",)), "search.unknown_filter"),
        (SearchRequest(type="case", facets=("operations",)), "search.not_counted"),
        (SearchRequest(offset=10_001), "search.too_deep"),
        (SearchRequest(limit=501), "search.too_deep"),
        (SearchRequest(sort="colour"), "search.unknown_sort"),
        (SearchRequest(text="x" * 401), "search.too_long"),
        (SearchRequest(text="x " * 30), "search.too_many_words"),
    ],
)
def test_a_wrong_question_is_refused_with_its_place(asked: SearchRequest, code: str) -> None:
    with pytest.raises(Invalid) as error:
        search(make.actor("officer", "RDS"), asked)
    assert error.value.code == code


def test_odd_characters_are_no_grammar(find: Find) -> None:
    for text in ('"', "-", ":", '-"', "a:", "()[]{}*?~^\\/", "\x00", "AND OR NOT", "*", "🙂", "١٢٣"):
        find(text)


def test_who_may_read_nothing_finds_nothing(world: dict[str, UUID]) -> None:
    administrator: Actor = make.actor("administrator", "HQ")
    result = search(administrator, SearchRequest(text="cocaine", facets=("state",)))
    assert (result.total, result.ids, result.facets) == (0, [], {})
