"""A company through the one door: circular ownership, shares and numbers are doubted, never lost."""

from __future__ import annotations

import pytest

from opencen.records.erasing_whole import erase_record
from opencen.records.intake import submit
from opencen.records.models import Record
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.titles import record_title
from tests import make

pytestmark = pytest.mark.django_db


def owned_by(record_id, share="60"):
    """State an owner that is a record."""
    return [{"id": "w1", "role": "owner", "record": str(record_id), "share": share}]


def codes(receipt):
    return {found.code for found in receipt.findings}


@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_a_company_that_owns_itself_through_others_is_doubted_and_kept(length):
    officer = make.actor()
    chain = [make.submit_subject(officer, "company").record_id]
    for _ in range(length - 1):
        chain.append(make.submit_subject(officer, "company", owners=owned_by(chain[-1])).record_id)
    closing = make.company_document(owners=owned_by(chain[-1]))
    given = make.submission(closing, "company", id=chain[0], base_revision=1)
    refused = submit(officer, given)
    assert codes(refused) == {"ownership.circular"}
    assert refused.findings[0].path == "owners[w1].record"
    way = refused.findings[0].data["way"].split(" → ")
    assert (len(way), way[0]) == (length + 1, way[-1])
    assert len(set(way)) == length
    reasons = {"ownership.circular": "So it stands in the register."}
    again = make.submission(closing, "company", id=chain[0], base_revision=1, reasons=reasons)
    assert submit(officer, again).is_accepted


def test_a_chain_that_does_not_close_is_no_circle():
    officer = make.actor()
    parent = make.submit_subject(officer, "company").record_id
    daughter = make.submit_subject(officer, "company", owners=owned_by(parent)).record_id
    receipt = submit(officer, make.submission(make.company_document(owners=owned_by(daughter)), "company"))
    assert receipt.is_accepted


def test_a_circle_through_a_record_one_may_not_see_tells_nothing():
    first = make.submit_subject(make.actor("officer", "RDS"), "company").record_id
    country = make.actor("national_contact_point", "HQ")
    hidden = make.submit_subject(country, "company", office="SFA", owners=owned_by(first)).record_id
    closing = make.company_document(owners=owned_by(hidden))
    seen = submit(country, make.submission(closing, "company", id=first, base_revision=1))
    assert codes(seen) == {"ownership.circular"}
    unseen = submit(make.actor("officer", "RDS"), make.submission(closing, "company", id=first, base_revision=1))
    assert codes(unseen) == {"record.link_unknown"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (
            {"people": [{"id": "a", "role": "owner", "share": "70"}, {"id": "b", "role": "owner", "share": "40"}]},
            "ownership.over_whole",
        ),
        (
            {"registrations": [{"id": "r", "kind": "vat", "number": "DE136695977", "country": "DE"}]},
            "registration.check_digits",
        ),
        ({"lei": "213800WAVVOPS85N2206"}, "identifier.check_digit"),
        ({"owners": [{"id": "w", "record": "01a203fb-c3f9-7dec-aa36-b1f6c1a1ef19"}]}, "record.link_unknown"),
        ({"names": None}, "field.missing"),
        ({"sector": "99.99"}, "code.unknown"),
    ],
)
def test_bad_statements_of_a_company_are_named(changes, code):
    assert code in codes(submit(make.actor(), make.submission(make.company_document(**changes), "company")))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"people": [{"id": "a", "role": "owner", "share": "70", "until": "2020"}, {"id": "b", "role": "owner", "share": "40"}]},
        {"registrations": [{"id": "r", "kind": "vat", "number": "DE136695976", "country": "DE"}]},
        {"registrations": [{"id": "r", "kind": "tax", "number": "anything", "country": "TD"}]},
    ],
)  # fmt: skip
def test_good_statements_of_a_company_find_nothing(changes):
    assert codes(submit(make.actor(), make.submission(make.company_document(**changes), "company"))) == set()


@pytest.mark.parametrize("text", ["sahel", "name:Sahel", "B24817262016", "pattern:cover_load", "country:TN"])
def test_a_company_is_found_by_its_names_numbers_and_codes(text):
    officer = make.actor()
    receipt = make.submit_subject(officer, "company")
    assert search(officer, SearchRequest(type="company", text=text)).ids == [receipt.record_id]


def test_an_erased_company_has_no_name_left():
    receipt = make.submit_subject(make.actor(), "company")
    erase_record(make.actor("legal"), record_id=receipt.record_id, basis="court order")
    record = Record.objects.get(pk=receipt.record_id)
    assert record_title(record, "en") == "Company without a name"
    assert record_title(record, "fr") == "Entreprise sans nom"
