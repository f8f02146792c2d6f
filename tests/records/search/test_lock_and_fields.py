"""Three people, nominal fields apart, and national fields without a change of code."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up
from opencen.records.fields import NewField, add_field
from opencen.records.search import queries
from opencen.records.search.columns import facets_of
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.search.store import SEARCH
from tests import make
from tests.records.search.stating import state_case

pytestmark = pytest.mark.django_db

PERSON = {"id": "p1", "role": "driver", "identified": "identified", "name": "Zebulon Quartermaine"}


@pytest.fixture(params=["live", "stored"])
def settle(request: pytest.FixtureRequest) -> object:
    """Give the worker's work, or nothing: everything must answer alike."""

    def work() -> None:
        if request.param == "stored":
            seal_all()
            catch_up(SEARCH)

    return work


def total(actor: Actor, text: str = "", **fields: object) -> int:
    """Count an answer; facets and totals must say the same."""
    result = search(actor, SearchRequest(**{"type": "case", "text": text, "facets": ("state",), **fields}))
    assert sum(count for _, count in result.facets.get("state", ())) == result.total == len(result.rows)
    return result.total


def test_three_people_see_what_the_lock_lets_them(settle) -> None:
    owner, stranger, head = make.actor("officer", "RDS"), make.actor("officer", "SFA"), make.actor("validator", "RDS")
    nobody = replace(owner, permissions=frozenset())
    room = uuid4()
    state_case(owner, persons=[PERSON])
    state_case(owner, {"compartment": room})
    state_case(owner, {"sensitivity": 2})
    settle()
    cleared, inside = replace(owner, clearance=2), replace(owner, compartments=frozenset({room}))
    assert [total(actor) for actor in (owner, stranger, head, nobody)] == [1, 0, 1, 0]
    assert [total(actor) for actor in (cleared, inside, replace(cleared, compartments=frozenset({room})))] == [2, 2, 3]
    assert [total(actor, "Quartermaine") for actor in (owner, stranger, nobody)] == [1, 0, 0]
    assert [total(actor, "OCLU3026189") for actor in (owner, stranger, nobody)] == [1, 0, 0]


def test_nominal_fields_can_be_cut(settle, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make.actor("officer", "RDS")
    state_case(officer, persons=[PERSON], narrative="the whole story")
    settle()
    nominal = ("Quartermaine", "story", '"whole story"', "OCLU3026189", "Quartermain")
    assert [total(officer, text) for text in nominal] == [1, 1, 1, 1, 1]
    monkeypatch.setattr(queries, "reads_nominal", lambda actor: False)
    assert [total(officer, text) for text in nominal] == [0, 0, 0, 0, 0]
    assert total(officer, "cocaine") == 1
    with pytest.raises(Invalid):
        total(officer, filters={"consignments.bill_of_lading": ["x"]})


def test_a_national_field_is_found_filtered_and_counted_at_once(settle) -> None:
    administrator = make.actor("administrator", "HQ")
    officer = make.actor("officer", "RDS")
    state_case(officer)
    settle()
    for name, kind, extra in (
        ("risk_level", "code", {"codelist": "yes_no"}),
        ("is_joint", "boolean", {}),
        ("district_fee", "decimal", {}),
        ("file_note", "text", {}),
    ):
        field = NewField(type="case", name=name, kind=kind, labels={"en": name, "fr": name}, nominal=False, **extra)
        add_field(administrator, field=field)
    national = {"risk_level": "yes", "is_joint": True, "district_fee": "12.50", "file_note": "Blue Folder"}
    state_case(officer, national=national)
    state_case(officer, national={"district_fee": "-3"})
    settle()
    assert {"national.risk_level", "national.is_joint"} < facets_of("case").keys()
    result = search(officer, SearchRequest(type="case", facets=("national.risk_level", "national.is_joint")))
    assert result.facets == {"national.risk_level": [("yes", 1), ("", 2)], "national.is_joint": [("true", 1), ("", 2)]}
    assert total(officer, filters={"national.risk_level": ["yes"]}) == 1
    assert total(officer, filters={"national.file_note": ["blue folder"]}) == 1
    assert total(officer, "folder") == 1
    low, high = Decimal("-3"), Decimal("12.5")
    ranges = [
        (None, None),
        (Decimal(12), Decimal(13)),
        (Decimal("12.51"), None),
        (None, Decimal(0)),
        (low, low),
        (low, high),
    ]
    assert [total(officer, numbers={"national.district_fee": ends}) for ends in ranges] == [2, 1, 0, 1, 1, 2]
    with pytest.raises(Invalid):
        total(officer, numbers={"national.risk_level": (None, None)})
