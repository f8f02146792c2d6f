"""Rules that look at other records: only ever at those that their reader may see."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from opencen.records.intake import check, submit, submit_many
from opencen.records.texts import finding_text
from tests import make

pytestmark = pytest.mark.django_db

SAME_EVENT = "event.reported_elsewhere"
OTHER_NAME = "document.other_name"
PASSPORT = {"id": "d1", "kind": "passport", "number": "N 123 4567"}


def courier(name: str, **document: str) -> list[dict[str, object]]:
    return [{"id": "p1", "role": "courier", "name": name, "documents": [{**PASSPORT, **document}]}]


def test_an_event_that_another_office_recorded_is_found_and_its_office_named() -> None:
    first = make.submit_case(make.actor("officer", "SFA"), office="SFA")
    national = make.actor("analyst", "HQ")
    receipt = submit(national, make.submission(make.case_document(detected_at="2026-06-13")))
    found = next(entry for entry in receipt.findings if entry.code == SAME_EVENT)
    assert receipt.outcome == "refused"
    text = finding_text(found, "en")
    assert "Sfax port" in text.message
    assert str(first.reference) in text.message


def test_who_may_not_see_the_other_case_learns_nothing_of_it() -> None:
    make.submit_case(make.actor("officer", "SFA"), office="SFA")
    receipt = make.submit_case(make.actor("officer", "RDS"))
    assert [entry.code for entry in receipt.findings] == []


def test_the_offer_relates_the_two_and_settles_the_finding() -> None:
    national = make.actor("analyst", "HQ")
    first = make.submit_case(national)
    refused = submit(national, make.submission())
    offer = next(entry for entry in refused.findings if entry.code == SAME_EVENT).suggestions[0]
    second = make.submit_case(national, **offer.patch)
    assert [entry.code for entry in second.findings] == []
    assert offer.patch["relations"][0]["record"] == str(first.record_id)


@pytest.mark.parametrize(
    "changes",
    [{"detected_at": "2026-06-20"}, {"consignments": []}, {"consignments": [{"id": "s1", "bill_of_lading": "OTHER1"}]}],
)
def test_other_days_and_other_numbers_are_other_events(changes: dict[str, object]) -> None:
    officer = make.actor("officer")
    make.submit_case(officer)
    assert make.submit_case(officer, **changes).findings == ()


def test_a_container_is_the_same_however_it_is_written() -> None:
    officer = make.actor("officer")
    make.submit_case(officer)
    container = [{"id": "s1", "containers": [{"id": "c1", "number": "oclu 302618-9"}]}]
    receipt = check(officer, make.submission(make.case_document(consignments=container)))
    assert [entry.code for entry in receipt.findings] == [SAME_EVENT]


def test_one_document_under_two_names_is_found() -> None:
    officer = make.actor("officer")
    make.submit_case(officer, persons=courier("Sami Ouerdani"), consignments=[])
    later = make.case_document(persons=courier("Karim Jaziri", number="N1234567"), detected_at="2026-08-01")
    found = [entry for entry in check(officer, make.submission(later)).findings if entry.code == OTHER_NAME]
    assert [entry.path for entry in found] == ["persons[p1].documents[d1].number"]
    assert found[0].data["other"] == "Sami Ouerdani"


@pytest.mark.parametrize("name", ["OUERDANI Sami", "Sami Ben Ali Ouerdani", "Sámi Ouerdani"])
def test_the_same_name_in_another_order_or_with_more_parts_is_no_finding(name: str) -> None:
    officer = make.actor("officer")
    make.submit_case(officer, persons=courier("Sami Ouerdani"), consignments=[])
    later = make.case_document(persons=courier(name), detected_at="2026-08-01", consignments=[])
    assert check(officer, make.submission(later)).findings == ()


def test_a_name_one_may_not_see_is_never_told() -> None:
    make.submit_case(make.actor("officer", "SFA"), office="SFA", persons=courier("Sami Ouerdani"), consignments=[])
    officer = make.actor("officer", "RDS")
    later = make.case_document(persons=courier("Karim Jaziri"), detected_at="2026-08-01", consignments=[])
    assert check(officer, make.submission(later)).findings == ()
    blind = replace(make.actor("analyst", "HQ"), permissions=officer.permissions - {"case:read"})
    assert check(blind, make.submission(later)).findings == ()


def test_a_batch_looks_other_cases_up_once_for_all(django_assert_max_num_queries: Any) -> None:
    officer = make.actor()
    make.submit_case(officer)
    days = [f"2026-0{1 + n // 20}-{1 + n % 20:02d}" for n in range(60)]
    batch = [make.submission(make.case_document(detected_at=day, persons=courier("A B", number=day))) for day in days]
    with django_assert_max_num_queries(40):
        receipts = submit_many(officer, batch)
    assert [receipt.outcome for receipt in receipts] == ["stored"] * 60


def test_every_case_of_a_batch_is_compared_with_the_stored_ones() -> None:
    national = make.actor("analyst", "HQ")
    make.submit_case(national)
    batch = [make.submission(make.case_document(detected_at=day)) for day in ("2026-06-11", "2026-06-13", "2026-07-13")]
    found = [{entry.code for entry in receipt.findings} for receipt in submit_many(national, batch)]
    assert found == [{SAME_EVENT}, {SAME_EVENT}, set()]
