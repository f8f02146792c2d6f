"""Pages of custody, gallery and legal follow-up in use: scan, quick acts, corrections, labels, marks, deadlines."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opencen.accounts.models import User
from opencen.kernel.clock import now
from opencen.records.media import store_media
from opencen.seizures.custody.labels import write_label
from opencen.seizures.custody.models import CustodyAct, Exhibit
from opencen.seizures.legal.models import LegalAct, Proceeding
from tests import make
from tests.records.test_media import photo

pytestmark = pytest.mark.django_db


def signed_in(role, at="RDS", covers=""):
    client = Client()
    client.force_login(
        User.objects.get(pk=make.actor(role, at, covers=covers).id), "django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.fixture
def case():
    officer = make.actor("officer")
    stored = store_media(officer, content=photo(size=(400, 300)), filename="p.jpg")
    media = [{"id": "m1", "kind": "photo.concealment", "sha256": stored.sha256, "caption": "Bricks"}]
    people = [{"id": "p1", "role": "driver", "standing": "charged", "name": "Hassan Bey"}]
    return make.submit_case(officer, media=media, persons=people)


@pytest.fixture
def keeper():
    return signed_in("validator", covers="RDS")


@pytest.fixture
def exhibit(keeper, case):
    given = {"line": "l1", "amount": "86,42", "unit": "kg", "seal": "TN 1", "place": "Store 1"}
    answer = keeper.post(f"/cases/{case.record_id}/custody", given)
    assert answer.status_code == 302, answer.content[:500]
    return Exhibit.objects.get()


def test_a_scanned_label_opens_its_exhibit_from_the_search_box_and_from_the_store(keeper, exhibit):
    for address in ("/cases?q=", "/custody?label="):
        for written in (exhibit.label, write_label(exhibit.label)):
            assert keeper.get(address + written).headers["Location"] == f"/custody/{exhibit.id}"
    assert "No exhibit that you may see" in keeper.get("/custody?label=XNOTHING").content.decode()


def test_a_store_is_worked_by_label_and_value_alone(keeper, exhibit):
    keeper.post("/custody", {"label": write_label(exhibit.label), "act": "moved", "value": "Store 2"})
    keeper.post("/custody", {"label": exhibit.label, "act": "weighed", "value": "86420 g"})
    exhibit.refresh_from_db()
    assert (exhibit.place, exhibit.problems) == ("Store 2", 0)
    refused = keeper.post("/custody", {"label": exhibit.label, "act": "weighed", "value": "heavy"})
    assert refused.status_code == 422
    assert "is not an amount" in refused.content.decode()


def test_a_hand_over_with_a_scanned_receipt_shows_it_to_who_sees_the_case(keeper, exhibit):
    given = {"to": "police", "organisation": "Judicial police", "receiver": "Inspector Zied", "back_by": "2999-01-01"}
    scan = SimpleUploadedFile("receipt.jpg", photo(size=(300, 200)), "image/jpeg")
    answer = keeper.post(f"/custody/{exhibit.id}/acts/handed_over", {**given, "receipt": scan})
    assert answer.status_code == 302, answer.content[:300]
    act = CustodyAct.objects.get(kind="handed_over")
    page = keeper.get(f"/custody/{exhibit.id}").content.decode()
    assert "Inspector Zied" in page
    assert f"/custody/receipts/{act.id}" in page
    assert keeper.get(f"/custody/receipts/{act.id}").headers["Content-Type"] == "image/jpeg"


def test_who_erases_a_person_is_shown_the_papers_that_name_nobody(keeper, exhibit, case):
    legal = signed_in("legal", "HQ", "HQ")
    named = {"to": "police", "organisation": "Police", "receiver": "Zied", "back_by": "2999-01-01"}
    for number, more in enumerate(({}, {"concerns": ["p1"]})):
        scan = SimpleUploadedFile("r.jpg", photo(size=(300, 200 + number)), "image/jpeg")
        answer = keeper.post(f"/custody/{exhibit.id}/acts/handed_over", {**named, **more, "receipt": scan})
        assert answer.status_code == 302, answer.content[:300]
        keeper.post(f"/custody/{exhibit.id}/acts/came_back", {"place": "Store 1"})
    for number, item in enumerate(("", "p1")):
        scan = SimpleUploadedFile("s.jpg", photo(size=(310, 200 + number)), "image/jpeg")
        given = {"item": item, "stage": "first_instance", "paper": scan}
        assert legal.post(f"/cases/{case.record_id}/legal", given).status_code == 302
    page = legal.get(f"/cases/{case.record_id}").content.decode()
    listed = page.partition('id="erase-papers"')[2].partition("</form>")[0]
    stays = CustodyAct.objects.filter(kind="handed_over").order_by("recorded_at").first()
    opened = LegalAct.objects.get(proceeding__item="")
    assert re.findall(r'href="([^"]+)"', listed) == [f"/custody/receipts/{stays.id}", f"/legal/papers/{opened.id}"]
    assert 'id="erase-papers"' not in keeper.get(f"/cases/{case.record_id}").content.decode()
    legal.post(f"/cases/{case.record_id}/erase", {"items": ["p1"], "basis": "order 7"})
    papers = CustodyAct.objects.filter(kind="handed_over").order_by("recorded_at").values_list("nominal", flat=True)
    assert ["receipt" in text for text in papers] == [True, False]


def test_who_erases_a_person_is_shown_the_documents_of_the_case_too():
    officer = make.actor("officer")
    papers = [store_media(officer, content=photo(size=(90, 80 + n)), filename="r.jpg").sha256 for n in range(3)]
    kinds = ({"kind": "document.report"}, {"kind": "document", "persons": ["p1"]}, {"kind": "photo.goods"})
    media = [{"id": f"m{n}", "sha256": papers[n], **kind} for n, kind in enumerate(kinds)]
    case = make.submit_case(officer, media=media, persons=[{"id": "p1", "role": "driver", "name": "Hassan Bey"}])
    page = signed_in("legal", "HQ", "HQ").get(f"/cases/{case.record_id}").content.decode()
    listed = page.partition('id="erase-papers"')[2].partition("</form>")[0]
    assert re.findall(r'href="([^"]+)"', listed) == [f"/media/{papers[0]}/display"]


def test_persons_present_are_asked_for_their_signature_or_the_reason(keeper, exhibit):
    people = {"people_name": ["Amel", "Hassan"], "people_capacity": ["officer", "owner"], "people_signed": ["1", "0"]}
    refused = keeper.post(
        f"/custody/{exhibit.id}/acts/inventoried", {"found": "yes", **people, "people_reason": ["", ""]}
    )
    assert refused.status_code == 422
    assert "Hassan did not sign, and no reason is given." in refused.content.decode()
    keeper.post(f"/custody/{exhibit.id}/acts/inventoried", {"found": "yes", **people, "people_reason": ["", "refused"]})
    assert "refused" in keeper.get(f"/custody/{exhibit.id}").content.decode()


def test_a_correction_is_filled_with_what_the_act_says(keeper, exhibit):
    act = CustodyAct.objects.get()
    page = keeper.get(f"/custody/{exhibit.id}?correct={act.id}").content.decode()
    assert 'value="86.42"' in page
    keeper.post(f"/custody/{exhibit.id}/acts/taken_in", {"corrects": str(act.id), "amount": "80", "unit": "kg"})
    exhibit.refresh_from_db()
    assert exhibit.came_in == 80


def test_labels_hold_a_qr_code_and_print_without_the_rail(keeper, exhibit, case):
    page = keeper.get(f"/cases/{case.record_id}/custody/labels").content.decode()
    assert write_label(exhibit.label) in page
    assert page.count("<svg") > page.count('class="icon"') - 1
    assert re.search(r'class="qr"><svg', page)


def test_a_label_in_a_missing_field_names_it_in_the_readers_language(keeper, exhibit):
    refused = keeper.post(f"/custody/{exhibit.id}/acts/moved", {}, headers={"accept-language": "fr"})
    assert refused.status_code == 422
    assert "“Store and place” is missing." in refused.content.decode()


def test_the_gallery_answers_scrolling_with_tiles_alone(keeper, case):
    page = keeper.get("/gallery?commodity=drugs").content.decode()
    assert "Bricks" in page
    assert f"/cases/{case.record_id}/photos/m1" in page
    part = keeper.get("/gallery?after=2999-01-01_0_x", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part


def test_a_picture_is_covered_without_javascript(keeper, case):
    answer = keeper.post(
        f"/cases/{case.record_id}/photos/m1/mark",
        {"kind": "redaction", "left": "10", "top": "10", "width": "20", "height": "20"},
    )
    page = keeper.get(answer.headers["Location"]).content.decode()
    assert "Hash of the original" in page
    for wrong in ("[[1]]", "{", '[["a",1,2,3]]', "7"):
        assert keeper.post(f"/cases/{case.record_id}/photos/m1/mark", {"marks": wrong}).status_code == 422
    keys = "&".join(f"photo={case.record_id}/{item}" for item in ("m1", answer.headers["Location"].rsplit("/", 1)[1]))
    assert keeper.get(f"/gallery/side?{keys}").content.decode().count("side-stage") == 2
    assert keeper.get("/gallery/side?photo=nonsense").status_code == 404


def test_legal_staff_follow_a_case_and_home_reminds_of_what_is_due(case):
    legal = signed_in("legal", "HQ", "HQ")
    legal.post(f"/cases/{case.record_id}/legal", {"item": "p1", "stage": "first_instance", "prosecutor": "Mrs Ayari"})
    row = Proceeding.objects.get()
    legal.post(f"/legal/{row.id}/acts/deadline", {"what": "Answer the court", "until": now().date().isoformat()})
    assert "Answer the court" in legal.get(f"/cases/{case.record_id}/legal").content.decode()
    assert f"/cases/{case.record_id}/legal#proceeding-1" in legal.get("/").content.decode()
    refused = legal.post(f"/legal/{row.id}/acts/decision", {"outcome": "convicted"})
    assert refused.status_code == 422
    legal.post(f"/legal/{row.id}/acts/decision", {"outcome": "acquitted", "decided_on": "2026-10-01"})
    assert LegalAct.objects.filter(kind="decision").count() == 1
    page = signed_in("officer").get(f"/cases/{case.record_id}").content.decode()
    assert re.search(r"Hassan Bey.*Cleared", page, re.S)


def test_home_reminds_the_keeper_of_what_is_due_within_a_day(keeper, exhibit):
    address = f'"/custody/{exhibit.id}"'
    for days, is_shown in ((-1, True), (0.5, True), (9, False)):
        Exhibit.objects.update(due_at=now() + timedelta(days=days))
        assert (address in keeper.get("/").content.decode()) is is_shown, days


@pytest.mark.parametrize(("role", "may"), [("officer", True), ("validator", True), ("investigator", False)])
def test_who_may_not_take_an_exhibit_in_is_not_led_there(case, role, may):
    at = "RDS" if role == "officer" else "HQ"
    page = signed_in(role, at, covers="RDS").get(f"/cases/{case.record_id}").content.decode()
    assert ("Take an exhibit in" in page) == may
