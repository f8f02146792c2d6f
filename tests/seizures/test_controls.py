"""Controls: ten seconds for a check, one line for a day's tally, and never a case."""

from __future__ import annotations

import pytest

from opencen.kernel.errors import Forbidden, NotFound
from opencen.records.intake import submit
from opencen.records.models import Record
from opencen.seizures.queries import get_control
from tests import make

pytestmark = pytest.mark.django_db


def test_a_check_is_at_once_valid() -> None:
    officer = make.actor("officer", "RDS")
    receipt = make.submit_control(officer, subject="container", detection_method="risk_profiling")
    view = get_control(officer, receipt.record_id)
    assert view.row.title == "Container checked: nothing found"
    assert view.document["office"] == "RDS"
    assert Record.objects.get().state == "validated"
    assert str(receipt.reference).startswith("C-")


def test_a_days_tally_counts_all_of_its_checks() -> None:
    officer = make.actor()
    receipt = make.submit_control(officer, subject="traveller", count=1214)
    assert get_control(officer, receipt.record_id).row.count == 1214


def test_a_repeated_click_is_stored_once() -> None:
    officer = make.actor()
    click = make.submission(type="control")
    first, second = submit(officer, click), submit(officer, click)
    assert (first.record_id, second.is_repeat) == (second.record_id, True)
    assert Record.objects.count() == 1


def test_an_unknown_subject_is_refused_with_its_place() -> None:
    receipt = submit(make.actor(), make.submission(make.control_document(subject="spaceship"), "control"))
    assert receipt.outcome == "refused"
    assert [found.key for found in receipt.findings] == ["code.unknown@subject"]


def test_only_who_records_controls_logs_one() -> None:
    with pytest.raises(Forbidden):
        submit(make.actor("auditor", "HQ"), make.submission(type="control"))


def test_a_check_is_read_within_what_one_may_see() -> None:
    receipt = make.submit_control(make.actor("officer", "RDS"))
    assert get_control(make.actor("analyst", "HQ"), receipt.record_id).row.id == receipt.record_id
    with pytest.raises(NotFound):
        get_control(make.actor("officer", "SFA"), receipt.record_id)
