"""An erasure reaches whom acts concern or name, every version of an act, and the scanned papers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from opencen.kernel.errors import Invalid, NotFound
from opencen.records.erasure import erase_persons
from opencen.records.media import store_media
from opencen.records.media_files import original_path
from opencen.records.models import MediaObject
from opencen.seizures.custody.models import CustodyAct, Exhibit
from opencen.seizures.custody.queries import view_exhibit
from opencen.seizures.custody.services import open_receipt
from tests import make
from tests.records.test_media import photo
from tests.seizures.custody.acting import HANDED, TWO, act, correct, taken

pytestmark = pytest.mark.django_db


def test_an_erasure_reaches_who_was_present_and_the_scanned_receipt(keeper, case):
    exhibit = taken(keeper, case)
    scan = store_media(keeper, content=photo(size=(300, 200)), filename="receipt.jpg")
    act(keeper, exhibit, "inventoried", found="yes", people=TWO, receipt=scan.sha256)
    made = CustodyAct.objects.get(kind="inventoried")
    assert open_receipt(keeper, act_id=made.id).content_type == "image/jpeg"
    legal = replace(make.actor("legal"), permissions=make.actor("legal").permissions | {"custody:read"})
    erase_persons(legal, record_id=case.record_id, item_ids=["p1"], basis="order")
    kept = CustodyAct.objects.get(pk=made.id)
    assert (kept.nominal, kept.erased_at is not None, kept.public) == ("{}", True, made.public)
    assert MediaObject.objects.get(pk=scan.sha256).erased_at is not None
    assert Exhibit.objects.get(pk=exhibit.id).status == "held"
    with pytest.raises(NotFound):
        open_receipt(keeper, act_id=made.id)


def erase(case, *items):
    """Erase persons or companies of a case."""
    legal = replace(make.actor("legal"), permissions=make.actor("legal").permissions | {"custody:read"})
    erase_persons(legal, record_id=case.record_id, item_ids=list(items), basis="order")


def test_a_paper_that_names_nobody_is_erased_with_whom_its_act_concerns(keeper, case):
    exhibit = taken(keeper, case)
    papers = [
        store_media(keeper, content=photo(size=(300, 200 + number)), filename="r.jpg").sha256 for number in (1, 2)
    ]
    handed = {**HANDED, "receiver": "Dr Toumi"}
    act(keeper, exhibit, "handed_over", **handed, concerns=["p1"], receipt=papers[0])
    act(keeper, exhibit, "came_back", place="Store 1", receipt=papers[1])
    shown = {
        name: dict(one.facts).get("Whom it concerns")
        for one in view_exhibit(keeper, exhibit.id).acts
        for name in [one.kind]
    }
    assert shown == {"taken_in": None, "handed_over": "Hassan Bey", "came_back": None}
    erase(case, "p1")
    gone = {row.sha256: row.erased_at is not None for row in MediaObject.objects.filter(sha256__in=papers)}
    assert gone == {papers[0]: True, papers[1]: False}
    assert CustodyAct.objects.get(kind="handed_over").nominal == "{}"
    assert "Hassan" not in str([one.facts for one in view_exhibit(keeper, exhibit.id).acts])


def test_an_erasure_reaches_every_version_of_an_act(keeper, case):
    exhibit = taken(keeper, case)
    scan = store_media(keeper, content=photo(size=(300, 201)), filename="r.jpg").sha256
    act(keeper, exhibit, "handed_over", **HANDED, receipt=scan, note="Taken from his locker")
    correct(keeper, CustodyAct.objects.get(kind="handed_over"), **HANDED, receipt=scan, concerns=["p1"])
    erase(case, "p1")
    assert set(CustodyAct.objects.filter(kind="handed_over").values_list("nominal", flat=True)) == {"{}"}
    assert not original_path(scan).exists() or MediaObject.objects.get(pk=scan).erased_at is not None


def test_an_act_concerns_parties_of_its_case_alone(keeper, case):
    exhibit = taken(keeper, case)
    for given in (["p9"], "p1", [1]):
        with pytest.raises(Invalid):
            act(keeper, exhibit, "moved", place="S2", concerns=given)
