"""What is known already of the people, companies and vessels that an entry names: told beside it, under the lock."""

from __future__ import annotations

from typing import Any

import pytest

from opencen.seizures.queries import known
from tests import make

pytestmark = pytest.mark.django_db


def told(
    actor: Any, kind: str, document: dict[str, Any], own: Any = None
) -> list[tuple[str, str, str, dict[str, str]]]:
    found = known(actor, document, own, kind)
    return [
        (one["kind"], one["title"], one["text"].split(" · ")[0], one["patch"])
        for one in found
        if one["patch"] or kind != "case"
    ]


@pytest.mark.parametrize(
    ("kind", "entry", "why"),
    [
        ("suspect", {"names": [{"id": "x", "text": "SAMI  Ouerdani"}]}, "Same name"),
        ("suspect", {"names": [{"id": "x", "text": "سامي الورداني"}]}, "Same name"),
        ("suspect", {"documents": [{"id": "x", "number": "t 4471180"}]}, "Same number"),
        ("suspect", {"phones": ["+216 71 555 018"]}, "Same number"),
        ("company", {"names": [{"id": "x", "text": "sahel fruits import sarl"}]}, "Same name"),
        ("company", {"registrations": [{"id": "x", "number": "B-2481726-2016"}]}, "Same number"),
        ("conveyance", {"imo": "9365049"}, "Same number"),
        ("conveyance", {"names": [{"id": "x", "text": "Castor Line"}]}, "Same name"),
    ],
)
def test_an_entry_is_told_of_a_record_of_the_same(kind: str, entry: dict[str, Any], why: str) -> None:
    officer = make.actor()
    stored = make.submit_subject(officer, kind)
    assert [(one[0], one[2], one[3]) for one in told(officer, kind, entry)] == [(kind, why, {})]
    (found,) = known(officer, entry, None, kind)
    assert found["url"].endswith(str(stored.record_id))
    assert str(stored.reference) in found["text"]
    assert known(officer, entry, stored.record_id, kind) == []
    assert known(make.actor("officer", "SFA"), entry, None, kind) == []


@pytest.mark.parametrize(
    ("part", "kind", "at"),
    [
        ({"persons": [{"id": "p1", "name": "Sami Ouerdani"}]}, "suspect", "persons[p1].suspect"),
        (
            {"persons": [{"id": "p1", "documents": [{"id": "d", "number": "T4471180"}]}]},
            "suspect",
            "persons[p1].suspect",
        ),
        ({"companies": [{"id": "k", "registration_number": "B24817262016"}]}, "company", "companies[k].company"),
        ({"conveyances": [{"id": "v", "vessel_imo": "9365049"}]}, "conveyance", "conveyances[v].record"),
    ],
)
def test_a_case_is_offered_to_link_the_record_with_one_click(part: dict[str, Any], kind: str, at: str) -> None:
    officer = make.actor()
    stored = make.submit_subject(officer, kind)
    assert [(one[0], one[3]) for one in told(officer, "case", part)] == [(kind, {at: str(stored.record_id)})]
    (held,) = part.values()
    linked = {next(iter(part)): [{**held[0], at.rpartition(".")[2]: str(stored.record_id)}]}
    assert told(officer, "case", linked) == []


def test_a_company_is_offered_to_link_its_manager() -> None:
    officer = make.actor()
    stored = make.submit_subject(officer)
    entry = {"people": [{"id": "h1", "role": "manager", "name": "Sami Ouerdani"}]}
    assert [one[3] for one in told(officer, "company", entry)] == [{"people[h1].record": str(stored.record_id)}]


@pytest.mark.parametrize(
    "entry",
    [{}, {"names": "x"}, {"names": [None, 3]}, {"persons": [{"name": "Sami Ouerdani"}]}, {"people": {"name": 1}}],
)
@pytest.mark.parametrize("kind", ["case", "suspect", "company", "conveyance", "control", "nothing"])
def test_what_is_half_typed_says_nothing(entry: dict[str, Any], kind: str) -> None:
    officer = make.actor()
    make.submit_subject(officer)
    assert known(officer, entry, None, kind) == []


def test_a_record_is_told_of_in_few_queries(django_assert_max_num_queries: Any) -> None:
    officer = make.actor()
    make.submit_subject(officer)
    known(officer, make.suspect_document(), None, "suspect")
    with django_assert_max_num_queries(6):
        assert known(officer, make.suspect_document(), None, "suspect")
