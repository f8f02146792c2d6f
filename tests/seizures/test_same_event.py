"""Cases of several agencies that are one event have one event id, whoever states the relation."""

from __future__ import annotations

from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencen.kernel.ids import uuid7
from opencen.seizures.same_event import all_event_groups, event_group, event_groups, join_pairs
from tests import make


def related(kind: str, *others: UUID) -> list[dict[str, str]]:
    return [{"id": f"x{n}", "kind": kind, "record": str(other)} for n, other in enumerate(others)]


@pytest.mark.django_db
def test_a_chain_of_cases_is_one_event_and_others_stand_alone() -> None:
    actor = make.actor("analyst", "HQ")
    day = iter(f"2026-0{n}-01" for n in range(1, 9))

    def case(*relations: dict[str, str]) -> UUID:
        return make.submit_case(actor, consignments=[], detected_at=next(day), relations=list(relations)).record_id

    first, alone = case(), case()
    second = case(*related("same_event", first))
    third = case(*related("same_event", second))
    follow_up = case(*related("follow_up", first))
    expected = {first: first, second: first, third: first, alone: alone, follow_up: follow_up}
    assert event_groups(list(expected)) == expected
    assert all(event_group(case_id) == group for case_id, group in expected.items())
    assert all_event_groups() == {first: first, second: first, third: first}


@pytest.mark.django_db
def test_a_relation_to_nothing_harms_nothing() -> None:
    actor = make.actor("analyst", "HQ")
    found = make.submit_case(actor, relations=[{"id": "x1", "kind": "same_event", "record": "not-an-id"}])
    assert event_group(found.record_id) == found.record_id


def test_the_order_of_relations_does_not_matter() -> None:
    a, b, c, d = (uuid7() for _ in range(4))
    for pairs in permutations([(a, b), (c, d), (b, c)]):
        assert set(join_pairs(pairs).values()) == {a}


small_ids = st.integers(0, 12).map(lambda number: UUID(int=number))


@given(st.lists(st.tuples(small_ids, small_ids), max_size=20))
def test_connected_cases_always_share_their_smallest_id(pairs: list[tuple[UUID, UUID]]) -> None:
    groups = join_pairs(pairs)
    for first, second in pairs:
        assert groups[first] == groups[second]
    for case_id, group in groups.items():
        assert group <= case_id
        assert groups[group] == group
