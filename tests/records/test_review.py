"""Four eyes: nobody who authored a revision since the last validation validates."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opencen.kernel.clock import clock_at, now
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.records.holds import active_hold, end_hold, set_hold
from opencen.records.models import Record, ReviewNote
from opencen.records.queries import read_record
from opencen.records.review import cancel_record, return_record, validate_record
from tests import make

pytestmark = pytest.mark.django_db


def test_a_second_person_validates_and_a_later_revision_is_amended():
    officer, validator = make.actor("officer", "RDS"), make.actor("validator", "DTN")
    receipt = make.submit_case(officer)
    record = validate_record(validator, record_id=receipt.record_id, revision=1)
    assert (record.state, record.validated_revision) == ("validated", 1)
    make.amend_case(officer, receipt.record_id, 1, make.case_document(unit="Container team"))
    assert Record.objects.get(pk=receipt.record_id).state == "amended"


def test_an_author_does_not_validate_the_own_revision_and_may_once_another_has_validated():
    validator, second = make.actor("validator", "DTN"), make.actor("validator", "DTN")
    officer = make.actor("officer", "RDS")
    receipt = make.submit_case(validator)
    with pytest.raises(Forbidden, match=r"review\.own_record"):
        validate_record(validator, record_id=receipt.record_id, revision=1)
    validate_record(second, record_id=receipt.record_id, revision=1)
    make.amend_case(officer, receipt.record_id, 1, make.case_document(unit="Container team"))
    assert validate_record(validator, record_id=receipt.record_id, revision=2).state == "validated"


def test_a_revision_that_came_meanwhile_is_not_validated_unseen():
    officer, validator = make.actor("officer", "RDS"), make.actor("validator", "DTN")
    receipt = make.submit_case(officer)
    make.amend_case(officer, receipt.record_id, 1, make.case_document(unit="Container team"))
    with pytest.raises(Conflict, match=r"record\.changed"):
        validate_record(validator, record_id=receipt.record_id, revision=1)


def test_a_returned_case_carries_the_reason_at_its_field_until_validated():
    officer, validator = make.actor("officer", "RDS"), make.actor("validator", "DTN")
    receipt = make.submit_case(officer)
    with pytest.raises(Invalid, match=r"review\.reason_missing"):
        return_record(validator, record_id=receipt.record_id, revision=1, reasons={"lines[l1].quantity": "  "})
    reasons = {"lines[l1].quantity": "Packs or sticks?"}
    return_record(validator, record_id=receipt.record_id, revision=1, reasons=reasons)
    found = read_record(officer, "case", receipt.record_id)
    assert found["state"] == "returned"
    assert [(n["path"], n["text"]) for n in found["review"]] == [("lines[l1].quantity", "Packs or sticks?")]
    repaired = make.case_document(lines=[make.line(quantity="80")])
    make.amend_case(officer, receipt.record_id, 1, repaired)
    assert Record.objects.get(pk=receipt.record_id).state == "submitted"
    validate_record(validator, record_id=receipt.record_id, revision=2)
    assert not ReviewNote.objects.filter(answered_by=None).exists()


def test_a_validator_of_another_district_finds_nothing_to_validate():
    receipt = make.submit_case(make.actor("officer", "RDS"))
    with pytest.raises(NotFound):
        validate_record(make.actor("validator", "DSF", covers="DSF"), record_id=receipt.record_id, revision=1)


def test_a_cancelled_case_stays_and_takes_no_revision():
    officer = make.actor("officer", "RDS")
    receipt = make.submit_case(officer)
    legal = make.actor("legal")
    cancel_record(legal, record_id=receipt.record_id, reason="entered twice")
    assert Record.objects.get(pk=receipt.record_id).state == "cancelled"
    again = make.submit(
        officer, make.submission(make.case_document(unit="Container team"), id=receipt.record_id, base_revision=1)
    )
    assert [f.code for f in again.findings if f.level == "error"] == ["record.cancelled"]
    as_it_is = make.submit(officer, make.submission(make.case_document(), id=receipt.record_id, base_revision=1))
    assert (as_it_is.outcome, as_it_is.findings) == ("unchanged", ())
    assert Record.objects.get(pk=receipt.record_id).state == "cancelled"


def test_a_hold_stands_until_its_end_or_until_it_is_ended():
    legal = make.actor("legal")
    receipt = make.submit_case(make.actor("officer", "RDS"))
    terms = {"kind": "clean", "authority": "Public Prosecutor", "reason": "controlled delivery"}
    hold = set_hold(legal, record_id=receipt.record_id, until=now() + timedelta(days=2), **terms)
    assert active_hold(receipt.record_id) == hold
    with clock_at(now() + timedelta(days=3)):
        assert active_hold(receipt.record_id) is None
    end_hold(legal, record_id=receipt.record_id, hold_id=hold.id)
    assert active_hold(receipt.record_id) is None
    with pytest.raises(Invalid, match=r"hold\.in_the_past"):
        set_hold(legal, record_id=receipt.record_id, until=now() - timedelta(days=1), **terms)
