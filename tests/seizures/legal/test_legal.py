"""Proceedings: stages, deadlines, decisions and appeals; what a decision means for whom; who sees what."""

from __future__ import annotations

from datetime import timedelta

import orjson
import pytest
from django.db import DatabaseError, transaction

from opencen.kernel.clock import clock_at, now
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.log.models import Entry
from opencen.records.erasure import erase_persons
from opencen.records.media import store_media
from opencen.records.models import MediaObject, Record
from opencen.records.review import validate_record
from opencen.seizures.legal.models import LegalAct, Proceeding
from opencen.seizures.legal.queries import case_legal, list_proceedings, standings_of, with_standings
from opencen.seizures.legal.services import open_proceeding, record_legal
from tests import make
from tests.records.test_media import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def counsel():
    return make.actor("legal")


@pytest.fixture
def case():
    people = [{"id": "p1", "role": "driver", "standing": "charged", "name": "Hassan Bey"}]
    receipt = make.submit_case(make.actor("officer"), persons=people)
    validate_record(make.actor("validator", "DTN"), record_id=receipt.record_id, revision=1)
    return receipt


@pytest.fixture
def proceeding(counsel, case):
    given = {"stage": "first_instance", "court": "Tribunal", "prosecutor": "Mrs Ayari", "counsel": "Mr Bey senior"}
    return open_proceeding(counsel, case_id=case.record_id, item="p1", given=given)


def act(counsel, proceeding, kind, **given):
    row = record_legal(counsel, proceeding_id=proceeding.id, kind=kind, given=given)
    row.refresh_from_db()
    return row


def told(case):
    entries = Entry.objects.filter(act="legal.standing", subject_id=str(case.record_id)).order_by("number")
    return [orjson.loads(entry.data)["standing"] for entry in entries]


@pytest.mark.parametrize(
    ("outcome", "standing"),
    [("acquitted", "cleared"), ("dismissed", "cleared"), ("convicted.fine", "convicted"), ("pending", "")],
)
def test_a_decision_gives_the_party_its_standing_and_the_log_tells_it(counsel, case, proceeding, outcome, standing):
    row = act(counsel, proceeding, "decision", outcome=outcome, decided_on="2026-10-01")
    assert row.standing == standing
    assert told(case) == ([standing] if standing else [])
    found = standings_of([case.record_id]).get(case.record_id, {})
    assert with_standings({"persons": [{"id": "p1", "standing": "charged"}]}, found)["persons"][0]["standing"] == (
        standing or "charged"
    )


def test_an_acquittal_neither_cancels_nor_reopens_the_case(counsel, case, proceeding):
    act(counsel, proceeding, "decision", outcome="acquitted", decided_on="2026-10-01")
    record = Record.objects.get(pk=case.record_id)
    assert (record.state, record.revision, record.validated_revision) == ("validated", 1, 1)


def test_an_appeal_opens_what_was_decided(counsel, case, proceeding):
    act(counsel, proceeding, "decision", outcome="acquitted", decided_on="2026-10-01")
    row = act(counsel, proceeding, "appealed", by_whom="The prosecutor", until="2026-12-31")
    assert (row.stage, row.standing, row.due_for) == ("appeal", "", "grounds")
    assert told(case) == ["cleared", "open"]


def test_a_decision_that_was_recorded_wrongly_is_withdrawn_and_the_standing_with_it(counsel, case, proceeding):
    act(counsel, proceeding, "decision", outcome="convicted", decided_on="2026-10-01")
    wrong = LegalAct.objects.get(kind="decision")
    record_legal(
        counsel, proceeding_id=proceeding.id, kind="withdrawn", given={"reason": "Another case"}, corrects=wrong.id
    )
    assert Proceeding.objects.get(pk=proceeding.id).standing == ""
    assert told(case) == ["convicted", "open"]
    states = {one.kind: one.state for one in case_legal(counsel, case.record_id).proceedings[0].acts}
    assert states["decision"] == "withdrawn"


def test_deadlines_are_listed_by_day_and_end_when_met(counsel, proceeding):
    day = (now() + timedelta(days=5)).date().isoformat()
    act(counsel, proceeding, "deadline", what="Answer the court", until=day)
    later = (now() + timedelta(days=60)).date().isoformat()
    act(counsel, proceeding, "decision", outcome="convicted.fine", decided_on="2026-10-01", appeal_until=later)
    assert [row.due_for for row in list_proceedings(counsel, "soon").rows] == ["deadline"]
    with clock_at(now() + timedelta(days=6)):
        assert list_proceedings(counsel, "overdue").counts["overdue"] == 1
        set_by = LegalAct.objects.get(kind="deadline")
        row = act(counsel, proceeding, "met", deadline=str(set_by.id))
    assert row.due_for == "appeal"


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("staged", {"stage": "heaven"}, "act.not_a_choice"),
        ("decision", {"outcome": "guilty!", "decided_on": "2026-10-01"}, "act.not_a_choice"),
        ("decision", {"outcome": "convicted", "decided_on": "soon"}, "act.not_a_day"),
        ("decision", {"outcome": "convicted"}, "act.missing"),
        ("decision", {"outcome": "convicted", "decided_on": "2026-10-01", "amount": "5"}, "legal.currency_missing"),
        ("settlement", {"amount": "many", "currency": "TND"}, "act.not_a_number"),
        ("met", {"deadline": "nothing"}, "legal.deadline_unknown"),
        ("opened", {"stage": "referred"}, "legal.unknown_act"),
        ("sung", {}, "legal.unknown_act"),
    ],
)
def test_what_cannot_be_is_refused(counsel, proceeding, kind, given, code):
    with pytest.raises((Invalid, NotFound)) as raised:
        act(counsel, proceeding, kind, **given)
    assert raised.value.code == code
    assert LegalAct.objects.count() == 1


