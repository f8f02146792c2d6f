"""People by when they were born: any precision, beside a name or alone, in every language, under the lock."""

from __future__ import annotations

from dataclasses import replace

import pytest

from opencen.kernel.errors import Invalid
from opencen.records.search import births, queries
from opencen.records.search.queries import find_all, search
from opencen.records.search.request import SearchRequest
from tests import make
from tests.records.search.test_search import settle

pytestmark = pytest.mark.django_db

BORN = {"Sami Ouerdani": "1975-04-12", "Sami Trabelsi": "1980", "Leila Ouerdani": "1975-11", "Nobody Known": ""}
ASKED = {
    "birth:1975": ["Leila Ouerdani", "Sami Ouerdani"],
    "birth:1975-04": ["Sami Ouerdani"],
    "birth:1975-4-12": ["Sami Ouerdani"],
    "birth:12.04.1975": ["Sami Ouerdani"],
    "birth:04/1975": ["Sami Ouerdani"],
    "birth:1974": [],
    "birth:1975..1980": ["Leila Ouerdani", "Sami Ouerdani", "Sami Trabelsi"],
    "birth:..1975-05": ["Sami Ouerdani"],
    "birth:>1975": ["Sami Trabelsi"],
    "birth:<1980": ["Leila Ouerdani", "Sami Ouerdani"],
    "birth:<=1980": ["Leila Ouerdani", "Sami Ouerdani", "Sami Trabelsi"],
    "sami birth:1975": ["Sami Ouerdani"],
    "sami -birth:1975": ["Sami Trabelsi"],
    "-birth:1975": ["Nobody Known", "Sami Trabelsi"],
    "sammi birth:1975": ["Sami Ouerdani"],
    "sami 1975": ["Sami Ouerdani"],
    "1975 ouerdani": ["Leila Ouerdani", "Sami Ouerdani"],
    "sami 1976": [],
    "born:1975 leila": ["Leila Ouerdani"],
    "né:1975 leila": ["Leila Ouerdani"],
    "NÉE:1975 leila": ["Leila Ouerdani"],
    "date_de_naissance:1975 leila": ["Leila Ouerdani"],
    "naissance:1975 leila": ["Leila Ouerdani"],
    "nacida:1975 leila": ["Leila Ouerdani"],
    "fecha_de_nacimiento:1975 leila": ["Leila Ouerdani"],
    "nascida:1975 leila": ["Leila Ouerdani"],
    "data_de_nascimento:1975 leila": ["Leila Ouerdani"],
    "مواليد:1975 leila": ["Leila Ouerdani"],
    "تاريخ_الميلاد:١٩٧٥ leila": ["Leila Ouerdani"],
    "leila ١٩٧٥": ["Leila Ouerdani"],
}


@pytest.fixture(params=["live", "stored"])
def world(request: pytest.FixtureRequest) -> None:
    """Record some people of one office and one of another, before and after the store has read them."""
    people = [("RDS", name, date) for name, date in BORN.items()] + [("SFA", "Sami Elsewhere", "1975-04-12")]
    for office, name, date in people:
        make.submit_subject(
            make.actor("officer", office), office=office, names=[{"id": "n1", "text": name, "type": "full"}],
            births=[{"id": "b1", "date": date}] if date else None, documents=None, phones=None,
        )  # fmt: skip
    if request.param == "stored":
        settle()


def found(text: str, kind: str = "suspect") -> list[str]:
    """Search as an officer of Radès and name who was found."""
    rows = search(make.actor("officer", "RDS"), SearchRequest(type=kind, text=text)).rows
    return sorted(str(row.nominal_summary).partition('"name":"')[2].partition('"')[0] for row in rows)


def test_people_are_found_by_when_they_were_born(world: None) -> None:
    assert {text: found(text) for text in ASKED} == ASKED


def test_many_of_one_name_are_found_by_their_year_too(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "NARROW", 1)
    assert {text: found(text) for text in ASKED} == ASKED


def test_a_search_of_everything_and_a_whole_list_read_births_too(world: None) -> None:
    assert found("sami birth:1975", "") == ["Sami Ouerdani"]
    actor = make.actor("officer", "RDS")
    assert len(find_all(actor, SearchRequest(type="suspect", text="birth:1975"), most=10)) == 2


def test_more_births_than_can_be_listed_are_refused(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(births, "MOST_BORN", 1)
    with pytest.raises(Invalid, match="too_many_born"):
        found("birth:1975")
    assert found("leila birth:1975") == ["Leila Ouerdani"]


@pytest.mark.parametrize("text", ["birth:spring", "birth:75", "birth:1.2.3.4"])
def test_a_birth_that_cannot_be_read_is_said_so(world: None, text: str) -> None:
    with pytest.raises(Invalid, match="date_unreadable"):
        found(text)


def test_a_case_is_found_by_the_year_that_it_states(world: None) -> None:
    person = {"id": "p1", "role": "driver", "name": "Omar Gharbi", "birth_year": 1975}
    case = make.submit_case(make.actor("officer", "RDS"), persons=[person])
    actor = make.actor("officer", "RDS")
    for text, is_found in (("omar birth:1975", True), ("né:1970..1979", True), ("omar birth:1976", False)):
        assert (search(actor, SearchRequest(type="case", text=text)).ids == [case.record_id]) is is_found, text
    assert case.record_id in search(actor, SearchRequest(text="birth:1975")).ids


def test_a_chosen_value_leaves_the_counts_of_the_others_beside_a_birth(world: None) -> None:
    asked = SearchRequest(type="suspect", text="sami birth:1975..1980", facets=("sex",), filters={"sex": ["female"]})
    whole = search(make.actor("officer", "RDS"), replace(asked, filters={}))
    chosen = search(make.actor("officer", "RDS"), asked)
    assert (whole.total, chosen.total) == (2, 0)
    assert chosen.facets == whole.facets
