"""What is known already: earlier cases and clean checks with the same numbers, within what one may see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from opencen.seizures.queries import computed_quantities, known
from tests import make

pytestmark = pytest.mark.django_db

# What processes keep in memory asks for its stamp once a second: offices, national fields, code lists.
STAMPS = 3


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the text search of each test in a folder of its own."""
    monkeypatch.setattr(settings, "HOME", type(settings.HOME)(tmp_path))


def consigned(**fields: Any) -> list[dict[str, Any]]:
    return [{"id": "s1", **fields}]


def told(actor: Any, document: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {entry["path"]: (entry["count"], entry["checks"]) for entry in known(actor, document)}


def test_a_consignee_is_told_with_cases_and_clean_checks() -> None:
    officer = make.actor()
    sahel = consigned(consignee="Sahel Fruits Import SARL")
    days = ("2025-01-03", "2025-02-03", "2025-03-03")
    make.submit_cases(officer, [make.case_document(consignments=sahel, detected_at=day) for day in days])
    make.submit_control(officer, consignee="SAHEL  FRUITS import sarl", count=212)
    entry = known(officer, {"consignments": consigned(consignee="Sahel Fruits Import S.A.R.L.".replace(".", ""))})[0]
    assert (entry["count"], entry["checks"]) == (3, 212)
    assert entry["text"] == "3 earlier cases, 212 clean checks"
    assert [case["on"] for case in entry["newest"]] == ["3 Mar 2025", "3 Feb 2025", "3 Jan 2025"]
    assert entry["last"] == entry["newest"][0]
    assert entry["last"]["url"] == f"/cases/{entry['last']['id']}"
    assert entry["title"] == "Sahel Fruits Import SARL"


@pytest.mark.parametrize("written", ["OCLU3026189", "oclu 302618 9", "OCLU-302618-9"])
def test_a_container_is_known_however_it_is_written(written: str) -> None:
    officer = make.actor()
    make.submit_case(officer)
    entry = {"consignments": consigned(containers=[{"id": "c1", "number": written}])}
    assert told(officer, entry) == {"consignments.containers.number": (1, 0)}


def test_what_only_others_have_seen_is_not_known() -> None:
    make.submit_case(make.actor("officer", "SFA"), office="SFA")
    entry = make.case_document()
    assert known(make.actor("officer", "RDS"), entry) == []
    assert told(make.actor("analyst", "HQ"), entry)["consignments.consignee"] == (1, 0)


def test_an_entry_does_not_know_itself() -> None:
    officer = make.actor()
    stored = make.submit_case(officer)
    entry = {"consignments": consigned(consignee="Sahel Fruits Import SARL")}
    assert known(officer, entry, stored.record_id) == []
    assert len(known(officer, entry)) == 1


def test_the_way_and_the_hiding_place_are_told() -> None:
    officer = make.actor()
    make.submit_cases(officer, [make.case_document(consignments=[], detected_at=f"2025-0{n}-03") for n in (1, 2)])
    found = {entry["kind"]: entry for entry in known(officer, make.case_document(consignments=[]))}
    assert found["route"]["title"] == "Ecuador – Tunisia"
    assert (found["route"]["count"], found["concealment"]["count"]) == (2, 2)


HALF_TYPED: list[Any] = [
    {},
    {"lines": None},
    {"lines": [{"id": "l1", "quantity": "8x", "unit": "kg"}]},
    {"lines": ["x"]},
    {"lines": [{"quantity": "3"}]},
    {"consignments": {"consignee": "A"}},
    {"consignments": [{"consignee": "Sahel Fruits"}]},
    {"route": [{"id": "r1", "role": "departure", "country": "Nowhere"}, {"role": "destination", "country": "TN"}]},
    {"persons": [{"id": "p1", "phones": "123456"}]},
    {"lines": [{"id": "l1", "commodity": 5, "concealment": "boot", "quantity": {}}]},
    [],
    "text",
]


@pytest.mark.parametrize("document", HALF_TYPED)
def test_what_is_half_typed_breaks_nothing(document: Any) -> None:
    officer = make.actor()
    assert isinstance(known(officer, document), list)
    assert isinstance(computed_quantities(officer, document), list)


@pytest.mark.parametrize("part", [{"route": "TN"}, {"lines": [{"commodity": "drugs"}]}, {"traveller": ["TU 712"]}])
def test_a_part_that_is_half_typed_hides_nothing_of_the_others(part: Any) -> None:
    officer = make.actor()
    make.submit_case(officer, consignments=consigned(consignee="Sahel Fruits Import SARL"))
    stated = {**part, "consignments": consigned(consignee="Sahel Fruits Import SARL")}
    assert told(officer, stated)["consignments.consignee"] == (1, 0)


def test_quantities_are_computed_while_typing_with_their_rule() -> None:
    lines = [
        {"id": "l1", "commodity": "revenue.tobacco.cigarettes", "quantity": "412000", "unit": "pack"},
        {"id": "l2", "commodity": "revenue.alcohol.whisky", "quantity": "12", "unit": "bottle"},
        {"id": "l3", "commodity": "drugs.cocaine", "quantity": "2.5", "unit": "kg"},
    ]
    sticks, bottles, plain = computed_quantities(make.actor(), {"lines": lines})
    assert (sticks["value"], sticks["text"]) == ("8240000", "8,240,000\u00a0sticks")
    assert sticks["rule"] == "rule: 20 in one “pack”, as the trade packs it"
    assert (bottles["value"], bottles["problem"]) == (None, "quantity.size_missing")
    assert (plain["text"], plain["rule"]) == ("2.5\u00a0kg", "")


def test_an_entry_is_answered_in_few_queries(django_assert_max_num_queries: Any) -> None:
    officer = make.actor()
    make.submit_case(officer)
    known(officer, make.case_document())
    with django_assert_max_num_queries(12 + STAMPS):
        known(officer, make.case_document())
