"""Tables are a projection: built anew from revisions and the log they are the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opencen.kernel.clock import clock_at, now
from opencen.log.sealer import seal_all
from opencen.records.derived import DERIVED, catch_up, rebuild
from opencen.records.models import IndexValue, MediaUse, Record
from opencen.records.rebuilding import rebuild_projection
from opencen.records.review import cancel_record, return_record, validate_record
from tests import make

pytestmark = pytest.mark.django_db


def tables() -> tuple[list, list, list]:
    heads = list(Record.objects.order_by("id").values())
    index = sorted(IndexValue.objects.values_list("record_id", "path", "item", "text", "number", "is_nominal"), key=str)
    return heads, index, sorted(MediaUse.objects.values_list("record_id", "sha256", "item"), key=str)


def live_through_everything() -> None:
    """Store, amend, validate, return, cancel, leave unchanged, and log a check; each at its own time."""
    officer, validator, legal = make.actor("officer", "RDS"), make.actor("validator", "DTN"), make.actor("legal")
    start = now() - timedelta(days=3)
    receipts = []
    for hour in range(5):
        with clock_at(start + timedelta(hours=hour)):
            changes = {"detected_at": f"2026-0{hour + 1}-12", "lines": [make.line(quantity=str(10 + hour))]}
            receipts.append((make.submit_case(officer, **changes), changes))
    with clock_at(start + timedelta(days=1)):
        validate_record(validator, record_id=receipts[0][0].record_id, revision=1)
        validate_record(validator, record_id=receipts[1][0].record_id, revision=1)
        return_record(validator, record_id=receipts[2][0].record_id, revision=1, reasons={"unit": "Which team?"})
        cancel_record(legal, record_id=receipts[3][0].record_id, reason="entered twice")
    with clock_at(start + timedelta(days=2)):
        for number in (1, 2):
            receipt, changes = receipts[number]
            make.amend_case(officer, receipt.record_id, 1, make.case_document(**changes, unit="Team"))
        receipt, changes = receipts[0]
        make.amend_case(officer, receipt.record_id, 1, make.case_document(**changes))
        make.submit_control(officer)


def test_a_rebuild_gives_identical_tables():
    live_through_everything()
    before = tables()
    assert {head["state"] for head in before[0]} == {"submitted", "validated", "amended", "cancelled"}
    Record.objects.update(
        state="draft", summary="{}", quality=0, revision=99, validated_at=None, kind="x", occurred_on=None
    )
    IndexValue.objects.all().delete()
    assert tables() != before
    rebuild_projection()
    assert tables() == before


def test_every_derived_store_built_anew_agrees_with_the_records():
    live_through_everything()
    seal_all()
    for store in DERIVED:
        catch_up(store)
        assert store.verify() == [], store.name
        rebuild(store)
        assert store.verify() == [], store.name
    assert len(list(DERIVED)) >= 2
