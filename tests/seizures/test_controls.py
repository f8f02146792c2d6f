"""Controls: ten seconds for a check, one line for a day's tally, and never a case."""

from __future__ import annotations

import pytest

from opencen.kernel.errors import Forbidden, NotFound
from opencen.kernel.ids import uuid7
from opencen.records.models import Record
from opencen.seizures.controls import log_control
from opencen.seizures.queries import get_control, list_controls
from tests import make

pytestmark = pytest.mark.django_db


def test_a_check_is_logged_for_the_own_office_at_once_valid() -> None:
    officer = make.actor("officer", "RDS")
    how = {"method": "risk_profiling", "technique": "imaging.container"}
    receipt = make.taken(log_control(officer, subject="container", **how))
    view = get_control(officer, receipt.record_id)
    assert view.row.title == "Container checked: nothing found"
    assert view.document["office"] == "RDS"
    assert Record.objects.get().state == "validated"
    assert str(receipt.reference).startswith("C-")


def test_a_days_tally_counts_all_of_its_checks() -> None:
    officer = make.actor()
    make.taken(log_control(officer, subject="traveller", count=1214))
    page = list_controls(officer)
    assert (page.total, page.rows[0].count) == (1, 1214)


def test_a_repeated_click_is_stored_once() -> None:
    officer, click = make.actor(), uuid7()
    first = log_control(officer, subject="parcel", submission_id=click)
    second = log_control(officer, subject="parcel", submission_id=click)
    assert (first.record_id, second.is_repeat) == (second.record_id, True)
    assert Record.objects.count() == 1


def test_an_unknown_subject_is_refused_with_its_place() -> None:
    receipt = log_control(make.actor(), subject="spaceship")
    assert receipt.outcome == "refused"
    assert [found.key for found in receipt.findings] == ["code.unknown@subject"]


def test_only_who_records_controls_logs_one() -> None:
    with pytest.raises(Forbidden):
        log_control(make.actor("auditor", "HQ"), subject="parcel")


def test_controls_are_listed_within_what_one_may_see() -> None:
    rades, sfax = make.actor("officer", "RDS"), make.actor("officer", "SFA")
    receipt = make.taken(log_control(rades, subject="parcel"))
    make.taken(log_control(sfax, subject="container"))
    national = make.actor("analyst", "HQ")
    assert (list_controls(rades).total, list_controls(national).total) == (1, 2)
    assert list_controls(national, office="DSF").total == 1
    assert list_controls(national, office="NOWHERE").total == 0
    with pytest.raises(NotFound):
        get_control(sfax, receipt.record_id)
