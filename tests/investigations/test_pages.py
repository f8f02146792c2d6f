"""The pages of investigations: what they show, what they say of a refusal, and how often they ask the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opencen.investigations import journal, linking, tasks
from opencen.investigations.deconfliction import read_for_overlaps
from opencen.investigations.models import Investigation, Task
from opencen.investigations.queries import get_investigation
from opencen.kernel.clock import now
from tests import make
from tests.bench.counting import count_asked
from tests.investigations.teams import again, browser, investigator, opened, read_log, state

pytestmark = pytest.mark.django_db
MOST = 15


def busy(count: int = 6):
    """Make several investigations of one lead, each with a member, tasks, log and links."""
    lead, officer = investigator("Lead"), investigator("Officer")
    cases = [
        make.submit_case(
            make.actor(), detected_at=f"2026-0{n}-12", consignments=None, lines=[make.line(quantity=str(n))]
        )
        for n in (1, 2, 3)
    ]
    for number in range(count):
        row, lead = opened(lead, officer, title=f"Line {number}", template=("drugs", "money")[number % 2])
        make.taken(
            state(
                lead, row.pk, 1, hypotheses=[{"id": "h1", "statement": "One consignee"}],
                evidence=[{"id": "e1", "kind": "exhibit", "description": "A seal", "disclosure": "undecided"}],
            )
        )  # fmt: skip
        for case in cases:
            linking.link_record(lead, investigation_id=row.pk, record=case.reference)
        for n in range(3):
            due = now().date() + timedelta(days=n - 1)
            tasks.give_task(lead, investigation_id=row.pk, task=tasks.NewTask(f"Task {n}", officer.id, due))
            journal.write_entry(lead, investigation_id=row.pk, entry=journal.NewEntry("note", f"Note {n}"))
    return row, lead, again(officer), cases


def asked(client, address: str) -> int:
    """Count the statements of a page that is asked for a second time."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return count_asked(captured)


def test_no_page_asks_the_database_more_than_fifteen_times_however_much_it_shows():
    row, lead, officer, cases = busy()
    other, second = opened(investigator("Another owner"))
    linking.link_record(second, investigation_id=other.pk, record=cases[0].reference)
    read_log(read_for_overlaps)
    client = browser(lead)
    assert "Another team holds the same" in client.get(f"/investigations/{row.pk}").content.decode()
    pages = {
        "board": "/investigations",
        "list": "/investigations?view=list",
        "search": "/investigations?view=list&q=line",
        "tasks": "/investigations?view=tasks",
        "page": f"/investigations/{row.pk}",
        "new": "/investigations/new",
    }
    counts = {name: asked(client, address) for name, address in pages.items()}
    assert {name: count for name, count in counts.items() if count > MOST} == {}, counts
    member = browser(officer)
    home, case = asked(member, "/"), asked(member, f"/cases/{cases[0].record_id}")
    plain = browser(investigator("In no team"))
    assert home - asked(plain, "/") <= 2
    assert case - asked(plain, f"/cases/{cases[0].record_id}") <= 1


def test_board_list_tasks_and_home_show_what_is_late():
    row, lead, officer, _cases = busy(2)
    Investigation.objects.filter(pk=row.pk).update(stage_due=now().date() - timedelta(days=1))
    for view in ("board", "list"):
        text = browser(lead).get(f"/investigations?view={view}").content.decode()
        assert "Line 1" in text
        assert "1 past the deadline of its stage" in text
    assert "overdue since" in browser(officer).get("/").content.decode()
    assert "Task 0" in browser(officer).get("/investigations?view=tasks").content.decode()
    assert "New task: Task 0" in browser(officer).get("/searches").content.decode()
    assert browser(officer).post("/investigations/notices/seen").status_code == 302
    assert "New task" not in browser(officer).get("/searches").content.decode()


def test_an_investigation_is_opened_on_its_page_from_a_case_and_worked_on_by_forms():
    case = make.submit_case(make.actor())
    lead, officer = investigator("Lead"), investigator("Officer")
    client = browser(lead)
    assert f"/investigations/new?record={case.record_id}" in client.get(f"/cases/{case.record_id}").content.decode()
    form = client.get(f"/investigations/new?record={case.record_id}").content.decode()
    assert case.reference in form
    given = {"title": "", "template": "drugs", "record": str(case.record_id), "members": [str(officer.id)]}
    assert client.post("/investigations/new", given).status_code == 422
    made = client.post("/investigations/new", {**given, "title": "Reefer line"})
    where = made["Location"]
    assert case.reference in client.get(where).content.decode()
    posts = [
        ("task", {"title": "Ask the carrier", "assignee": officer.id, "due": "2026-12-01"}),
        ("entry", {"kind": "decision", "text": "Controlled delivery is proposed"}),
        ("deadline", {"due": "2026-12-24", "reason": "Holiday of the court"}),
    ]
    for name, data in posts:
        assert client.post(f"{where}/act/{name}", data).status_code == 302, name
    refused = [
        ("task", {"title": "x", "assignee": investigator("Out").id}, "is not in the team and would not see the task"),
        ("task", {"title": "x", "assignee": officer.id, "due": "tomorrow"}, "A day is missing or cannot be read"),
        ("stage", {"stage": "plan", "before": "assess"}, "something is still to be stated: Purpose"),
        ("link", {"record": "TN-XXX-2026-000001"}, ""),
        ("close", {"reason": "done"}, "1 tasks are still open"),
        ("entry", {"kind": "note", "text": "", "at": "x"}, ""),
    ]
    for name, data, words in refused:
        answer = client.post(f"{where}/act/{name}", data)
        assert answer.status_code == 422, name
        assert words in answer.content.decode(), name
    row = Investigation.objects.get()
    task = Task.objects.get()
    ended = {"task": task.id, "state": "done", "result": "The carrier sent the manifest"}
    assert browser(officer).post(f"{where}/act/end-task", ended).status_code == 302
    assert get_investigation(again(lead), row.pk).ended_tasks[0].state == "done"
    assert client.post(f"{where}/act/nothing", {}).status_code == 404


def test_an_empty_room_says_what_to_do_next():
    text = browser(investigator()).get("/investigations").content.decode()
    assert "You are in no team yet." in text
    assert "/investigations/new" in text
    filtered = browser(investigator()).get("/investigations?view=list&area=drugs").content.decode()
    assert "No investigation of your teams fits." in filtered


def test_an_administrator_sets_a_rule_and_a_template_on_the_page():
    lead = investigator("Lead")
    client = browser(make.actor("administrator"))
    page = client.get("/administration/investigations").content.decode()
    assert "No rule: investigations are opened by hand." in page
    rule = {"act": "rule", "name": "Cocaine", "commodity": "drugs.cocaine", "quantity": "10", "unit": "kg"}
    rule |= {"template": "drugs", "lead": str(lead.id)}
    assert client.post("/administration/investigations", rule).status_code == 302
    assert "from 10" in client.get("/administration/investigations").content.decode()
    assert client.post("/administration/investigations", rule).status_code == 422
    assert client.post("/administration/investigations", {**rule, "name": "B", "quantity": "x"}).status_code == 422
    assert client.post("/administration/investigations", {"act": "template", "content": "["}).status_code == 422
