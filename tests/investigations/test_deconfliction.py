"""Two teams hold the same: their owners are told, and for everybody else nothing changes, byte for byte."""

from __future__ import annotations

import re

import pytest

from opencen.accounts.models import Grant, Office
from opencen.investigations import linking, team
from opencen.investigations.deconfliction import read_for_overlaps
from opencen.investigations.models import Overlap
from opencen.investigations.notices import count_notices
from opencen.investigations.queries import get_investigation
from opencen.log.sealer import seal_all
from opencen.records.intake import submit
from opencen.records.lock import visible_to
from tests import make
from tests.investigations.teams import again, browser, investigator, opened, read_log, state

pytestmark = pytest.mark.django_db

PHONE = [{"id": "t1", "number": "+216 98 123 456"}]
SAME_PHONE = [{"id": "x9", "number": "00216-98123456"}]
NOISE = re.compile(rb"\b[0-9A-Za-z]{64}\b|\b\d\d:\d\d(:\d\d)?\b|\"(as_of|took_ms)\": ?\"?[^,}]*")


def bodies(person, *ids) -> dict[str, bytes]:
    """Read every page and route that could tell a person of investigations or of what they hold."""
    client = browser(again(person))
    paths = [
        "/", "/searches", "/investigations", "/investigations?view=list&state=all", "/investigations?view=tasks",
        "/investigations?view=list&q=98123456", "/investigations?view=list&q=Cocaine", "/cases", "/cases?q=OCLU3026189",
        "/suspects", "/companies", "/conveyances", "/merges", "/downloads", "/quality", "/analysis",
        "/api/v1/records/case?text=OCLU3026189", "/api/v1/records/investigation", "/api/v1/investigations",
        "/api/v1/investigations/tasks", "/api/v1/investigations/notices",
        *(f"/investigations/{one}" for one in ids), *(f"/api/v1/investigations/{one}" for one in ids),
        *(f"/api/v1/records/investigation/{one}" for one in ids),
        *(f"/api/v1/records/investigation/{one}/revisions" for one in ids),
        *(f"/api/v1/records/investigation/{one}/log" for one in ids),
        *(f"/investigations/{one}/calendar.ics" for one in ids),
    ]  # fmt: skip
    found = {}
    for path in paths:
        answer = client.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        headers = "".join(f"{k}:{v}" for k, v in sorted(answer.items()) if k not in ("X-Request-ID", "Content-Length"))
        found[path] = f"{answer.status_code} {NOISE.sub(b'', headers.encode())!r}".encode() + NOISE.sub(b"", content)
    return found


def settle(*people) -> None:
    """Let figures and searches read in what was recorded, so that only the telling itself can change a page."""
    seal_all()
    for person in people:
        bodies(person)


def with_all_roles(person):
    """Give somebody every role that works with records, national; only the team is missing."""
    for role in ("validator", "analyst", "auditor", "legal", "national_contact_point"):
        Grant.objects.create(user_id=person.id, role=role, office=Office.objects.get(code="HQ"))
    return again(person)


def two_teams():
    """Make two investigations with a member each."""
    first, second = investigator("First owner"), investigator("Second owner")
    one, first = opened(first, member := investigator("A member"), title="One")
    two, second = opened(second, investigator("Another member"), title="Two")
    return (one, first), (two, second), again(member)


def test_two_owners_who_hold_the_same_telephone_are_told_and_nobody_else():
    (one, first), (two, second), member = two_teams()
    outsider = with_all_roles(investigator("Outsider"))
    make.taken(state(first, one.pk, 1, phones=PHONE))
    read_log(read_for_overlaps)
    make.taken(state(second, two.pk, 1, phones=SAME_PHONE))
    settle(outsider, member)
    searcher = second  # made the look-up; the owner of the second is told as its owner only
    before = {who: bodies(person, one.pk, two.pk) for who, person in (("outsider", outsider), ("member", member))}
    assert read_log(read_for_overlaps) > 0
    after = {who: bodies(person, one.pk, two.pk) for who, person in (("outsider", outsider), ("member", member))}
    assert Overlap.objects.count() == 1
    for who, pages in before.items():
        assert [path for path in pages if pages[path] != after[who][path]] == [], who
    for owner, investigation, other in ((first, one, "Second owner"), (searcher, two, "First owner")):
        assert [found.owner for found in get_investigation(owner, investigation.pk).overlaps] == [other]
        assert count_notices(owner) == 1
        page = browser(owner).get(f"/investigations/{investigation.pk}").content.decode()
        assert "Another team holds the same." in page
        assert other in page
    assert "Two" not in browser(first).get(f"/investigations/{one.pk}").content.decode().split("Another team")[1][:600]
    assert get_investigation(member, one.pk).overlaps == ()


def test_a_searcher_in_one_team_who_does_not_own_it_learns_nothing_from_what_it_adds():
    (one, first), (two, second), member = two_teams()
    case = make.submit_case(make.actor())
    linking.link_record(second, investigation_id=two.pk, record=case.reference)
    read_log(read_for_overlaps)
    linking.link_record(member, investigation_id=one.pk, record=case.reference)
    settle(member)
    before = bodies(member, one.pk, two.pk, case.record_id)
    assert read_log(read_for_overlaps) > 0
    assert Overlap.objects.exists()
    after = bodies(member, one.pk, two.pk, case.record_id)
    assert [path for path in before if before[path] != after[path]] == []
    assert {found.what for found in get_investigation(first, one.pk).overlaps} >= {case.reference}
    assert count_notices(second) == 1


