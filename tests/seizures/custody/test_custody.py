"""Exhibits: what acts add up to, what is refused, what is due, who sees them, and what an erasure leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from opencen.kernel.clock import clock_at, now
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.seizures.custody.clocks import clocks_for
from opencen.seizures.custody.labels import check_sign, make_label, read_label, write_label
from opencen.seizures.custody.models import CustodyAct
from opencen.seizures.custody.queries import balance_of, find_by_label, list_exhibits, view_exhibit
from opencen.seizures.custody.services import record_custody, set_clocks, take_in
from tests import make
from tests.seizures.custody.acting import HANDED, TWO, act, taken

pytestmark = pytest.mark.django_db


def codes(keeper, exhibit):
    return [found.code for found in view_exhibit(keeper, exhibit.id).state.problems]


def test_an_exhibit_is_taken_in_with_a_label_that_a_scanner_reads(keeper, case):
    exhibit = taken(keeper, case)
    assert (exhibit.number, exhibit.status, exhibit.place, exhibit.seal) == ("1", "held", "Store 1, shelf 4", "TN 4471")
    assert find_by_label(keeper, write_label(exhibit.label).lower()) == exhibit.id
    assert find_by_label(make.actor("officer", "SFA"), exhibit.label) is None


@pytest.mark.parametrize("place", range(1, 10))
def test_a_label_with_one_wrong_sign_is_no_label(place):
    label = make_label()
    assert read_label(label) == label
    other = next(sign for sign in "23456789" if sign != label[place])
    wrong = label[:place] + other + label[place + 1 :]
    assert read_label(wrong) == (wrong if check_sign(wrong[:-1]) == wrong[-1] else "")


def test_a_sample_is_an_exhibit_of_its_own_and_the_balance_closes(keeper, case):
    exhibit = taken(keeper, case)
    sample = act(keeper, exhibit, "sampled", amount="420", unit="g")
    assert (sample.number, sample.parent_id, sample.present) == ("1.1", exhibit.id, 420)
    act(keeper, exhibit, "weighed", amount="86.00")
    act(keeper, exhibit, "disposed", amount="86", method="destroyed", is_last="1", people=TWO)
    view = view_exhibit(keeper, exhibit.id)
    assert view.row.status == "ended"
    assert view.state.problems == []
    assert view.state.accounted == view.state.came_in


def test_what_is_not_accounted_for_is_said_with_its_numbers(keeper, case):
    exhibit = taken(keeper, case)
    act(keeper, exhibit, "disposed", amount="80", method="destroyed", is_last="1", people=TWO)
    view = view_exhibit(keeper, exhibit.id)
    assert [found.code for found in view.state.problems] == ["custody.balance_open"]
    assert "86.42\u00a0kg came in; 80\u00a0kg are accounted for" in view.problems[0].message
    assert "6.42\u00a0kg are not" in view.problems[0].message


@pytest.mark.parametrize(("found", "expected"), [("86.40", []), ("85.9", ["custody.weight_differs"])])
def test_a_weighing_is_held_against_the_tolerance_of_the_goods(keeper, case, found, expected):
    exhibit = taken(keeper, case)
    act(keeper, exhibit, "weighed", amount=found)
    assert codes(keeper, exhibit) == expected
    assert list_exhibits(keeper, "off").counts["off"] == len(expected)


def test_a_difference_that_is_explained_is_expected_from_then_on(keeper, case):
    exhibit = taken(keeper, case)
    act(keeper, exhibit, "weighed", amount="85.9", reason="The wet sacks dried.")
    assert codes(keeper, exhibit) == []
    act(keeper, exhibit, "weighed", amount="85.9")
    assert codes(keeper, exhibit) == []


def test_a_correction_is_a_new_act_and_the_earlier_one_stays(keeper, case):
    exhibit = taken(keeper, case)
    act(keeper, exhibit, "weighed", amount="8.642")
    assert codes(keeper, exhibit) == ["custody.weight_differs"]
    wrong = CustodyAct.objects.get(exhibit=exhibit, kind="weighed")
    record_custody(keeper, exhibit_id=exhibit.id, kind="weighed", given={"amount": "86.42"}, corrects=wrong.id)
    view = view_exhibit(keeper, exhibit.id)
    assert view.state.problems == []
    assert [(one.kind, one.state) for one in view.acts if one.kind == "weighed"] == [
        ("weighed", ""),
        ("weighed", "corrected"),
    ]
    with pytest.raises(Conflict, match="corrected_already"):
        record_custody(keeper, exhibit_id=exhibit.id, kind="weighed", given={"amount": "1"}, corrects=wrong.id)


def test_the_database_refuses_to_change_or_delete_an_act(keeper, case):
    taken(keeper, case)
    for change in (lambda rows: rows.update(public="{}", kind="moved"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(CustodyAct.objects.all())


def test_a_seal_that_is_another_one_is_noted(keeper, case):
    exhibit = taken(keeper, case)
    act(keeper, exhibit, "weighed", amount="86.42", seal_found="tn-4471")
    assert codes(keeper, exhibit) == []
    act(keeper, exhibit, "weighed", amount="86.42", seal_found="TN 4477")
    assert codes(keeper, exhibit) == ["custody.seal_differs"]


@pytest.mark.parametrize(
    ("kind", "given", "error", "code"),
    [
        ("weighed", {}, Invalid, "act.missing"),
        ("weighed", {"amount": "12 kg"}, Invalid, "act.not_a_number"),
        ("weighed", {"amount": "-1"}, Invalid, "act.not_a_number"),
        ("weighed", {"amount": "NaN"}, Invalid, "act.not_a_number"),
        ("weighed", {"amount": "10", "unit": "l"}, Invalid, "custody.unit_differs"),
        ("weighed", {"amount": "10", "unit": "furlong"}, Invalid, "act.not_a_choice"),
        ("weighed", {"amount": "10", "colour": "red"}, Invalid, "act.unknown_field"),
        ("sampled", {"amount": "90"}, Invalid, "custody.more_than_there"),
        ("came_back", {"place": "Store 1"}, Conflict, "custody.is_here"),
        ("handed_over", {**HANDED, "to": "friend"}, Invalid, "act.not_a_choice"),
        ("handed_over", {**HANDED, "back_by": "soon"}, Invalid, "act.not_a_day"),
        ("handed_over", {**HANDED, "receipt": "0" * 64}, NotFound, "media.not_found"),
        ("disposed", {"method": "destroyed", "amount": "1", "people": TWO[:1]}, Invalid, "custody.witnesses_missing"),
        ("inventoried", {"found": "yes", "people": [{"name": "X"}]}, Invalid, "act.capacity_missing"),
        (
            "inventoried",
            {"found": "yes", "people": [{"name": "X", "capacity": "owner", "signed": "0"}]},
            Invalid,
            "act.signature_missing",
        ),
        ("taken_in", {"amount": "1", "unit": "kg"}, NotFound, "custody.unknown_act"),
        ("teleported", {}, NotFound, "custody.unknown_act"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason_and_nothing_is_stored(keeper, case, kind, given, error, code):
    exhibit = taken(keeper, case)
    with pytest.raises(error) as raised:
        act(keeper, exhibit, kind, **given)
    assert raised.value.code == code
    assert CustodyAct.objects.filter(exhibit=exhibit).count() == 1


def test_an_exhibit_that_is_out_is_moved_by_nobody_until_it_came_back(keeper, case):
    exhibit = taken(keeper, case)
    act(keeper, exhibit, "handed_over", **HANDED)
    with pytest.raises(Conflict, match="is_out"):
        act(keeper, exhibit, "moved", place="Store 2")
    act(keeper, exhibit, "came_back", place="Store 2", amount="86.42")
    assert view_exhibit(keeper, exhibit.id).row.place == "Store 2"


def test_an_act_of_tomorrow_is_refused(keeper, case):
    exhibit = taken(keeper, case)
    later = now() + timedelta(days=1)
    with pytest.raises(Invalid, match="in_the_future"):
        record_custody(keeper, exhibit_id=exhibit.id, kind="moved", given={"place": "S2"}, at=later)


def test_drugs_that_no_laboratory_got_within_a_day_are_overdue(keeper, case):
    exhibit = taken(keeper, case)
    assert exhibit.due_for == "laboratory"
    assert list_exhibits(keeper, "overdue").rows == ()
    with clock_at(now() + timedelta(hours=25)):
        assert [row.id for row in list_exhibits(keeper, "overdue").rows] == [exhibit.id]
        sample = act(keeper, exhibit, "sampled", amount="10", unit="g")
        act(keeper, sample, "handed_over", **HANDED)
        assert list_exhibits(keeper, "overdue").rows == ()
    sample.refresh_from_db()
    assert sample.due_for == "result"


def test_an_exhibit_without_a_place_has_to_be_stored(keeper, case):
    exhibit = taken(keeper, case, place="")
    assert {exhibit.due_for} <= {"store", "laboratory"}
    names = [due.name for due in view_exhibit(keeper, exhibit.id).dues]
    assert "store" in names


def test_an_administrator_sets_clocks_and_open_exhibits_follow(keeper, case):
    exhibit = taken(keeper, case)
    administrator = make.actor("administrator", "HQ")
    set_clocks(administrator, commodity="drugs.cocaine", given={"laboratory_hours": "6", "tolerance_percent": "2"})
    exhibit.refresh_from_db()
    assert exhibit.due_at - CustodyAct.objects.get(exhibit=exhibit).at == timedelta(hours=6)
    assert clocks_for("drugs.cocaine.hydrochloride").store_hours == 24
    set_clocks(administrator, commodity="drugs.cocaine", given={"laboratory_hours": "-"})
    exhibit.refresh_from_db()
    assert exhibit.due_for == "inventory"
    with pytest.raises(Invalid, match="clock_number"):
        set_clocks(administrator, commodity="", given={"store_hours": "1.5"})
    with pytest.raises(Forbidden):
        set_clocks(keeper, commodity="", given={})


def test_the_laboratory_that_finds_something_else_is_noted(keeper, case):
    exhibit = taken(keeper, case)
    found = {"laboratory": "NL", "certificate": "26-113", "substance": "drugs.cannabis.resin", "used": "0.01"}
    act(keeper, exhibit, "result", **found)
    assert codes(keeper, exhibit) == ["custody.substance_differs"]


def test_exhibits_that_weigh_less_than_the_case_states_are_said_with_both_numbers(keeper, case):
    taken(keeper, case, amount="50")
    said = balance_of(keeper, case.record_id)[0].message
    assert "50\u00a0kg" in said
    assert "86.42\u00a0kg" in said
    taken(keeper, case, amount="36.42")
    assert balance_of(keeper, case.record_id) == []


def test_what_the_store_took_in_gross_agrees_though_the_laboratory_found_less_net(keeper):
    net = {"id": "a1", "stage": "laboratory", "quantity": "78.17", "unit": "kg", "basis": "net", "certificate": "NL 1"}
    case = make.submit_case(make.actor("officer"), lines=[make.line(assessments=[net])])
    exhibit = taken(keeper, case)
    assert balance_of(keeper, case.record_id) == []
    other = taken(keeper, case, amount="5")
    assert "91.42\u00a0kg" in balance_of(keeper, case.record_id)[0].message
    began = CustodyAct.objects.get(exhibit=other)
    record_custody(keeper, exhibit_id=other.id, kind="withdrawn", given={"reason": "twice"}, corrects=began.id)
    assert balance_of(keeper, case.record_id) == []
    assert exhibit.status == "held"


def test_goods_of_which_only_the_declared_weight_is_known_agree_with_it(keeper):
    line = make.line(quantity="20.5", unit="kg", basis="declared")
    case = make.submit_case(make.actor("officer"), lines=[line])
    taken(keeper, case, amount="20.5")
    assert balance_of(keeper, case.record_id) == []


def test_an_exhibit_of_a_case_one_may_not_see_does_not_exist(keeper, case):
    exhibit = taken(keeper, case)
    stranger = make.actor("validator", "SFA", covers="SFA")
    for call in (
        lambda: view_exhibit(stranger, exhibit.id),
        lambda: act(stranger, exhibit, "moved", place="Mine"),
        lambda: take_in(stranger, case_id=case.record_id, given={"amount": "1", "unit": "kg"}),
    ):
        with pytest.raises(NotFound):
            call()
    assert list_exhibits(stranger, "held").counts == {"overdue": 0, "off": 0, "held": 0, "out": 0, "ended": 0}


def test_only_who_may_dispose_disposes(case):
    officer = make.actor("officer")
    exhibit = taken(officer, case)
    with pytest.raises(Forbidden):
        act(officer, exhibit, "disposed", amount="1", method="destroyed", people=TWO)
