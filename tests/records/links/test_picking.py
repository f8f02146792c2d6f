"""A record is found by the beginning of its name, by its reference and across scripts, and only by who may see it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from opencen.accounts.models import User
from opencen.investigations.queries.lists import Asked, list_investigations
from opencen.records.intake import submit
from opencen.records.links.picking import MOST_FOUND, find_by_name, found_by_id
from opencen.records.models import Record
from tests import make
from tests.investigations.teams import investigator, opened

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["Oue", "sami oue", "OUERDANI Sa", "Ouerdany", "سامي", "الورد", "T4471180", "t447 11", " Sami  Ouerdani "]
)
def test_a_person_is_found_by_what_is_typed_of_its_name_or_number(typed: str) -> None:
    officer = make.actor()
    receipt = make.submit_subject(officer)
    found = find_by_name(officer, typed, ["suspect"])
    assert [(one.id, one.title, one.reference) for one in found] == [
        (receipt.record_id, "Sami Ouerdani", receipt.reference)
    ]
    assert (found[0].kind_label, found[0].office, found[0].second) == ("Person", "Radès port", "سامي الورداني")
    assert found[0].url == f"/suspects/{receipt.record_id}"


@pytest.mark.parametrize("typed", ["Ree", "reef", "Reefer li", "lin ree", "Refer line", "reefr lin", "قهو", "قهوة سود"])
def test_an_investigation_is_found_by_the_beginning_of_its_title_or_a_misspelt_one(typed: str) -> None:
    row, lead = opened(investigator(), title="Reefer line قهوة سوداء")
    opened(investigator(), title="Reefer line of others")
    assert [one.id for one in find_by_name(lead, typed, ["investigation"])] == [row.pk]
    assert [one.id for one in list_investigations(lead, Asked(text=typed)).rows] == [row.pk]
    assert find_by_name(lead, "Nothing", ["investigation"]) == []


@pytest.mark.parametrize("typed", ["", "   ", "Nobody", "::", "-", '"', "a" * 500, "(", "[", "\\", "*", "oue.*x"])
def test_what_names_nobody_finds_nobody_and_fails_on_nothing(typed: str) -> None:
    officer = make.actor()
    make.submit_subject(officer)
    assert find_by_name(officer, typed) == []


def test_a_record_is_found_by_its_reference_first() -> None:
    officer = make.actor()
    case = make.submit_case(officer)
    make.submit_subject(officer, entries=[{"id": "e1", "source": case.reference}])
    assert find_by_name(officer, str(case.reference))[0].id == case.record_id


@pytest.mark.parametrize("typed", ["B-XX", "b-xx-", "B-XX-RDS", "B-XX-RDS-20"])
def test_a_reference_that_is_begun_brings_its_own_kind_before_what_only_holds_the_word(typed: str) -> None:
    officer = make.actor()
    case = make.submit_case(officer)
    company = make.submit_subject(officer, "company")
    assert str(case.reference).startswith("XX-RDS")
    assert find_by_name(officer, typed)[0].id == company.record_id


def test_a_plate_that_is_begun_brings_its_vehicle_first() -> None:
    officer = make.actor()
    make.submit_case(officer)
    vehicle = make.submit_subject(officer, "conveyance", kind="vehicle", plate="B-XX 4711", plate_country="DE")
    assert find_by_name(officer, "B-XX 4")[0].id == vehicle.record_id


def test_kinds_and_the_record_itself_are_left_out() -> None:
    officer = make.actor()
    person, company = make.submit_subject(officer), make.submit_subject(officer, "company")
    assert [one.type for one in find_by_name(officer, "Sahel", ["company"])] == ["company"]
    assert find_by_name(officer, "Sahel", ["suspect", "nothing"]) == []
    both = {one.id for one in find_by_name(officer, "Sami")}
    assert person.record_id in both
    assert person.record_id not in {one.id for one in find_by_name(officer, "Sami", without=person.record_id)}
    assert company.record_id in {one.id for one in find_by_name(officer, "Sahel")}


def test_what_is_called_so_itself_stands_before_what_only_names_it() -> None:
    officer = make.actor()
    company = make.submit_subject(officer, "company", people=None)
    make.submit_case(officer)  # its consignee is the company
    assert [one.type for one in find_by_name(officer, "sah")] == ["company", "case"]
    assert find_by_name(officer, "Sahel Fru")[0].id == company.record_id


def test_what_one_may_not_see_is_never_offered() -> None:
    hidden = make.submit_subject(make.actor("officer", "SFA"), office="SFA")
    stranger = make.actor("officer", "RDS")
    assert find_by_name(stranger, "Sami") == []
    assert find_by_name(stranger, str(hidden.reference)) == []
    assert found_by_id(stranger, [hidden.record_id]) == []
    seer = make.actor("analyst", "HQ")
    assert [one.id for one in found_by_id(seer, [hidden.record_id])] == [hidden.record_id]
    Record.objects.filter(pk=hidden.record_id).update(sensitivity=2)
    assert found_by_id(replace(seer, clearance=1), [hidden.record_id]) == []


def test_no_more_is_offered_than_can_be_read() -> None:
    officer = make.actor()
    for number in range(MOST_FOUND + 3):
        names = [{"id": "n1", "text": f"Karim Test{number}", "type": "full"}]
        make.submit_subject(officer, names=names, documents=None, phones=None)
    assert len(find_by_name(officer, "Karim")) == MOST_FOUND


def test_the_page_of_the_search_asks_little(client, django_assert_max_num_queries) -> None:
    officer = make.actor()
    make.submit_subject(officer)
    client.force_login(User.objects.get(pk=officer.id), "django.contrib.auth.backends.ModelBackend")
    client.get("/api/v1/linkable", {"q": "Sami"})
    with django_assert_max_num_queries(14):
        answer = client.get("/api/v1/linkable", {"q": "Sami", "kinds": "suspect"})
    assert [one["title"] for one in answer.json()] == ["Sami Ouerdani"]
    again = client.get("/api/v1/linkable", {"ids": f"{answer.json()[0]['id']},nonsense"})
    assert again.json() == answer.json()


def test_a_field_takes_records_of_its_databases_only() -> None:
    officer = make.actor()
    company = make.submit_subject(officer, "company")
    persons = [{"id": "p1", "role": "courier", "name": "A", "suspect": str(company.record_id)}]
    refused = submit(officer, make.submission(make.case_document(persons=persons)))
    assert [(one.code, one.path) for one in refused.findings if one.level == "error"] == [
        ("record.link_unknown", "persons[p1].suspect")
    ]
