"""An investigation is opened, staffed, worked on, closed by a second person and reopened; nothing of it is lost."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from django.db import DatabaseError, transaction

from opencen.accounts.models import Compartment, User
from opencen.investigations import journal, linking, stages, tasks, team
from opencen.investigations.models import Entry, Investigation
from opencen.investigations.notices import count_notices
from opencen.investigations.queries import Asked, get_investigation, list_investigations, my_tasks, show_board
from opencen.kernel.clock import clock_at, now
from opencen.kernel.errors import Forbidden, NotFound, OpenCenError
from opencen.kernel.ids import uuid7
from opencen.log.models import Entry as LogEntry
from opencen.records.lock import visible_to
from opencen.records.merging import list_merges
from tests import make
from tests.investigations.teams import again, browser, hand_in, investigator, opened, state

pytestmark = pytest.mark.django_db


def test_an_investigation_is_opened_in_a_closed_group_of_its_team():
    lead, officer, stranger = investigator("Lead"), investigator("Officer"), investigator("Stranger")
    row, lead = opened(lead, officer)
    view = get_investigation(lead, row.pk)
    assert view.row.title == "Reefer line"
    assert view.row.reference.startswith("I-")
    assert {(member.name, member.role) for member in view.team} == {("Lead", "lead"), ("Officer", "officer")}
    assert get_investigation(again(officer), row.pk).row.id == row.pk
    members = Compartment.objects.get(pk=row.compartment_id).members
    assert set(members.values_list("pk", flat=True)) == {lead.id, officer.id}
    for who in (again(stranger), make.actor("analyst"), make.actor("administrator")):
        assert not visible_to(who).filter(pk=row.pk).exists()
        with pytest.raises(OpenCenError):
            get_investigation(who, row.pk)
    with pytest.raises(NotFound):
        get_investigation(again(stranger), row.pk)


def test_nobody_outside_counts_or_finds_it():
    row, lead = opened(investigator())
    stranger = again(investigator())
    assert list_investigations(lead, Asked()).total == 1
    assert list_investigations(stranger, Asked()).total == 0
    assert show_board(stranger, Asked()).total == 0
    assert list_investigations(lead, Asked(text="reefer")).total == 1
    assert list_investigations(stranger, Asked(text="reefer")).total == 0
    assert row.pk


def test_an_investigation_cannot_begin_with_its_document():
    lead = investigator()
    receipt = hand_in(lead, uuid7(), None, {"title": "x", "offence_area": "drugs", "office": "HQ"})
    assert [found.code for found in receipt.findings if found.level == "error"] == ["investigation.opened_elsewhere"]


def test_a_case_it_is_opened_from_is_linked():
    case = make.submit_case(make.actor())
    row, lead = opened(investigator(), record=case.record_id, how="case")
    assert [link.reference for link in get_investigation(lead, row.pk).links] == [case.reference]


def refused(reason: str, act) -> None:
    """Insist that an act is refused with a reason."""
    with pytest.raises(OpenCenError) as found:
        act()
    assert found.value.code == reason


def test_a_task_for_somebody_without_access_is_refused_with_the_reason():
    row, lead = opened(investigator())
    closed = investigator("Gone")
    User.objects.filter(pk=closed.id).update(is_active=False)
    reasons = {
        make.actor("officer").id: "investigation.person_role",
        investigator("Elsewhere", "SFA", "SFA").id: "investigation.person_office",
        investigator("Not in the team").id: "investigation.person_outside",
        closed.id: "investigation.person_closed",
        row.pk: "investigation.person_unknown",
    }
    for user_id, reason in reasons.items():
        task = tasks.NewTask("Ask the carrier", user_id)
        refused(reason, lambda task=task: tasks.give_task(lead, investigation_id=row.pk, task=task))
    assert get_investigation(lead, row.pk).tasks == ()


def test_a_task_is_given_shown_overdue_and_ended_with_its_result():
    row, lead = opened(investigator(), officer := investigator("Officer"))
    officer = again(officer)
    due = now().date() + timedelta(days=1)
    task = tasks.give_task(lead, investigation_id=row.pk, task=tasks.NewTask("Ask the carrier", officer.id, due))
    assert count_notices(officer) == 2  # the place in the team, and the task
    assert [(found.title, found.is_late) for found in my_tasks(officer)] == [("Ask the carrier", False)]
    with clock_at(now() + timedelta(days=3)):
        assert [found.is_late for found in my_tasks(officer)] == [True]
        assert list_investigations(lead, Asked()).rows[0].late_tasks == 1
    ended = {"investigation_id": row.pk, "task_id": task.id, "state": "done", "result": "Manifest received"}
    tasks.end_task(officer, **ended)
    assert my_tasks(officer) == []
    refused("investigation.task_ended", lambda: tasks.end_task(lead, **ended))
    assert get_investigation(lead, row.pk).ended_tasks[0].result == "Manifest received"


def test_who_leaves_the_team_sees_nothing_any_more_and_leaves_no_open_task():
    row, lead = opened(investigator(), officer := investigator("Officer"))
    task = tasks.give_task(lead, investigation_id=row.pk, task=tasks.NewTask("Ask", officer.id))
    refused("investigation.team_tasks", lambda: team.end_member(lead, investigation_id=row.pk, user_id=officer.id))
    tasks.hand_task_on(lead, investigation_id=row.pk, task_id=task.id, assignee=lead.id)
    team.end_member(lead, investigation_id=row.pk, user_id=officer.id)
    officer = again(officer)
    assert count_notices(officer) == 0
    with pytest.raises(NotFound):
        get_investigation(officer, row.pk)
    assert [member.ended_at is None for member in get_investigation(lead, row.pk).team] == [True, False]


def test_only_the_lead_and_deputies_change_team_and_stage():
    row, lead = opened(investigator(), officer := investigator("Officer"))
    officer = again(officer)
    other = investigator("Other")
    join = {"investigation_id": row.pk, "user_id": other.id, "role": "officer"}
    refused("investigation.lead_only", lambda: team.set_member(officer, **join))
    move = {"investigation_id": row.pk, "stage": "plan", "before": "assess"}
    refused("investigation.lead_only", lambda: stages.move_stage(officer, **move))
    team.set_member(lead, investigation_id=row.pk, user_id=officer.id, role="deputy")
    team.set_member(officer, **join)
    team.set_member(lead, investigation_id=row.pk, user_id=officer.id, role="lead")
    assert Investigation.objects.get(pk=row.pk).lead_id == officer.id
    assert get_investigation(lead, row.pk).role == "deputy"
    refused("investigation.team_lead", lambda: team.end_member(lead, investigation_id=row.pk, user_id=officer.id))


def test_a_stage_asks_for_its_fields_and_sets_its_deadline():
    row, lead = opened(investigator(), purpose="")
    move = {"investigation_id": row.pk, "stage": "plan", "before": "assess"}
    refused("investigation.stage_lacks", lambda: stages.move_stage(lead, **move))
    make.taken(state(lead, row.pk, 1, purpose="Find the consignees"))
    moved = stages.move_stage(lead, **move)
    assert moved.stage_due == now().date() + timedelta(days=7)
    refused("investigation.stage_moved", lambda: stages.move_stage(lead, **move))
    back = {"investigation_id": row.pk, "stage": "assess", "before": "plan"}
    refused("field.missing", lambda: stages.move_stage(lead, **back))
    stages.move_stage(lead, **back, reason="New information")
    words = [entry.words for entry in get_investigation(lead, row.pk).entries if entry.kind == "stage"]
    assert words == ["Stage: Plan → Assessment", "Stage: Assessment → Plan"]


def test_the_purpose_is_set_once():
    row, lead = opened(investigator())
    for purpose in ("Something else", None):
        receipt = state(lead, row.pk, 1, purpose=purpose)
        assert [found.code for found in receipt.findings] == ["investigation.purpose_fixed"]
    make.taken(state(lead, row.pk, 1, background="More is known"))


def test_two_people_who_edit_one_investigation_lose_nothing():
    row, lead = opened(investigator(), officer := investigator("Officer"))
    officer = again(officer)
    make.taken(state(lead, row.pk, 1, legal_basis="Art. 12"))
    base = get_investigation(lead, row.pk).document
    mine = {name: value for name, value in base.items() if name != "legal_basis"} | {"prosecutor": "Office 3"}
    merged = hand_in(officer, row.pk, 1, mine)
    assert merged.outcome == "merged"
    both = get_investigation(lead, row.pk).document
    assert (both["legal_basis"], both["prosecutor"]) == ("Art. 12", "Office 3")
    make.taken(state(lead, row.pk, 3, title="First title"))
    given = {**both, "title": "Second title"}
    conflict = hand_in(officer, row.pk, 3, given)
    assert conflict.outcome == "conflict"
    (waiting,) = list_merges(lead)
    assert waiting.record_id == row.pk
    for address in ("/merges", f"/investigations/{row.pk}"):
        assert f"/merges/{waiting.id}" in browser(lead).get(address).content.decode()
    assert 'href="/merges"' in browser(lead).get("/").content.decode()
    refused("record.merge_open", lambda: stages.close_investigation(lead, investigation_id=row.pk, reason="x"))


def test_it_is_closed_by_another_person_than_who_stated_the_outcome_and_reopened_with_a_reason():
    row, lead = opened(investigator(), officer := investigator("Officer"))
    officer = again(officer)
    close = {"investigation_id": row.pk, "reason": "Judgement is final"}
    refused("investigation.close_outcome", lambda: stages.close_investigation(lead, **close))
    make.taken(state(lead, row.pk, 1, outcome={"result": "convicted", "on": "2026-11"}))
    make.taken(state(officer, row.pk, 2, background="Written after the outcome"))
    refused("investigation.close_own", lambda: stages.close_investigation(lead, **close))
    task = tasks.give_task(lead, investigation_id=row.pk, task=tasks.NewTask("File the papers", lead.id))
    refused("investigation.close_tasks", lambda: stages.close_investigation(officer, **close))
    tasks.end_task(lead, investigation_id=row.pk, task_id=task.id, state="dropped", result="Filed before")
    stages.close_investigation(officer, **close)
    assert list_investigations(lead, Asked(state="closed")).total == 1
    refused("investigation.closed", lambda: write(lead, row.pk, "late"))
    refused_edit = state(lead, row.pk, 3, background="late")
    assert [found.code for found in refused_edit.findings] == ["investigation.closed_amended"]
    refused("field.missing", lambda: stages.reopen_investigation(lead, investigation_id=row.pk, reason=" "))
    stages.reopen_investigation(lead, investigation_id=row.pk, reason="A witness came forward")
    write(lead, row.pk, "Witness heard")
    kinds = [entry.kind for entry in get_investigation(lead, row.pk).entries]
    assert kinds[:3] == ["note", "reopened", "closed"]


def write(actor, investigation_id, text, **changes):
    """Write a note."""
    entry = journal.NewEntry(**{"kind": "note", "text": text, **changes})
    return journal.write_entry(actor, investigation_id=investigation_id, entry=entry)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "stage"}, "investigation.entry_kind"),
        ({"channel": "pigeon"}, "investigation.entry_kind"),
        ({"text": " "}, "field.missing"),
        ({"text": "x" * 8001}, "text.too_long"),
        ({"at": now() + timedelta(days=1)}, "investigation.entry_future"),
        ({"at": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))}, "investigation.date_needed"),
        ({"text": "\x00"}, "field.missing"),
    ],
)
def test_the_log_refuses_what_is_no_entry(changes, reason):
    row, lead = opened(investigator())
    refused(reason, lambda: write(lead, row.pk, **{"text": "x", **changes}))


def test_the_log_is_only_added_to_and_a_correction_is_an_entry_of_its_own():
    row, lead = opened(investigator())
    first = write(lead, row.pk, "The driver called at nine", kind="contact", party="Driver", channel="telephone")
    second = write(lead, row.pk, "He called at ten", kind="contact", corrects=first.id)
    assert [entry.corrects for entry in get_investigation(lead, row.pk).entries][:2] == [first.id, None]
    changes = ({"text": "Other words"}, {"kind": "note"}, {"text": ""}, {"party": "Nobody"})
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.filter(pk=first.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=second.id).delete()
    other, _ = opened(lead, title="Another")
    with pytest.raises(NotFound):
        write(lead, row.pk, "x", corrects=Entry.objects.get(investigation=other).id)


def test_a_record_one_may_not_see_cannot_be_linked_and_is_not_shown():
    case = make.submit_case(make.actor())
    row, lead = opened(investigator(), local := investigator("Local", "RDS", "HQ"))
    link = linking.link_record(lead, investigation_id=row.pk, record=case.reference, note="The first find")
    refused(
        "investigation.link_twice",
        lambda: linking.link_record(lead, investigation_id=row.pk, record=str(case.record_id)),
    )
    refused("record.not_found", lambda: linking.link_record(lead, investigation_id=row.pk, record="TN-XXX-1"))
    hidden, _ = opened(investigator("Elsewhere"))
    refused("record.not_found", lambda: linking.link_record(lead, investigation_id=row.pk, record=str(hidden.pk)))
    refused("investigation.link_itself", lambda: linking.link_record(lead, investigation_id=row.pk, record=str(row.pk)))
    blind = again(local)
    visible_to(lead).filter(pk=case.record_id).update(sensitivity=3)
    assert get_investigation(blind, row.pk).links == ()
    visible_to(make.actor("analyst", clearance=3)).filter(pk=case.record_id).update(sensitivity=0)
    linking.unlink_record(lead, investigation_id=row.pk, link_id=link.id, reason="Another matter")
    assert get_investigation(lead, row.pk).links == ()
    linking.link_record(lead, investigation_id=row.pk, record=case.reference)
    assert len(get_investigation(lead, row.pk).links) == 1


def test_the_log_of_the_house_holds_no_word_of_an_investigation():
    row, lead = opened(investigator(), title="Zyxomatic line", purpose="Quillonmark")
    write(lead, row.pk, "Wexbrolan called")
    tasks.give_task(lead, investigation_id=row.pk, task=tasks.NewTask("Vantablack", lead.id))
    told = " ".join(LogEntry.objects.values_list("data", flat=True))
    for word in ("Zyxomatic", "Quillonmark", "Wexbrolan", "Vantablack"):
        assert word not in told
    acts = set(LogEntry.objects.filter(subject_id=str(row.pk)).values_list("act", flat=True))
    assert {"investigation.opened", "investigation.noted", "investigation.task_given", "record.stored"} <= acts


def test_without_the_permission_nothing_is_opened():
    with pytest.raises(Forbidden):
        opened(make.actor("officer"))
    refused("investigation.template_unknown", lambda: opened(investigator(), template="nothing"))
    refused("field.missing", lambda: opened(investigator(), title="  "))
    assert Investigation.objects.count() == 0
    assert Compartment.objects.count() == 0
