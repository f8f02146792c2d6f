"""The one door in: receipts, repeats, merges and refusals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict, Forbidden
from opencen.log.models import Entry
from opencen.log.sealer import seal_all
from opencen.log.verify import verify_log
from opencen.records.documents import documents_of, seal_parts
from opencen.records.intake import check, submit, submit_many
from opencen.records.intake.examine import examine
from opencen.records.intake.work import Work
from opencen.records.models import MergeTask, Record, Revision, Submission
from tests import make

pytestmark = pytest.mark.django_db


def test_a_case_is_stored_with_reference_revision_and_audit_entry():
    officer = make.actor("officer", "RDS")
    given = make.submission()
    receipt = submit(officer, given)
    assert (receipt.outcome, receipt.revision) == ("stored", 1), receipt.findings
    assert receipt.reference.startswith("XX-RDS-")
    assert Entry.objects.get(subject_id=str(given.id)).act == "record.stored"
    assert documents_of("case", [(given.id, 1)])[given.id]["lines"][0]["quantity"] == "86.42"


def test_a_repeated_submission_returns_the_same_receipt_and_stores_nothing():
    officer = make.actor("officer", "RDS")
    given = make.submission()
    first = submit(officer, given)
    again = submit(officer, given)
    assert again.is_repeat
    assert (again.reference, again.revision, again.at) == (first.reference, first.revision, first.at)
    assert Revision.objects.count() == 1


def test_another_content_under_a_used_submission_id_is_refused():
    officer = make.actor("officer", "RDS")
    given = make.submission()
    submit(officer, given)
    with pytest.raises(Conflict, match=r"submission\.id_taken"):
        submit(officer, replace(given, document=make.case_document(direction="export")))


def test_a_stale_edit_of_another_field_is_merged():
    officer = make.actor("officer", "RDS")
    given = make.submission()
    submit(officer, given)
    one = make.case_document(unit="Container team")
    two = make.case_document(lines=[make.line(quantity="78.17")])
    first = submit(officer, make.submission(one, id=given.id, base_revision=1))
    second = submit(officer, make.submission(two, id=given.id, base_revision=1))
    assert (first.outcome, second.outcome, second.revision) == ("stored", "merged", 3), second.findings
    stored = documents_of("case", [(given.id, 3)])[given.id]
    assert stored["unit"] == "Container team"
    assert stored["lines"][0]["quantity"] == "78.17"


def test_a_true_conflict_becomes_a_task_that_keeps_both_values():
    officer = make.actor("officer", "RDS")
    given = make.submission()
    submit(officer, given)
    for quantity, outcome in (("80", "stored"), ("81", "conflict")):
        document = make.case_document(lines=[make.line(quantity=quantity)])
        receipt = submit(officer, make.submission(document, id=given.id, base_revision=1))
        assert receipt.outcome == outcome
    assert receipt.conflicts == ("lines[l1].quantity",)
    task = MergeTask.objects.get()
    assert '"81"' in task.public
    assert Record.objects.get(pk=given.id).revision == 2


def test_one_refused_record_harms_no_other_of_its_batch():
    officer = make.actor("officer", "RDS")
    good, bad, also_good = (make.submission() for _ in range(3))
    bad = replace(bad, document=make.case_document(lines=[make.line(commodity="drugs.nothing")]))
    receipts = submit_many(officer, [good, bad, also_good])
    assert [receipt.outcome for receipt in receipts] == ["stored", "refused", "stored"]
    assert [(f.code, f.path) for f in receipts[1].findings if f.level == "error"] == [
        ("code.unknown", "lines[l1].commodity")
    ]
    assert Record.objects.count() == 2


def test_a_record_and_its_later_change_may_come_in_one_batch():
    officer = make.actor("officer", "RDS")
    first = make.submission()
    later = make.submission(make.case_document(unit="Container team"), id=first.id, base_revision=1)
    receipts = submit_many(officer, [first, later, first])
    assert [(receipt.outcome, receipt.revision) for receipt in receipts] == [
        ("stored", 1),
        ("stored", 2),
        ("stored", 1),
    ]
    assert Revision.objects.filter(record_id=first.id).count() == 2


def test_what_was_stored_between_looking_and_keeping_is_looked_at_again(monkeypatch: pytest.MonkeyPatch):
    officer = make.actor("officer", "RDS")
    given = make.submission()
    submit(officer, given)
    meanwhile = make.submission(make.case_document(unit="Container team"), id=given.id, base_revision=1)
    mine = make.submission(make.case_document(lines=[make.line(quantity="78.17")]), id=given.id, base_revision=1)

    def examine_slowly(actor: Actor, works: list[Work], *, is_dry: bool) -> None:
        examine(actor, works, is_dry=is_dry)
        monkeypatch.undo()
        assert submit(actor, meanwhile).outcome == "stored"

    monkeypatch.setattr("opencen.records.intake.receive.examine", examine_slowly)
    receipt = submit(officer, mine)
    assert (receipt.outcome, receipt.revision) == ("merged", 3)
    stored = documents_of("case", [(given.id, 3)])[given.id]
    assert (stored["unit"], stored["lines"][0]["quantity"]) == ("Container team", "78.17")


def test_a_submission_that_another_process_took_meanwhile_is_a_repeat(monkeypatch: pytest.MonkeyPatch):
    officer = make.actor("officer", "RDS")
    given = make.submission()

    def examine_slowly(actor: Actor, works: list[Work], *, is_dry: bool) -> None:
        examine(actor, works, is_dry=is_dry)
        monkeypatch.undo()
        submit(actor, given)

    monkeypatch.setattr("opencen.records.intake.receive.examine", examine_slowly)
    receipt = submit(officer, given)
    assert receipt.is_repeat
    assert Revision.objects.count() == 1


def test_what_the_database_refuses_is_refused_alone(monkeypatch: pytest.MonkeyPatch):
    officer = make.actor("officer", "RDS")
    good, also_good = make.submission(), make.submission(make.case_document(detected_at="2026-02-11"))
    bad = make.submission(make.case_document(unit="Unlucky team", detected_at="2026-03-10"))

    def seal(public: dict[str, Any], nominal: dict[str, Any]) -> tuple[str, ...]:
        if public.get("unit") == "Unlucky team":
            raise IntegrityError("made to fail")
        return seal_parts(public, nominal)

    monkeypatch.setattr("opencen.records.intake.store.seal_parts", seal)
    receipts = submit_many(officer, [good, bad, also_good])
    assert [receipt.outcome for receipt in receipts] == ["stored", "refused", "stored"], receipts
    assert [receipt.revision for receipt in receipts] == [1, None, 1]
    assert [found.code for found in receipts[1].findings if found.level == "error"] == ["record.not_storable"]
    assert set(Record.objects.values_list("pk", flat=True)) == {good.id, also_good.id}


def test_a_refused_submission_may_be_repaired_under_its_id():
    officer = make.actor("officer", "RDS")
    given = make.submission(make.case_document(lines=[make.line(commodity="drugs.nothing")]))
    assert submit(officer, given).outcome == "refused"
    assert submit(officer, replace(given, document=make.case_document())).outcome == "stored"


def test_a_record_of_another_office_answers_like_one_that_is_not_there():
    given = make.submission()
    submit(make.actor("officer", "RDS"), given)
    stranger = make.actor("officer", "SFA")
    document = make.case_document(office="SFA")
    foreign = submit(stranger, make.submission(document, id=given.id, base_revision=1))
    absent = submit(stranger, make.submission(document, id=uuid4(), base_revision=1))
    assert [f.code for f in foreign.findings] == [f.code for f in absent.findings] == ["record.not_found"]
    assert Entry.objects.filter(act="record.refused", subject_id=str(given.id)).exists()


def test_an_unchanged_statement_makes_no_revision():
    officer = make.actor("officer", "RDS")
    given = make.submission()
    submit(officer, given)
    receipt = submit(officer, make.submission(id=given.id, base_revision=1))
    assert (receipt.outcome, receipt.revision) == ("unchanged", 1)


def test_a_check_says_what_would_happen_and_stores_nothing():
    officer = make.actor("officer", "RDS")
    receipt = check(officer, make.submission(make.case_document(detected_at="2026-13-40")))
    assert receipt.outcome == "refused"
    assert [f.path for f in receipt.findings] == ["detected_at"]
    assert not Record.objects.exists()
    assert not Entry.objects.exists()


def test_nobody_without_permission_hands_in():
    with pytest.raises(Forbidden):
        submit(make.actor("auditor"), make.submission())


def test_historical_imports_warn_where_the_short_form_is_empty_and_one_reason_answers_all():
    officer = make.actor("officer", "RDS")
    document = make.case_document(detected_at=None)
    given = make.submission(document, mode="historical", reasons={"field.missing": "historical file 2001"})
    receipt = submit(officer, given)
    assert receipt.outcome == "stored", receipt.findings
    assert [f.path for f in receipt.findings if f.code == "field.missing"] == ["detected_at"]
    refused = submit(officer, make.submission(document, mode="historical"))
    assert refused.outcome == "refused"


def test_the_log_verifies_after_many_acts_and_names_the_first_altered_entry():
    officer = make.actor("officer", "RDS")
    submit_many(officer, [make.submission() for _ in range(5)])
    seal_all()
    found = verify_log()
    assert found.is_sound, found.problems
    assert found.sealed == 5
    assert Submission.objects.count() == 5


@pytest.mark.parametrize(
    ("document", "code", "path"),
    [
        (make.case_document(persons=[{"id": "p1", "birth_year": 10**30}]), "number.too_long", "persons[p1].birth_year"),
        (make.case_document(colour=10**30), "field.unknown", "colour"),
        (make.case_document(colour=-(2**70)), "field.unknown", "colour"),
    ],
)
def test_a_number_that_no_computer_word_holds_is_a_finding(document: dict[str, Any], code: str, path: str):
    officer = make.actor("officer", "RDS")
    given = make.submission(document)
    assert (code, path) in [(found.code, found.path) for found in check(officer, given).findings]
    assert submit(officer, given).outcome == "refused"
    assert not Record.objects.exists()
