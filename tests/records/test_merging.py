"""Settling a conflict: both values of each field, one choice each, through the one door in, under the lock."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.log.models import Entry
from opencen.records.documents import documents_of
from opencen.records.intake import submit
from opencen.records.merge import merge_documents
from opencen.records.merging import choose_document, list_merges, merge_by_choices, merges_of, read_merge, settle_merge
from opencen.records.models import MergeTask, Record
from opencen.records.review import validate_record
from opencen.records.schema import build_tree
from opencen.seizures.documents import Case
from tests import make

TREE = build_tree(Case)
pytestmark = pytest.mark.django_db


def conflict(officer: Any, present: dict[str, Any], later: dict[str, Any]) -> MergeTask:
    receipt = make.submit_case(officer)
    make.amend_case(officer, receipt.record_id, 1, make.case_document(**present))
    refused = submit(officer, make.submission(make.case_document(**later), id=receipt.record_id, base_revision=1))
    assert refused.outcome == "conflict"
    return MergeTask.objects.get(record_id=receipt.record_id)


def present_document(task: MergeTask) -> dict[str, Any]:
    record = Record.objects.get(pk=task.record_id)
    return documents_of("case", [(record.id, record.revision)])[record.id]


def test_a_conflict_shows_both_values_of_each_field_and_who_stated_them() -> None:
    officer = make.actor("officer", "RDS", name="Amel Ghariani")
    task = conflict(officer, {"unit": "Team A"}, {"unit": "Team B"})
    view = read_merge(officer, task.id)
    assert [(c.path, c.before, c.present, c.later) for c in view.contradictions] == [("unit", None, "Team A", "Team B")]
    assert (view.revision, view.present_author, view.later_author) == (2, "Amel Ghariani", "Amel Ghariani")
    assert [(found.id, found.fields) for found in list_merges(officer)] == [(task.id, 1)]


@pytest.mark.parametrize(("side", "unit"), [("present", "Team A"), ("later", "Team B")])
def test_the_chosen_value_holds_and_what_only_one_side_said_is_kept(side: str, unit: str) -> None:
    officer = make.actor("officer", "RDS")
    line = make.line(quantity="80")
    task = conflict(officer, {"unit": "Team A"}, {"unit": "Team B", "lines": [line]})
    document = choose_document(officer, task.id, {"unit": side})
    receipt = settle_merge(officer, task_id=task.id, document=document, revision=2)
    assert (receipt.outcome, receipt.revision) == ("stored", 3)
    stored = present_document(task)
    assert (stored["unit"], stored["lines"][0]["quantity"]) == (unit, "80")
    assert list_merges(officer) == []
    assert Entry.objects.filter(act="record.merge_settled", subject_id=str(task.record_id)).exists()


def test_a_settled_record_may_be_validated_and_an_open_one_not() -> None:
    officer, validator = make.actor("officer", "RDS"), make.actor("validator", "DTN")
    task = conflict(officer, {"unit": "Team A"}, {"unit": "Team B"})
    with pytest.raises(Conflict, match=r"record\.merge_open"):
        validate_record(validator, record_id=task.record_id, revision=2)
    document = choose_document(officer, task.id, {"unit": "present"})
    assert settle_merge(officer, task_id=task.id, document=document, revision=2).outcome == "unchanged"
    assert validate_record(validator, record_id=task.record_id, revision=2).state == "validated"


def test_a_document_that_the_door_refuses_leaves_the_conflict_open() -> None:
    officer = make.actor("officer", "RDS")
    task = conflict(officer, {"unit": "Team A"}, {"unit": "Team B"})
    wrong = make.case_document(unit="Team B", detected_at="2999-01-01")
    receipt = settle_merge(officer, task_id=task.id, document=wrong, revision=2)
    assert receipt.outcome == "refused"
    assert [found.id for found in list_merges(officer)] == [task.id]


def test_a_record_that_changed_meanwhile_is_looked_at_again() -> None:
    officer = make.actor("officer", "RDS")
    task = conflict(officer, {"unit": "Team A"}, {"unit": "Team B"})
    document = choose_document(officer, task.id, {"unit": "later"})
    make.amend_case(officer, task.record_id, 2, make.case_document(unit="Team C"))
    with pytest.raises(Conflict, match=r"record\.changed"):
        settle_merge(officer, task_id=task.id, document=document, revision=2)


@pytest.mark.parametrize("choices", [{}, {"unit": "neither"}, {"direction": "later"}])
def test_an_undecided_field_is_named(choices: dict[str, str]) -> None:
    officer = make.actor("officer", "RDS")
    task = conflict(officer, {"unit": "Team A"}, {"unit": "Team B"})
    with pytest.raises(Invalid, match=r"merge\.undecided") as caught:
        choose_document(officer, task.id, choices)
    assert caught.value.path == "unit"


def test_a_conflict_is_for_who_may_see_and_record_its_record() -> None:
    task = conflict(make.actor("officer", "RDS"), {"unit": "Team A"}, {"unit": "Team B"})
    stranger, reader = make.actor("officer", "SFA"), make.actor("auditor", "HQ")
    for act in (read_merge, lambda actor, key: choose_document(actor, key, {"unit": "later"})):
        with pytest.raises(NotFound):
            act(stranger, task.id)
        with pytest.raises(Forbidden):
            act(reader, task.id)
    with pytest.raises(NotFound):
        settle_merge(stranger, task_id=task.id, document=make.case_document(), revision=2)
    assert list_merges(stranger) == list_merges(reader) == []
    assert merges_of(stranger, task.record_id) == []


ITEM = st.fixed_dictionaries(
    {"id": st.sampled_from("abcd")}, optional={"country": st.sampled_from(["TN", "LY"]), "mode": st.just("air")}
)
DOCUMENT = st.fixed_dictionaries(
    {},
    optional={
        "unit": st.sampled_from("XYZ"),
        "route": st.lists(ITEM, max_size=4, unique_by=lambda item: item["id"]),
    },
)


@given(DOCUMENT, DOCUMENT, DOCUMENT, st.data())
def test_any_choice_for_every_contradiction_leaves_none(base: Any, present: Any, later: Any, data: Any) -> None:
    conflicts = merge_documents(base, present, later, TREE).conflicts
    choices = {path: data.draw(st.sampled_from(["present", "later"])) for path in conflicts}
    assert merge_by_choices(base, present, later, TREE, choices).conflicts == []


def test_an_item_that_is_kept_keeps_its_place() -> None:
    base = {"route": [{"id": key} for key in "bca"]}
    present = {"route": [{"id": "b"}, {"id": "c", "country": "TN"}, {"id": "a"}]}
    later = {"route": [{"id": "b"}, {"id": "a"}]}
    kept = merge_by_choices(base, present, later, TREE, {"route[c]": "present"})
    assert (kept.document, kept.conflicts) == (present, [])


def test_an_order_that_contradicts_only_through_a_kept_item_follows_its_side() -> None:
    base = {"route": [{"id": key} for key in "123"]}
    present = {"route": [{"id": "2", "country": "TN"}, {"id": "1"}, {"id": "3"}]}
    later = {"route": [{"id": "3"}, {"id": "1"}]}
    kept = merge_by_choices(base, present, later, TREE, {"route[2]": "present"})
    assert (kept.document, kept.conflicts) == (present, [])
