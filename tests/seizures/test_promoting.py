"""What a case states of a person, company or vessel becomes a record of its own, or joins one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from opencen.kernel.errors import Conflict, Forbidden, NotFound
from opencen.kernel.ids import uuid7
from opencen.records.intake import submit
from opencen.records.links.services import NewLink, judge_link, make_link
from opencen.records.models import Record
from opencen.records.queries import read_record
from opencen.seizures.promoting import promote_part
from opencen.seizures.queries import get_case
from opencen.seizures.queries.subjects import cases, cases_of, cases_with_total, get_subject
from tests import make

pytestmark = pytest.mark.django_db

PERSON = {
    "id": "p1", "role": "driver", "standing": "suspected", "name": "Sami Ouerdani", "birth_date": "1987-04-12",
    "birth_year": 1987, "nationality": "TN", "sex": "male", "phones": ["+216 71 555 018"],
    "documents": [{"id": "d1", "kind": "passport", "number": "T4471180", "country": "TN"}],
}  # fmt: skip


def test_a_person_becomes_a_record_that_the_case_links():
    officer = make.actor()
    case = make.submit_case(officer, persons=[PERSON])
    made = promote_part(officer, case_id=case.record_id, item="p1")
    document = read_record(officer, "suspect", made.record_id)["document"]
    assert document["names"] == [{"id": "n1", "text": "Sami Ouerdani", "type": "full"}]
    assert document["documents"][0]["number"] == "T4471180"
    assert document["entries"][0]["record"] == str(case.record_id)
    assert document["review_on"] < document["expires_on"]
    record = Record.objects.get(pk=case.record_id)
    assert (record.revision, record.state) == (2, "submitted")
    party = next(party for party in get_case(officer, case.record_id).parties if party.id == "p1")
    assert party.url == f"/suspects/{made.record_id}"
    found = cases_of(officer, "suspect", made.record_id)
    assert [(one.reference, one.role) for one in found] == [(case.reference, "Driver")]


@pytest.mark.parametrize(
    ("item", "kind", "name"),
    [("s1.consignee", "company", "Sahel Fruits Import SARL"), ("v1", "conveyance", "CASTOR LINE")],
)
def test_a_consignee_and_a_vessel_become_records(item, kind, name):
    officer = make.actor()
    case = make.submit_case(officer)
    made = promote_part(officer, case_id=case.record_id, item=item)
    assert made.kind == kind
    assert get_subject(officer, kind, made.record_id).head.title == name
    assert [one.reference for one in cases_of(officer, kind, made.record_id)] == [case.reference]


def test_a_second_promotion_and_a_known_document_are_for_a_person_to_decide():
    officer = make.actor()
    first = make.submit_case(officer, persons=[PERSON])
    made = promote_part(officer, case_id=first.record_id, item="p1")
    with pytest.raises(Conflict, match=r"promote\.linked_already"):
        promote_part(officer, case_id=first.record_id, item="p1")
    other = make.case_document(persons=[PERSON], detected_at="2026-01-03", lines=[make.line(quantity="3")])
    second = make.taken(submit(officer, make.submission(other)))
    with pytest.raises(Conflict, match=r"promote\.known"):
        promote_part(officer, case_id=second.record_id, item="p1")
    assert Record.objects.filter(type="suspect").count() == 1
    promote_part(officer, case_id=second.record_id, item="p1", record_id=made.record_id)
    assert len(cases_of(officer, "suspect", made.record_id)) == 2


def test_a_party_that_became_a_record_is_not_made_one_again():
    officer = make.actor()
    case = make.submit_case(officer)
    promote_part(officer, case_id=case.record_id, item="s1.consignee")
    with pytest.raises(Conflict, match=r"promote\.linked_already"):
        promote_part(officer, case_id=case.record_id, item="s1.consignee")
    assert Record.objects.filter(type="company").count() == 1


def test_what_a_closed_case_names_does_not_leave_its_closed_group():
    group, officer = uuid7(), make.actor()
    case = make.submit_case(officer, persons=[PERSON])
    Record.objects.filter(pk=case.record_id).update(compartment_id=group, sensitivity=officer.clearance)
    made = promote_part(replace(officer, compartments=frozenset({group})), case_id=case.record_id, item="p1")
    head = Record.objects.get(pk=made.record_id)
    assert (head.compartment_id, head.sensitivity) == (group, officer.clearance)
    with pytest.raises(NotFound):
        read_record(officer, "suspect", made.record_id)


def test_a_record_one_may_not_see_is_not_found_and_not_linked():
    officer, stranger = make.actor("officer", "RDS"), make.actor("officer", "SFA")
    hidden = make.submit_subject(officer)
    case = make.submit_case(stranger, office="SFA", persons=[{**PERSON, "documents": []}])
    with pytest.raises(NotFound):
        promote_part(stranger, case_id=case.record_id, item="p1", record_id=hidden.record_id)
    linked = make.case_document(office="SFA", persons=[{**PERSON, "suspect": str(hidden.record_id)}])
    refused = submit(stranger, make.submission(linked, id=case.record_id, base_revision=1))
    assert {found.code for found in refused.findings} >= {"record.link_unknown"}
    missing = make.case_document(office="SFA", persons=[{**PERSON, "suspect": "01a203fb-c3f9-7dec-aa36-b1f6c1a1ef19"}])
    also = submit(stranger, make.submission(missing, id=case.record_id, base_revision=1))
    assert [(f.code, f.path) for f in refused.findings] == [(f.code, f.path) for f in also.findings]


@pytest.mark.parametrize(
    ("role", "is_turned", "shown"), [("subject_of", False, "Concerned by"), ("subject", True, "Concerned by")]
)
def test_a_case_that_an_officer_linked_stands_among_the_cases(role, is_turned, shown):
    officer = make.actor()
    case, person = make.submit_case(officer), make.submit_subject(officer)
    ends = (case.record_id, person.record_id) if is_turned else (person.record_id, case.record_id)
    made = make_link(officer, first_id=ends[0], second_id=ends[1], said=NewLink(role))
    assert [(one.reference, one.role) for one in cases_of(officer, "suspect", person.record_id)] == [
        (case.reference, shown)
    ]
    far = make.submit_case(make.actor("officer", "SFA"), office="SFA", detected_at="2026-01-03")
    away = (far.record_id, person.record_id) if is_turned else (person.record_id, far.record_id)
    make_link(make.actor("national_contact_point", "HQ"), first_id=away[0], second_id=away[1], said=NewLink(role))
    assert len(cases_of(officer, "suspect", person.record_id)) == 1
    judge_link(officer, link_id=made.id, verdict="undo")
    assert cases_of(officer, "suspect", person.record_id) == []


def test_a_link_to_a_hidden_record_shows_nothing_of_it():
    country = make.actor("national_contact_point", "HQ")
    hidden = make.submit_subject(make.actor("officer", "SFA"), office="SFA")
    officer = make.actor("officer", "RDS")
    case = make.submit_case(officer, persons=[PERSON])
    promote_part(country, case_id=case.record_id, item="p1", record_id=hidden.record_id)
    shown = next(party for party in get_case(officer, case.record_id).parties if party.id == "p1")
    assert (shown.url, shown.is_linked) == ("", True)
    assert next(p for p in get_case(country, case.record_id).parties if p.id == "p1").url
    assert cases_of(make.actor("officer", "SFA"), "suspect", hidden.record_id) == []


def test_whoever_may_not_record_suspects_promotes_nobody():
    officer = make.actor()
    case = make.submit_case(officer, persons=[PERSON])
    fewer = make.actor("officer", permissions=officer.permissions - {"suspect:record"})
    with pytest.raises(Forbidden):
        promote_part(fewer, case_id=case.record_id, item="p1")
    with pytest.raises(NotFound):
        promote_part(officer, case_id=case.record_id, item="nobody")


def test_a_person_of_very_many_cases_shows_the_newest_and_counts_all(monkeypatch: pytest.MonkeyPatch):
    officer = make.actor()
    person = make.submit_subject(officer, "suspect")
    linked = [{**PERSON, "suspect": str(person.record_id)}]
    for year in (2024, 2022, 2023):
        day = f"{year}-03-04"
        make.submit_case(officer, persons=linked, detected_at=day, seized_at=day)
    monkeypatch.setattr(cases, "MOST", 2)
    found, total = cases_with_total(officer, "suspect", person.record_id)
    assert ([str(one.on) for one in found], total) == (["2024-03-04", "2023-03-04"], 3)
    assert cases_with_total(make.actor("officer", "SFA"), "suspect", person.record_id) == ([], 0)
