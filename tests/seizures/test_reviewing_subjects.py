"""Suspects, companies and conveyances wait for a second person in the same queue as cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from opencen.accounts.models import User
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Forbidden, NotFound
from opencen.log.models import Entry
from opencen.records.models import Record, ReviewNote
from opencen.records.review import return_record
from opencen.seizures import queries
from tests import make

pytestmark = pytest.mark.django_db
KINDS = ("suspect", "company", "conveyance")


def signed_in(client, actor: Actor):
    """Sign an actor's user in."""
    client.force_login(User.objects.get(pk=actor.id), "django.contrib.auth.backends.ModelBackend")
    return client


def test_every_kind_waits_in_one_queue_for_who_may_validate_it() -> None:
    officer, validator = make.actor(), make.actor("validator")
    made = [make.submit_case(officer), *(make.submit_subject(officer, kind) for kind in KINDS)]
    queue = queries.review_queue(validator)
    assert [(row.id, row.reference) for row in queue.rows] == [(one.record_id, one.reference) for one in made]
    assert [row.type for row in queue.rows] == ["case", *KINDS]
    assert queries.count_waiting(validator) == queue.total == 4
    less = replace(validator, permissions=validator.permissions - {"suspect:validate"})
    assert [row.type for row in queries.review_queue(less).rows] == ["case", "company", "conveyance"]
    with pytest.raises(NotFound):
        queries.review_detail(less, made[1].record_id)
    with pytest.raises(Forbidden):
        queries.review_detail(officer, made[1].record_id)
    assert queries.review_queue(make.actor("validator", "SFA", covers="DSF")).total == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_subject_is_read_in_the_order_of_its_form_and_decided(client, kind: str) -> None:
    officer, validator = make.actor(), make.actor("validator")
    receipt = make.submit_subject(officer, kind, review_on=None)
    detail = queries.review_detail(validator, receipt.record_id)
    assert detail.url.endswith(str(receipt.record_id))
    assert detail.may_decide
    assert detail.findings == ()
    assert Entry.objects.filter(act="record.nominal_read", subject_id=str(receipt.record_id)).count() == 1
    page = signed_in(client, validator).get(f"/review?case={receipt.record_id}").content.decode()
    for _path, label, text in detail.case.facts:
        assert text
        assert label in page
    answered = client.post(
        f"/review/{receipt.record_id}",
        {"act": "return", "revision": "1", "path": "names[n1]", "reason": "Which spelling?"},
    )
    assert answered.status_code == 302
    assert Record.objects.get(pk=receipt.record_id).state == "returned"
    assert ReviewNote.objects.get(record_id=receipt.record_id).path == "names[n1]"


def test_a_record_that_the_reviewer_may_not_see_is_not_named_in_what_is_stated() -> None:
    officer, validator = make.actor("officer", "RDS"), make.actor("validator", "DTN")
    hidden = make.submit_subject(make.actor("officer", "SFA"), office="SFA")
    seen = make.submit_subject(officer, names=[{"id": "n1", "text": "Rached Ben Ali"}], documents=None, phones=None)
    people = [
        {"id": "a", "role": "manager", "record": str(seen.record_id)},
        {"id": "b", "role": "owner", "record": str(hidden.record_id)},
    ]
    national = make.actor("analyst", "HQ", permissions=officer.permissions)
    company = make.submit_subject(national, "company", people=people, owners=None)
    rows = {path: text for path, _label, text in queries.review_detail(validator, company.record_id).case.facts}
    assert set(rows["people[a]"].split(", ")) == {"Manager", "Rached Ben Ali"}
    assert rows["people[b]"] == "Owner"


def test_a_changed_subject_shows_what_changed_since_it_was_returned() -> None:
    officer, validator = make.actor(), make.actor("validator")
    receipt = make.submit_subject(officer)
    return_record(validator, record_id=receipt.record_id, revision=1, reasons={"": "More, please"})
    make.amend_case(officer, receipt.record_id, 1, {**make.suspect_document(), "occupation": "Cook"}, type="suspect")
    detail = queries.review_detail(validator, receipt.record_id)
    assert [(one.path, one.after) for one in detail.changes] == [("occupation", "Cook")]
    assert queries.review_queue(validator, queries.QueueFilters(resubmitted=True)).total == 1
