"""Acts entered wrongly: a correction keeps the history, reaches the sample, and breaks nothing that happened later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opencen.kernel.clock import clock_at, now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.records.media import store_media
from opencen.seizures.custody.models import CustodyAct, Exhibit
from opencen.seizures.custody.queries import list_exhibits, view_exhibit
from opencen.seizures.custody.services import open_receipt, record_custody
from tests import make
from tests.records.test_media import photo
from tests.seizures.custody.acting import HANDED, TWO, act, correct, taken

pytestmark = pytest.mark.django_db


def taking_of(sample):
    """Return the act upon an exhibit that took a sample."""
    return CustodyAct.objects.get(pk=sample.sampled_by)


def test_a_sample_follows_the_correction_of_its_taking_and_both_keep_what_was_said_before(keeper, case):
    exhibit = taken(keeper, case)
    sample = act(keeper, exhibit, "sampled", amount="42", unit="g", seal="S 1")
    correct(keeper, taking_of(sample), amount="420", unit="g", seal="S 2")
    exhibit.refresh_from_db()
    sample.refresh_from_db()
    assert (exhibit.present, sample.present, sample.seal) == (86, 420, "S 2")
    kept = [(one.kind, one.state, one.answers["amount"]) for one in view_exhibit(keeper, sample.id).acts]
    assert kept == [("taken_in", "", "420"), ("taken_in", "corrected", "42")]
    newest = CustodyAct.objects.get(corrects=sample.sampled_by)
    correct(keeper, newest, amount="410", unit="g", seal="S 2")
    sample.refresh_from_db()
    assert (sample.present, Exhibit.objects.count()) == (410, 2)


def test_a_sample_that_was_never_taken_is_withdrawn_with_its_taking(keeper, case):
    exhibit = taken(keeper, case)
    sample = act(keeper, exhibit, "sampled", amount="42", unit="g")
    correct(keeper, taking_of(sample), "withdrawn", reason="taken of another exhibit")
    exhibit.refresh_from_db()
    sample.refresh_from_db()
    assert (str(exhibit.present.normalize()), sample.status) == ("86.42", "withdrawn")
    assert [(one.kind, one.state) for one in view_exhibit(keeper, sample.id).acts] == [
        ("withdrawn", ""),
        ("taken_in", "withdrawn"),
    ]


def test_the_taking_of_a_sample_that_was_handed_over_is_not_withdrawn(keeper, case):
    exhibit = taken(keeper, case)
    sample = act(keeper, exhibit, "sampled", amount="42", unit="g")
    act(keeper, sample, "handed_over", **HANDED)
    with pytest.raises(Conflict, match="sample_has_acts"):
        correct(keeper, taking_of(sample), "withdrawn", reason="wrong")
    sample.refresh_from_db()
    assert (sample.status, CustodyAct.objects.filter(kind="withdrawn").count()) == ("out", 0)
    correct(keeper, CustodyAct.objects.get(exhibit=sample, kind="handed_over"), "withdrawn", reason="wrong")
    correct(keeper, taking_of(sample), "withdrawn", reason="wrong")
    sample.refresh_from_db()
    assert sample.status == "withdrawn"


def test_how_much_a_sample_holds_is_corrected_where_it_was_taken_and_the_rest_at_the_sample(keeper, case):
    exhibit = taken(keeper, case)
    sample = act(keeper, exhibit, "sampled", amount="42", unit="g")
    began = CustodyAct.objects.get(exhibit=sample)
    for kind, given in (("taken_in", {"amount": "50", "unit": "g"}), ("withdrawn", {"reason": "x"})):
        with pytest.raises(Conflict, match="correct_the_sampling"):
            correct(keeper, began, kind, **given)
    correct(keeper, began, amount="42", unit="g", place="Safe 3")
    sample.refresh_from_db()
    assert sample.place == "Safe 3"


WRONG = [
    ("taken_in", {"amount": "86.42", "unit": "l"}, Conflict, "custody.later_act"),
    ("taken_in", {"amount": "2", "unit": "kg"}, Conflict, "custody.later_act"),
    ("withdrawn", {"reason": "x"}, Conflict, "custody.later_act"),
]


@pytest.mark.parametrize(("kind", "given", "error", "code"), WRONG)
def test_a_correction_after_which_a_later_act_could_not_have_happened_is_refused(
    keeper, case, kind, given, error, code
):
    exhibit = taken(keeper, case)
    act(keeper, exhibit, "disposed", amount="80", unit="kg", method="destroyed", people=TWO)
    with pytest.raises(error) as raised:
        correct(keeper, CustodyAct.objects.get(exhibit=exhibit, kind="taken_in"), kind, **given)
    assert raised.value.code == code
    exhibit.refresh_from_db()
    assert str(exhibit.came_in.normalize()) == "86.42"


def test_a_correction_is_held_to_what_any_act_is_held_to(keeper, case):
    exhibit = taken(keeper, case)
    act(keeper, exhibit, "weighed", amount="86.42")
    wrong = CustodyAct.objects.get(kind="weighed")
    with pytest.raises(Invalid, match="unit_differs"):
        correct(keeper, wrong, amount="86", unit="l")
    before = CustodyAct.objects.get(kind="taken_in").at - timedelta(days=1)
    with pytest.raises(Conflict, match="not_taken_in"):
        record_custody(
            keeper, exhibit_id=exhibit.id, kind="weighed", given={"amount": "86.42"}, at=before, corrects=wrong.id
        )


def test_acts_of_one_minute_stand_in_the_order_in_which_they_were_recorded(keeper, case):
    exhibit = taken(keeper, case)
    minute = CustodyAct.objects.get().at.replace(second=0, microsecond=0)
    for place in ("Store 2", "Store 3"):
        record_custody(keeper, exhibit_id=exhibit.id, kind="moved", given={"place": place}, at=minute)
    exhibit.refresh_from_db()
    assert exhibit.place == "Store 3"
    first = CustodyAct.objects.filter(kind="moved").earliest("recorded_at")
    correct(keeper, first, place="Store 9")
    exhibit.refresh_from_db()
    assert exhibit.place == "Store 3"


def test_a_correction_may_keep_the_paper_that_somebody_else_scanned(keeper, case):
    exhibit = taken(keeper, case)
    scan = store_media(keeper, content=photo(size=(300, 200)), filename="receipt.jpg")
    act(keeper, exhibit, "handed_over", **HANDED, receipt=scan.sha256)
    other = make.actor("custodian", "RDS", covers="RDS")
    wrong = CustodyAct.objects.get(kind="handed_over")
    correct(other, wrong, **{**HANDED, "receiver": "Dr Amina Toumi"}, receipt=scan.sha256)
    assert open_receipt(keeper, act_id=CustodyAct.objects.get(corrects=wrong.id).id).content_type == "image/jpeg"
    unseen = store_media(keeper, content=photo(size=(310, 200)), filename="other.jpg")
    with pytest.raises(NotFound, match=r"media\.not_found"):
        correct(other, CustodyAct.objects.get(corrects=wrong.id), **HANDED, receipt=unseen.sha256)


def test_a_hand_over_that_was_withdrawn_lets_the_clock_of_the_goods_run_again(keeper, case):
    exhibit = taken(keeper, case)
    sample = act(keeper, exhibit, "sampled", amount="42", unit="g")
    act(keeper, sample, "handed_over", **HANDED)
    exhibit.refresh_from_db()
    assert exhibit.due_for == "inventory"
    correct(keeper, CustodyAct.objects.get(kind="handed_over"), "withdrawn", reason="it was another sample")
    exhibit.refresh_from_db()
    assert exhibit.due_for == "laboratory"
    with clock_at(now() + timedelta(hours=25)):
        assert [row.id for row in list_exhibits(keeper, "overdue").rows] == [exhibit.id]
