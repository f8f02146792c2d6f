"""Double entries: pairs with why, under the lock; related by one click, or told apart with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from opencen.accounts.models import User
from opencen.kernel.errors import Forbidden, Invalid, NotFound
from opencen.log.models import Entry
from opencen.records.documents import documents_of
from opencen.records.models import Record
from opencen.records.review import cancel_record
from opencen.seizures.queries.doubles import find_doubles
from opencen.seizures.same_event import event_group
from opencen.seizures.services import relate_as_same_event, tell_apart
from tests import make
from tests.analysis.fixtures import facts  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

SINCE = date(2026, 1, 1)
NOTHING_SHARED = {"consignments": None, "conveyances": [{"id": "v1", "mode": "vessel"}]}
OTHER_GOODS = {"lines": [make.line(quantity="3", commodity="drugs.cannabis.resin")]}
SURE = {"*": "sure", "event.reported_elsewhere": "sure", "case.repeated": "sure"}


def stored(by, **changes):
    """Submit a case, every warning answered; return its id."""
    return make.taken(make.submit(by, make.submission(make.case_document(**changes), reasons=SURE))).record_id


def pairs(by, **options):
    """Return the pairs that somebody is shown, as sets of ids."""
    return [{double.first.id, double.second.id} for double in find_doubles(by, since=SINCE, **options)[0]]


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (OTHER_GOODS, (2, False)),
        (NOTHING_SHARED, (0, True)),
        ({}, (2, True)),
        ({**NOTHING_SHARED, "detected_at": "2026-06-13"}, (0, True)),
        ({**NOTHING_SHARED, "detected_at": "2026-06-15"}, None),
        ({**OTHER_GOODS, "detected_at": "2026-06-20"}, None),
        ({**NOTHING_SHARED, **OTHER_GOODS}, None),
        ({**NOTHING_SHARED, "lines": [make.line(quantity="86.43")]}, None),
    ],
)
def test_two_cases_of_the_same_days_are_a_pair_by_number_or_by_goods(other, reasons):
    officer = make.actor("officer")
    first = stored(officer)
    second = stored(officer, **other)
    found, count = find_doubles(officer, since=SINCE)
    assert count == len(found) == (reasons is not None)
    if reasons:
        assert (found[0].first.id, found[0].second.id) == (first, second)
        assert (len(found[0].numbers), found[0].same_goods) == reasons


def test_a_round_quantity_tells_nothing():
    officer = make.actor("officer")
    for _ in range(2):
        stored(officer, **NOTHING_SHARED, lines=[make.line(quantity="200")])
    assert pairs(officer) == []


def test_the_lock_keeps_pairs_from_who_sees_one_of_them_only():
    here, there = make.actor("officer"), make.actor("officer", "SFA")
    first, second = stored(here), stored(there, office="SFA")
    assert pairs(here) == pairs(there) == []
    assert pairs(make.actor("analyst")) == [{first, second}]
    with pytest.raises(NotFound):
        relate_as_same_event(here, first=first, second=second)
    with pytest.raises(NotFound):
        tell_apart(there, first=first, second=second, reason="two trucks")


def test_related_as_one_event_by_one_click_they_count_once():
    here, contact = make.actor("officer"), make.actor("national_contact_point")
    first, second = stored(here), stored(here)
    receipt = relate_as_same_event(contact, first=first, second=second)
    assert receipt.record_id == second
    assert event_group(first) == event_group(second)
    document = documents_of("case", [(second, 2)])[second]
    assert [item["record"] for item in document["relations"]] == [str(first)]
    assert document["lines"] == make.case_document()["lines"] or document["lines"][0]["quantity"] == "86.42"
    assert pairs(contact) == []


def test_told_apart_with_a_reason_they_are_not_shown_again():
    officer = make.actor("officer")
    first, second = stored(officer), stored(officer)
    with pytest.raises(Invalid, match="reason_missing"):
        tell_apart(officer, first=first, second=second, reason="  ")
    tell_apart(officer, first=second, second=first, reason="Two containers of one vessel")
    assert pairs(officer) == []
    entry = Entry.objects.get(act="case.told_apart")
    assert "vessel" not in entry.data
    with pytest.raises(Forbidden):
        tell_apart(make.actor("auditor", covers="HQ"), first=first, second=second, reason="no")


def test_a_cancelled_case_is_no_double():
    officer = make.actor("officer")
    stored(officer)
    second = stored(officer)
    cancel_record(make.actor("legal"), record_id=second, reason="entered twice")
    assert pairs(officer) == []


def test_an_office_is_shown_the_pairs_it_has_a_part_in():
    contact = make.actor("national_contact_point")
    first, second = stored(make.actor("officer")), stored(make.actor("officer", "SFA"), office="SFA")
    offices = {row.id: row.office_id for row in Record.objects.all()}
    assert pairs(contact, offices=frozenset({offices[first]})) == [{first, second}]
    assert pairs(contact, offices=frozenset()) == []


def test_the_page_shows_a_pair_and_settles_it():
    officer = make.actor("officer")
    day = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    first, second = stored(officer, detected_at=day), stored(officer, detected_at=day)
    client = Client()
    client.force_login(User.objects.get(pk=officer.id))
    page = client.get("/quality").content.decode()
    assert f'value="{first}"' in page
    assert "OCLU3026189" not in page
    assert "1 pair of cases may be one event" in page
    answer = client.post("/quality", {"act": "apart", "first": first, "second": second, "reason": ""})
    assert answer.status_code == 422
    answer = client.post("/quality", {"act": "relate", "first": first, "second": second}, follow=True)
    assert "Related as one event" in answer.content.decode()
    assert f'value="{first}"' not in answer.content.decode()
