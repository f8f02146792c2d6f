"""Histories and differences tell a reader with less rights nothing of what is hidden: byte for byte as if it were not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from opencen.accounts.models import User
from opencen.investigations.linking import link_record, unlink_record
from opencen.investigations.models import Link as InvestigationLink
from opencen.investigations.queries import get_investigation
from opencen.kernel.actor import Actor
from opencen.kernel.clock import clock_at, now
from opencen.records.models import Record, Revision
from opencen.records.watches.services import NewWatch, set_watch
from opencen.seizures.queries.history import TimelineEntry, timeline_of
from opencen.seizures.services import tell_apart
from tests import make
from tests.investigations.teams import again, investigator, opened

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor) -> Client:
    """Sign an actor's user in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.id), "django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, url: str) -> str:
    """Return a page without what differs from call to call."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    return re.sub(r'(nonce="[^"]*"|value="[A-Za-z0-9]{64}"|"X-CSRFToken": "[^"]*")', "", answer.content.decode())


def told_to(actor: Actor, record: Record) -> list[TimelineEntry]:
    """Return the history of a record as an actor reads it."""
    return timeline_of(actor, list(Revision.objects.filter(record=record).select_related("record").order_by("number")))[
        1
    ]


def test_a_case_told_apart_from_a_hidden_one_says_nothing_of_it() -> None:
    officer = make.actor("officer", "RDS")
    mine = make.submit_case(officer)
    hidden = make.submit_case(make.actor("officer", "SFA"), office="SFA", detected_at="2026-05-01")
    reader = signed_in(officer)
    moment = now()  # a page says to the minute when it was read
    with clock_at(moment):
        before = page(reader, f"/cases/{mine.record_id}")
    seer = make.actor("national_contact_point", "HQ")
    seer = replace(seer, permissions=seer.permissions | {"case:record"})
    tell_apart(seer, first=mine.record_id, second=hidden.record_id, reason="Two ships")
    with clock_at(moment):
        assert page(reader, f"/cases/{mine.record_id}") == before
    first = min(mine.record_id, hidden.record_id)
    record = Record.objects.get(pk=first)
    acts = {entry.act for entry in told_to(seer, record)}
    assert "case.told_apart" in acts


@pytest.mark.parametrize("kind", ["suspect", "company", "conveyance"])
def test_a_watch_entry_leaves_no_trace_for_who_reads_none(kind: str) -> None:
    officer = make.actor("officer", "RDS")
    subject = make.submit_subject(officer, kind)
    place = {"suspect": "suspects", "company": "companies", "conveyance": "conveyances"}[kind]
    analyst = make.actor("analyst", "HQ")
    reading = {"watch:read"} & analyst.permissions
    less = signed_in(analyst)
    before = page(less, f"/{place}/{subject.record_id}") if not reading else ""
    record = Record.objects.get(pk=subject.record_id)
    blind = replace(analyst, permissions=analyst.permissions - {"watch:read"})
    told = told_to(blind, record)
    watch = NewWatch(action="sighting", ends_at=now() + timedelta(days=40))
    setter = make.actor("investigator", "HQ", covers="HQ")
    setter = replace(setter, permissions=setter.permissions | {"watch:set", "watch:read"})
    set_watch(setter, record_id=subject.record_id, watch=watch)
    assert told_to(blind, record) == told
    assert "watch.set" in {entry.act for entry in told_to(setter, record)}
    if not reading:
        assert page(less, f"/{place}/{subject.record_id}") == before


def test_the_log_of_an_investigation_keeps_still_of_records_that_a_member_may_not_see() -> None:
    lead = investigator("Lead")
    row, lead = opened(lead)
    hidden = make.submit_case(make.actor("officer", "SFA"), office="SFA")
    lead = again(lead)
    blind = replace(lead, office_ids=frozenset({Record.objects.get(pk=row.pk).office_id}))
    before = get_investigation(blind, row.pk).entries
    link_record(lead, investigation_id=row.pk, record=str(hidden.reference))
    assert get_investigation(blind, row.pk).entries == before
    assert f"Linked: {hidden.reference}" in {entry.words for entry in get_investigation(lead, row.pk).entries}
    link = InvestigationLink.objects.get(investigation=row)
    unlink_record(lead, investigation_id=row.pk, link_id=link.id, reason="Another gang")
    assert get_investigation(blind, row.pk).entries == before
    assert f"Link taken out: {hidden.reference}" in {entry.words for entry in get_investigation(lead, row.pk).entries}


@pytest.mark.parametrize("kind", ["suspect", "company", "conveyance"])
def test_differences_name_no_record_that_is_hidden(kind: str) -> None:
    officer = make.actor("officer", "RDS")
    hidden = make.submit_subject(
        make.actor("officer", "SFA"),
        "suspect",
        office="SFA",
        names=[{"id": "n", "text": "Hidden Man"}],
        documents=None,
        phones=None,
    )
    subject = make.submit_subject(officer, kind)
    national = make.actor("analyst", "HQ", permissions=officer.permissions)
    held = {"id": "a1", "role": "contact", "record": str(hidden.record_id)}
    make.amend_case(national, subject.record_id, 1, {**make.DOCUMENTS[kind](), "associates": [held]}, type=kind)
    place = {"suspect": "suspects", "company": "companies", "conveyance": "conveyances"}[kind]
    client = signed_in(officer)
    for url in (f"/{place}/{subject.record_id}", f"/{place}/{subject.record_id}/compare?before=1&after=2"):
        text = page(client, url)
        assert "Hidden Man" not in text
        assert str(hidden.reference) not in text
        assert str(hidden.record_id) not in text