def test_a_closed_proceeding_takes_no_hearing(counsel, proceeding):
    act(counsel, proceeding, "staged", stage="closed")
    with pytest.raises(Conflict, match="closed"):
        act(counsel, proceeding, "hearing", on="2026-11-01")


def test_only_legal_staff_records_and_nobody_of_another_office_sees(counsel, case, proceeding):
    for role in ("officer", "validator"):
        with pytest.raises(Forbidden):
            act(make.actor(role, "RDS", covers="RDS"), proceeding, "hearing", on="2026-11-01")
    stranger = make.actor("legal", "SFA", covers="SFA")
    with pytest.raises(NotFound):
        act(stranger, proceeding, "hearing", on="2026-11-01")
    with pytest.raises(NotFound):
        case_legal(stranger, case.record_id)
    assert list_proceedings(stranger, "open").rows == ()
    with pytest.raises(Invalid, match="party_unknown"):
        open_proceeding(counsel, case_id=case.record_id, item="p9", given={"stage": "referred"})


def test_the_database_refuses_to_change_an_act(proceeding):
    with pytest.raises(DatabaseError), transaction.atomic():
        LegalAct.objects.update(public='{"outcome":"acquitted"}')


def test_an_erasure_reaches_names_and_leaves_what_happened(counsel, case, proceeding):
    act(counsel, proceeding, "decision", outcome="convicted", decided_on="2026-10-01", penalty="Hassan Bey: 2 years")
    erase_persons(counsel, record_id=case.record_id, item_ids=["p1"], basis="order")
    decision = LegalAct.objects.get(kind="decision")
    assert (decision.nominal, decision.erased_at is not None) == ("{}", True)
    assert "convicted" in decision.public


def test_a_paper_of_a_proceeding_about_an_erased_person_goes_though_its_act_names_nobody(counsel, case, proceeding):
    scans = [store_media(counsel, content=photo(size=(300, 200 + n)), filename="p.jpg").sha256 for n in range(3)]
    act(counsel, proceeding, "decision", outcome="convicted", decided_on="2026-10-01", paper=scans[0])
    goods = open_proceeding(counsel, case_id=case.record_id, given={"stage": "referred", "prosecutor": "Mrs Ayari"})
    act(counsel, goods, "paid", amount="5", currency="TND", paper=scans[1])
    act(counsel, goods, "paid", amount="5", currency="TND", paper=scans[2], concerns=["p1"])
    erase_persons(counsel, record_id=case.record_id, item_ids=["p1"], basis="order")
    assert [MediaObject.objects.get(pk=scan).erased_at is not None for scan in scans] == [True, False, True]
    assert set(LegalAct.objects.filter(proceeding=proceeding).values_list("nominal", flat=True)) == {"{}"}
    assert "Mrs Ayari" in LegalAct.objects.get(kind="opened", proceeding=goods).nominal


def test_a_deadline_that_was_corrected_is_the_same_deadline(counsel, case, proceeding):
    act(counsel, proceeding, "deadline", what="Answer the court", until="2026-12-01")
    first = LegalAct.objects.get(kind="deadline")
    given = {"what": "Answer the court", "until": "2026-12-10"}
    record_legal(counsel, proceeding_id=proceeding.id, kind="deadline", given=given, corrects=first.id)
    assert str(Proceeding.objects.get(pk=proceeding.id).due_on) == "2026-12-10"
    row = act(counsel, proceeding, "met", deadline=str(first.id))
    assert row.due_on is None
    met = next(one for one in case_legal(counsel, case.record_id).proceedings[0].acts if one.kind == "met")
    assert met.facts == (("Which deadline", "Answer the court"),)
    wrong = LegalAct.objects.get(kind="met")
    record_legal(counsel, proceeding_id=proceeding.id, kind="withdrawn", given={"reason": "no"}, corrects=wrong.id)
    assert str(Proceeding.objects.get(pk=proceeding.id).due_on) == "2026-12-10"


def test_a_proceeding_opened_by_mistake_is_withdrawn_once_nothing_else_stands(counsel, proceeding):
    act(counsel, proceeding, "hearing", on="2026-10-01")
    opened, hearing = LegalAct.objects.get(kind="opened"), LegalAct.objects.get(kind="hearing")

    def withdraw(wrong):
        given = {"reason": "another case"}
        return record_legal(counsel, proceeding_id=proceeding.id, kind="withdrawn", given=given, corrects=wrong.id)

    with pytest.raises(Conflict, match="has_acts"):
        withdraw(opened)
    withdraw(hearing)
    withdraw(opened)
    assert Proceeding.objects.get(pk=proceeding.id).stage == "closed"
