"""Pages show each other: what an officer linked, and who names whom; nothing of what a reader may not see."""

from __future__ import annotations

import pytest

from opencen.kernel.languages import comma
from opencen.records.links.services import NewLink, judge_link, make_link
from opencen.seizures.queries import get_case
from opencen.seizures.queries.subjects import cases_of, get_subject, named_in
from tests import make

pytestmark = pytest.mark.django_db
KINDS = ("suspect", "company", "conveyance")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_case_first", [True, False])
def test_a_case_and_what_is_linked_to_it_show_each_other(kind: str, is_case_first: bool) -> None:
    officer = make.actor()
    case, subject = make.submit_case(officer), make.submit_subject(officer, kind)
    ends = (case.record_id, subject.record_id)
    role = "involves" if is_case_first else "involved"
    first, second = ends if is_case_first else reversed(ends)
    link = make_link(officer, first_id=first, second_id=second, said=NewLink(role))
    view = get_case(officer, case.record_id)
    shown = view.linked_conveyances if kind == "conveyance" else view.linked_people
    assert [(one.kind, one.role, one.note) for one in shown] == [(kind, "Involved in", "linked by an officer")]
    assert shown[0].url.endswith(str(subject.record_id))
    assert [(one.reference, one.role) for one in cases_of(officer, kind, subject.record_id)] == [
        (case.reference, "Involved in")
    ]
    judge_link(officer, link_id=link.id, verdict="unsure")
    after = get_case(officer, case.record_id)
    assert (after.linked_people, after.linked_conveyances) == ((), ())


def test_a_hidden_record_leaves_no_trace_on_the_page_of_a_case() -> None:
    seer = make.actor("investigator", "HQ", covers="HQ")
    case = make.submit_case(make.actor())
    hidden = make.submit_subject(make.actor("officer", "SFA"), office="SFA")
    before = get_case(make.actor(), case.record_id)
    make_link(seer, first_id=hidden.record_id, second_id=case.record_id, said=NewLink("involved"))
    assert [one.name for one in get_case(seer, case.record_id).linked_people] == ["Sami Ouerdani"]
    assert get_case(make.actor(), case.record_id) == before


def test_what_a_case_states_itself_is_not_repeated() -> None:
    officer = make.actor()
    subject = make.submit_subject(officer)
    persons = [{"id": "p1", "role": "courier", "name": "Sami Ouerdani", "suspect": str(subject.record_id)}]
    case = make.submit_case(officer, persons=persons)
    make_link(officer, first_id=subject.record_id, second_id=case.record_id, said=NewLink("involved"))
    view = get_case(officer, case.record_id)
    assert view.linked_people == ()
    assert [one.url for one in view.parties if one.is_person] == [f"/suspects/{subject.record_id}"]


def test_a_person_shows_the_company_and_the_vessel_that_name_it() -> None:
    officer = make.actor()
    person = make.submit_subject(officer)
    held = [{"id": "h1", "role": "manager", "record": str(person.record_id), "share": "60"}]
    company = make.submit_subject(officer, "company", people=held)
    vessel = make.submit_subject(officer, "conveyance", holders=[{**held[0], "role": "owner"}])
    named = {(one.name, one.role, one.share, one.url) for one in named_in(officer, person.record_id)}
    assert named == {
        ("Sahel Fruits Import SARL", "Manager", "60 %", f"/companies/{company.record_id}"),
        ("CASTOR LINE", "Owner", "60 %", f"/conveyances/{vessel.record_id}"),
    }


def test_records_that_one_may_not_see_name_nobody() -> None:
    officer = make.actor()
    person = make.submit_subject(officer)
    held = [{"id": "h1", "role": "manager", "record": str(person.record_id)}]
    make.submit_subject(make.actor("analyst", "HQ", permissions=_all()), "company", office="SFA", people=held)
    assert named_in(officer, person.record_id) == ()


def _all() -> frozenset[str]:
    seer = make.actor("investigator", "HQ", covers="HQ")
    return seer.permissions | {"company:record", "records:submit"}


def test_parts_of_a_fact_keep_their_own_direction_in_arabic() -> None:
    officer = make.actor(language="ar")
    person = make.submit_subject(officer)
    facts = get_subject(officer, "suspect", person.record_id).facts
    (passport,) = [value for fact in facts for value in fact.values if "T4471180" in value]
    assert passport.startswith("\u200f\u2068T4471180\u2069" + comma("ar") + "\u2068")
    english = get_subject(make.actor(), "suspect", person.record_id).facts
    assert not any("\u2068" in value for fact in english for value in fact.values)
