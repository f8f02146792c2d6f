"""Deadlines as a calendar file, the whole on paper, reminders, and what an erasure reaches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from opencen.investigations import journal, linking, tasks
from opencen.investigations.calendar_file import Deadline, escape, fold, write_calendar
from opencen.investigations.deadlines import calendar_of, my_deadlines
from opencen.investigations.deconfliction import read_for_overlaps
from opencen.investigations.models import Overlap
from opencen.investigations.notices import count_notices, mark_seen
from opencen.investigations.queries import get_investigation, my_notices
from opencen.investigations.reminders import remind
from opencen.kernel.clock import clock_at, now
from opencen.kernel.errors import Invalid, NotFound
from opencen.printing.investigation_file import print_investigation
from opencen.records.erasing_whole import erase_record
from opencen.records.erasure import erase_persons
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.release.services import Choices, release_record
from tests import make
from tests.investigations.teams import again, browser, investigator, opened, read_log, state

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", "plain"),
        ("a,b;c", "a\\,b\\;c"),
        ("back\\slash", "back\\\\slash"),
        ("two\r\nlines\nthree\rfour", "two\\nlines\\nthree\\nfour"),
        ("bell\x07 and\x00 nought", "bell and nought"),
        ("colon: stays", "colon: stays"),
    ],
)
def test_a_text_is_escaped_as_the_standard_says(text, written):
    assert escape(text) == written


@pytest.mark.parametrize("line", ["x" * 75, "x" * 76, "é" * 80, "ت" * 200, "🚢" * 60, "a" + "é" * 37, ""])
def test_a_long_line_is_folded_at_75_octets_and_never_through_a_character(line):
    parts = list(fold(line))
    assert all(len(part.removesuffix(b"\r\n")) <= 75 and part.endswith(b"\r\n") for part in parts)
    assert b"".join(part.removesuffix(b"\r\n").decode().encode() for part in parts[:1])[:1] == line.encode()[:1]
    assert b"".join(parts).replace(b"\r\n ", b"").removesuffix(b"\r\n").decode() == line


def test_a_calendar_file_has_what_readers_ask_for():
    stamp = datetime(2026, 11, 22, 8, tzinfo=UTC)
    written = write_calendar("I-1", [Deadline("task-1", date(2026, 12, 31), "Ask, now", "x", changed=stamp)], "tn")
    lines = written.decode().split("\r\n")
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//OpenCEN//Investigations//EN"]
    for line in ("UID:task-1@tn", "DTSTAMP:20261122T080000Z", "DTSTART;VALUE=DATE:20261231",
                 "DTEND;VALUE=DATE:20270101", "SUMMARY:Ask\\, now", "CLASS:CONFIDENTIAL"):  # fmt: skip
        assert line in lines
    for name in ("VCALENDAR", "VEVENT", "VALARM"):
        assert lines.count(f"BEGIN:{name}") == lines.count(f"END:{name}") == 1
    assert lines[-2:] == ["END:VCALENDAR", ""]


@pytest.mark.parametrize(("day", "start"), [(date.max, b"DATE:99991231"), (date.min, b"DATE:00010101")])
def test_the_ends_of_time_are_days_too(day, start):
    assert start in write_calendar("I-1", [Deadline("x", day, "Far")], "tn")


def test_the_deadlines_of_an_investigation_and_of_a_person_go_into_a_calendar():
    row, lead = opened(investigator(), officer := investigator("Officer"))
    due = now().date() + timedelta(days=9)
    tasks.give_task(lead, investigation_id=row.pk, task=tasks.NewTask("Ask the carrier", officer.id, due))
    name, content = calendar_of(lead, row.pk)
    assert name == f"{get_investigation(lead, row.pk).row.reference}.ics"
    assert content.count(b"BEGIN:VEVENT") == 2
    assert my_deadlines(again(officer))[1].count(b"Ask the carrier") == 2
    assert b"VEVENT" not in my_deadlines(lead)[1]
    with pytest.raises(NotFound):
        calendar_of(again(investigator("Stranger")), row.pk)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_whole_is_set_on_paper_in_a_language_of_choice(language):
    row, lead = opened(investigator("ليلى بن سالم"), title="خط الحاويات")
    make.taken(
        state(
            lead, row.pk, 1, hypotheses=[{"id": "h1", "statement": "One consignee", "state": "open"}],
            evidence=[{"id": "e1", "kind": "document", "description": "Bill of lading", "disclosure": "disclosed"}],
        )
    )  # fmt: skip
    name, content = print_investigation(lead, row.pk, language=language)
    assert name.endswith(f"-{language}.pdf")
    assert content.startswith(b"%PDF-")
    with pytest.raises(Invalid):
        print_investigation(lead, row.pk, language="xx")
    with pytest.raises(NotFound):
        print_investigation(again(investigator("Stranger")), row.pk)


def test_what_is_due_is_told_once_and_what_is_overdue_also_to_the_lead():
    row, lead = opened(investigator(), officer := investigator("Officer"))
    officer = again(officer)
    due = now().date() + timedelta(days=2)
    tasks.give_task(lead, investigation_id=row.pk, task=tasks.NewTask("Ask", officer.id, due))
    mark_seen(officer)
    remind()
    assert remind() == 0
    assert [notice.kind for notice in my_notices(officer)] == ["task_due"]
    with clock_at(now() + timedelta(days=4)):
        remind()
        assert remind() == 0
        assert {notice.kind for notice in my_notices(officer)} == {"task_due", "task_late"}
        assert {notice.kind for notice in my_notices(lead)} == {"task_late", "stage_late"}
    assert mark_seen(officer) == 2
    assert count_notices(officer) == 0
    assert mark_seen(officer) == 0


def test_an_erased_person_leaves_the_texts_of_linked_investigations():
    person = {"id": "p1", "role": "driver", "name": "Wexbrolan Testudo", "standing": "suspected"}
    case = make.submit_case(make.actor(), persons=[person])
    row, lead = opened(investigator(), title="Around Wexbrolan", record=case.record_id, background="Nothing else")
    make.taken(state(lead, row.pk, 1, hypotheses=[{"id": "h1", "statement": "Testudo drove"}]))
    entry = journal.NewEntry("contact", "Wexbrolan called", party="Testudo")
    journal.write_entry(lead, investigation_id=row.pk, entry=entry)
    tasks.give_task(lead, investigation_id=row.pk, task=tasks.NewTask("Hear Wexbrolan", lead.id))
    other, lead = opened(lead, title="Wexbrolan elsewhere")
    erase_persons(make.actor("legal"), record_id=case.record_id, item_ids=["p1"], basis="order")
    view = get_investigation(lead, row.pk)
    told = f"{view}"
    assert "Wexbrolan" not in told
    assert "Testudo" not in told
    assert "Nothing else" in told
    assert [entry.is_erased for entry in view.entries if entry.kind == "contact"] == [True]
    assert "Wexbrolan" in get_investigation(lead, other.pk).row.title
    assert search(lead, SearchRequest(type="investigation", text="testudo")).total == 0
    linking.find_record(lead, str(case.record_id))


def test_nothing_of_an_investigation_is_released_exported_or_imported():
    contact = make.actor("national_contact_point")
    row, contact = opened(contact)
    choices = Choices()
    with pytest.raises(NotFound):
        release_record(contact, record_id=row.pk, revision=1, profile="global_cen", recipient="HUB", choices=choices)
    client = browser(contact)
    assert client.get("/investigations/export?format=jsonl").status_code in (403, 404)
    assert client.get("/capture/investigation/new")["Location"] == "/investigations/new"
    assert 'value="investigation"' not in client.get("/import").content.decode()


def test_an_erased_telephone_is_not_kept_as_what_two_teams_met_over():
    one, first = opened(investigator("First owner"), title="One")
    two, second = opened(investigator("Second owner"), title="Two")
    officer = make.actor("officer", "HQ", covers="HQ")
    phone = ["+216 98 123 456"]
    record_id = make.submit_subject(officer, phones=phone, documents=None).record_id
    linking.link_record(first, investigation_id=one.pk, record=str(record_id))
    make.taken(state(second, two.pk, 1, phones=[{"id": "t1", "number": phone[0]}]))
    read_log(read_for_overlaps)
    assert [row.key for row in Overlap.objects.all()] == ["phone:21698123456"]
    erase_record(make.actor("legal", "HQ", covers="HQ"), record_id=record_id, basis="order")
    assert not Overlap.objects.exists()
    read_log(read_for_overlaps)
    assert not Overlap.objects.exists()
