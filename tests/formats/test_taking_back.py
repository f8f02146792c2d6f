"""An import is taken back as a whole: what it made and changed goes, what somebody touched since stays with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opencen.formats import running, services, taking_back
from opencen.formats.handing_back import make_workbook
from opencen.formats.models import ImportBatch
from opencen.formats.queries import reasons_of, totals_of
from opencen.formats.taking_back import take_back
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid
from opencen.log.models import Entry
from opencen.records.holds import set_hold
from opencen.records.models import Record
from opencen.records.review import return_record, validate_record
from tests import make
from tests.formats import importing
from tests.formats.test_imports import CSV, MAPPING, run

pytestmark = pytest.mark.django_db

BIGGER = CSV.replace("12,5", "13,5").replace(";400;", ";500;")


def back(actor, batch, reason="the wrong file"):
    take_back(actor, batch_id=batch.id, reason=reason)
    return running.run_now(batch.id)


def record_of(batch, number):
    return Record.objects.get(pk=batch.rows.get(number=number).record_id)


def stays(batch):
    return {
        row.number: row.codes.split()[0] for row in batch.rows.exclude(codes="") if row.codes.startswith(" import.stay")
    }


def test_what_an_import_made_is_cancelled_and_the_sum_is_still_the_file():
    actor = make.actor("officer")
    batch = back(actor, run(actor))
    counts = totals_of(batch)
    assert (batch.state, counts.taken_back, counts.stored, counts.refused, counts.waiting) == ("undone", 2, 0, 2, 1)
    assert counts.rows == counts.taken_back + counts.refused + counts.waiting
    assert set(Record.objects.values_list("state", flat=True)) == {"cancelled"}
    assert Entry.objects.filter(act="record.cancelled").count() == 2
    assert '"cancelled":2' in Entry.objects.get(act="import.undone").data
    assert record_of(batch, 2).notes.get().text == "the wrong file"
    assert {reason.level for reason in reasons_of(batch)} == {"refused", "waiting"}


def test_the_same_file_goes_in_again_without_doubling():
    actor = make.actor("officer")
    back(actor, run(actor))
    assert importing.outcomes(run(actor)) == {"stored": 2, "refused": 2, "waiting": 1}
    assert importing.outcomes(run(actor)) == {"unchanged": 2, "refused": 2, "waiting": 1}
    assert Record.objects.exclude(state="cancelled").count() == 2


def test_a_changed_record_gets_its_former_values_and_the_file_can_change_it_again():
    actor = make.actor("officer")
    run(actor)
    later = run(actor, BIGGER)
    assert importing.documents(actor, later)[2]["lines"][0]["quantity"] == "13.5"
    assert totals_of(back(actor, later)).taken_back == 2
    first = ImportBatch.objects.order_by("number").first()
    assert importing.documents(actor, first)[2]["lines"][0]["quantity"] == "12.5"
    assert not Record.objects.filter(state="cancelled").exists()
    again = run(actor, BIGGER)
    assert importing.documents(actor, again)[2]["lines"][0]["quantity"] == "13.5"
    assert Record.objects.count() == 2


def test_what_somebody_changed_since_stays_and_the_other_values_come_back():
    actor = make.actor("officer")
    run(actor)
    later = run(actor, BIGGER.replace("13,5;Morocco", "13,5;Libya"))
    record = record_of(later, 2)
    document = importing.documents(actor, later)[2]
    line = {**document["lines"][0], "quantity": "14"}
    make.amend_case(actor, record.id, record.revision, {**document, "lines": [line], "narrative": "weighed again"},
                    mode="historical", reasons={"*": "weighed again"})  # fmt: skip
    batch = back(actor, later)
    held = importing.documents(actor, ImportBatch.objects.order_by("number").first())[2]
    assert (held["lines"][0]["quantity"], held["route"][0]["country"], held["narrative"]) == (
        "14",
        "MA",
        "weighed again",
    )
    assert list(importing.findings(batch, "import.back_partly")) == [2]


def test_a_record_that_somebody_touched_since_stays_and_says_why():
    actor, validator = make.actor("officer"), make.actor("validator", "DTN")
    legal = make.actor("legal", "DTN")
    text = CSV + "2021/6;03/05/2021;Cocaine;2;Libya\n2021/7;03/05/2021;Cocaine;3;Libya\n"
    batch = run(actor, text)
    validate_record(validator, record_id=record_of(batch, 2).id, revision=1)
    changed = importing.documents(actor, batch)[3]
    make.amend_case(actor, record_of(batch, 3).id, 1, {**changed, "narrative": "seen by two"},
                    mode="historical", reasons={"*": "old"})  # fmt: skip
    set_hold(legal, record_id=record_of(batch, 7).id, kind="investigation", authority="Public Prosecutor",
             reason="controlled delivery", until=now() + timedelta(days=3))  # fmt: skip
    return_record(validator, record_id=record_of(batch, 8).id, revision=1, reasons={"route": "From where?"})
    batch = back(actor, batch)
    assert stays(batch) == {2: "import.stays_validated", 3: "import.stays_changed", 7: "import.stays_held"}
    counts = totals_of(batch)
    assert (counts.stored, counts.stays, counts.taken_back) == (3, 3, 1)
    assert record_of(batch, 8).state == "cancelled"


def test_who_may_cancel_takes_validated_records_back_too(monkeypatch):
    actor, validator = make.actor("officer"), make.actor("validator", "DTN")
    batch = run(actor)
    validate_record(validator, record_id=record_of(batch, 2).id, revision=1)
    batch = back(actor, batch)
    assert stays(batch) == {2: "import.stays_validated"}
    chief = make.actor("officer", permissions=actor.permissions | {"case:cancel"})
    monkeypatch.setattr(taking_back, "actor_of", lambda user: chief)
    batch = back(chief, batch)
    assert (stays(batch), totals_of(batch).taken_back) == ({}, 2)
    with pytest.raises(Conflict, match=r"import\.nothing_to_take_back"):
        take_back(chief, batch_id=batch.id, reason="again")


def test_a_cancelled_import_is_taken_back_too_and_one_needs_a_reason():
    actor = make.actor("officer")
    batch = run(actor)
    services.cancel_batch(actor, batch_id=batch.id)
    with pytest.raises(Invalid, match=r"review\.reason_missing"):
        take_back(actor, batch_id=batch.id, reason="  ")
    assert totals_of(back(actor, batch)).taken_back == 2


def test_what_was_unchanged_was_not_stored_by_this_import_and_stands():
    actor = make.actor("officer")
    run(actor)
    batch = run(actor)
    with pytest.raises(Conflict, match=r"import\.nothing_to_take_back"):
        take_back(actor, batch_id=batch.id, reason="twice")
    assert not Record.objects.filter(state="cancelled").exists()


def test_a_stop_on_the_way_keeps_what_was_taken_back_and_going_on_takes_the_rest(monkeypatch):
    actor = make.actor("officer")
    batch = run(actor)
    monkeypatch.setattr(taking_back, "PART", 1)
    take_back(actor, batch_id=batch.id, reason="the wrong file")
    batch.refresh_from_db()
    steps = taking_back.work_back(batch, running._goes_on)
    assert next(steps) == 1
    services.pause_batch(actor, batch_id=batch.id)
    assert list(steps) == []
    batch.refresh_from_db()
    assert (batch.state, batch.task, totals_of(batch).taken_back) == ("undone", "", 1)
    assert totals_of(back(actor, batch)).taken_back == 2


def test_a_worker_killed_in_the_middle_goes_on_where_it_was(monkeypatch):
    actor = make.actor("officer")
    batch = run(actor)
    monkeypatch.setattr(taking_back, "PART", 1)
    take_back(actor, batch_id=batch.id, reason="the wrong file")
    batch.refresh_from_db()
    next(taking_back.work_back(batch, running._goes_on))
    assert totals_of(running.run_now(batch.id)).taken_back == 2
    assert Entry.objects.filter(act="record.cancelled").count() == 2


def test_the_workbook_handed_back_before_goes_in_again_after():
    actor = make.actor("officer")
    batch = run(actor)
    content = make_workbook(actor, batch_id=batch.id)
    back(actor, batch)
    again = importing.import_file(actor, content, "register.xlsx", MAPPING)
    assert importing.outcomes(again) == {"stored": 2, "refused": 2, "waiting": 1}
    assert Record.objects.exclude(state="cancelled").count() == 2


def test_a_case_of_several_rows_is_cancelled_once():
    actor = make.actor("officer")
    text = "Number;Date;Goods;Quantity;From\nA1;03/04/2021;Cocaine;2;EC\nA1;03/04/2021;Heroin;1;EC\n"
    batch = run(actor, text, MAPPING.replace("key = [", "group = true\nkey = ["))
    counts = totals_of(back(actor, batch))
    assert (counts.rows, counts.taken_back) == (2, 2)
    assert Record.objects.filter(batch=str(batch.id)).get().state == "cancelled"