def test_what_is_alike_in_one_team_or_in_a_closed_investigation_tells_nobody():
    lead = investigator("Only one")
    one, lead = opened(lead)
    case = make.submit_case(make.actor())
    linking.link_record(lead, investigation_id=one.pk, record=case.reference)
    make.taken(state(lead, one.pk, 1, phones=[*PHONE, {"id": "t2", "number": "00216 98 123 456"}]))
    read_log(read_for_overlaps)
    assert not Overlap.objects.exists()


def test_the_same_is_told_once_however_often_the_log_is_read():
    (one, first), (two, second), _member = two_teams()
    make.taken(state(first, one.pk, 1, phones=PHONE))
    make.taken(state(second, two.pk, 1, phones=SAME_PHONE))
    read_log(read_for_overlaps)
    make.taken(state(first, one.pk, 2, background="more"))
    read_log(read_for_overlaps)
    assert (Overlap.objects.count(), count_notices(first), count_notices(second)) == (1, 1, 1)
    make.taken(state(second, two.pk, 2, phones=None))
    read_log(read_for_overlaps)
    assert get_investigation(first, one.pk).overlaps != () or Overlap.objects.count() == 1


def test_one_person_in_two_teams_is_one_by_record_passport_or_link_of_a_case():
    (one, first), (two, second), _member = two_teams()
    officer = make.actor()
    known = make.submit_subject(officer)
    again_stated = make.suspect_document(phones=None, names=[{"id": "n1", "text": "S. Ouerdani", "type": "full"}])
    reasons = {"document.known_suspect": "Perhaps a borrowed passport"}
    other = make.taken(submit(officer, make.submission(again_stated, "suspect", reasons=reasons)))
    linking.link_record(first, investigation_id=one.pk, record=str(known.record_id))
    linking.link_record(second, investigation_id=two.pk, record=str(other.record_id))
    read_log(read_for_overlaps)
    told = get_investigation(first, one.pk).overlaps
    assert [(found.kind, found.owner) for found in told] == [("Same identity document", "Second owner")]
    assert get_investigation(first, one.pk).links[0].title == "Sami Ouerdani"
    assert get_investigation(first, one.pk).links[0].url == f"/suspects/{known.record_id}"
    person = {"id": "p1", "role": "courier", "standing": "suspected", "suspect": str(known.record_id)}
    case = make.submit_case(officer, persons=[person])
    linking.link_record(second, investigation_id=two.pk, record=case.reference)
    read_log(read_for_overlaps)
    assert "Same record" in {found.kind for found in get_investigation(first, one.pk).overlaps}
    assert count_notices(first) == 2


def test_what_a_team_placed_into_its_own_group_counts_as_held():
    (one, first), (two, second), _member = two_teams()
    inside = make.taken(
        submit(first, make.submission(make.suspect_document(office="HQ"), "suspect", compartment=one.compartment_id))
    )
    make.taken(state(second, two.pk, 1, phones=[{"id": "t1", "number": "0021671555018"}]))
    read_log(read_for_overlaps)
    assert [found.owner for found in get_investigation(second, two.pk).overlaps] == ["First owner"]
    assert str(inside.record_id) not in str(get_investigation(second, two.pk).overlaps)
    assert not visible_to(second).filter(pk=inside.record_id).exists()


def test_who_leads_both_teams_is_told_nothing_until_one_of_them_has_another_lead():
    lead = investigator("Leads both")
    deputy = investigator("Takes over")
    one, lead = opened(lead, title="One")
    two, lead = opened(again(lead), deputy, title="Two")
    lead = again(lead)
    make.taken(state(lead, one.pk, 1, phones=PHONE))
    make.taken(state(lead, two.pk, 1, phones=SAME_PHONE))
    read_log(read_for_overlaps)
    assert not Overlap.objects.exists()
    assert count_notices(lead) == 0
    team.set_member(lead, investigation_id=two.pk, user_id=deputy.id, role="lead")
    read_log(read_for_overlaps)
    assert [found.owner for found in get_investigation(again(lead), one.pk).overlaps] == ["Takes over"]
    assert [found.owner for found in get_investigation(again(deputy), two.pk).overlaps] == ["Leads both"]
    team.set_member(again(deputy), investigation_id=two.pk, user_id=lead.id, role="lead")
    assert get_investigation(again(lead), one.pk).overlaps == ()


def test_what_both_hold_is_named_once_a_telephone_as_one_dials_it_and_the_rest_is_folded():
    (one, first), (two, second), _member = two_teams()
    numbers = [{"id": f"t{at}", "number": f"+216 98 123 45{at}"} for at in range(6)]
    case = make.submit_case(make.actor())
    for person, investigation in ((first, one), (second, two)):
        make.taken(state(person, investigation.pk, 1, phones=numbers))
        linking.link_record(person, investigation_id=investigation.pk, record=case.reference)
    read_log(read_for_overlaps)
    told = get_investigation(first, one.pk).overlaps
    assert {found.what for found in told} >= {"+216 98 123 450", case.reference}
    assert len({(found.kind, found.what) for found in told}) == len(told)
    page = browser(first).get(f"/investigations/{one.pk}").content.decode()
    assert f"and {len(told) - 4} more" in page.split("Another team holds the same.")[1].split("</details>")[0]
