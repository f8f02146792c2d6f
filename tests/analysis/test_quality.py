"""Quality: the rates against a count by hand, the lock, the country only as rates, and what would help most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import mean, median

import pytest

from opencen.accounts.queries import office_tree
from opencen.analysis.facts.snapshot import present_snapshot
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.reporting import read_reporting
from opencen.analysis.measures.selection import Selection
from opencen.analysis.quality.queries import offices_in_view, read_quality
from opencen.kernel.clock import now
from opencen.kernel.errors import Forbidden, NotFound
from opencen.records.models import Record
from opencen.records.review import return_record, validate_record
from tests import make
from tests.analysis.fixtures import facts  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def found_on(days_ago: int) -> str:
    """Write the day that lies some days back."""
    return (datetime.now(UTC) - timedelta(days=days_ago)).date().isoformat()


def stored(by, **changes):
    """Submit a case, every warning answered."""
    codes = ("event.reported_elsewhere", "case.repeated", "concealment.contradiction")
    reasons = dict.fromkeys(codes, "sure")
    return make.taken(make.submit(by, make.submission(make.case_document(**changes), reasons=reasons)))


def field(found, name):
    """Return the rate of one field."""
    return next(each for each in found.fields if each.name == name)


def test_rates_are_those_of_a_count_by_hand():
    officer = make.actor("officer")
    ages = (1, 2, 4, 9)
    receipts = [
        stored(officer, detected_at=found_on(days), detection_method="unknown" if days > 3 else "intelligence")
        for days in ages
    ]
    validate_record(make.actor("validator"), record_id=receipts[0].record_id, revision=1)
    rows = Record.objects.filter(pk__in=[receipt.record_id for receipt in receipts])
    found = read_quality(officer)
    assert found.rates.cases == 4
    assert found.rates.completeness == mean(row.quality for row in rows)
    midnights = [datetime.fromisoformat(found_on(days)).replace(tzinfo=UTC) for days in ages]
    by_hand = median((now() - midnight).total_seconds() / 86400 for midnight in midnights)
    assert found.rates.days_to_enter == pytest.approx(by_hand, abs=0.01)
    assert found.rates.days_to_validate == pytest.approx(0, abs=0.01)
    rate = field(found, "detection_method")
    assert (rate.asked, rate.unknown, rate.empty) == (4, 2, 0)


def test_a_field_of_lines_is_asked_once_a_line_and_empty_is_told_from_unknown():
    officer = make.actor("officer")
    lines = [
        make.line(),
        make.line(id="l2", concealment={"place": "unknown"}, commodity="drugs.cannabis.resin", quantity="3"),
        make.line(id="l3", role="cover_load", commodity="drugs.opioids.heroin", quantity="1"),
    ]
    stored(officer, detected_at=found_on(3), lines=lines)
    found = read_quality(officer)
    assert (field(found, "concealment_place").asked, field(found, "concealment_place").unknown) == (2, 1)
    assert field(found, "concealment_place").empty == 0
    assert field(found, "location_type").asked == 1


def test_a_batch_of_old_cases_is_not_timed():
    officer = make.actor("officer")
    document = make.case_document(detected_at=found_on(90))
    make.taken(make.submit(officer, make.submission(document, batch="register", mode="historical", reasons={"*": "r"})))
    found = read_quality(officer)
    assert (found.rates.cases, found.rates.days_to_enter) == (1, None)


def test_an_office_sees_itself_and_the_nation_all():
    here, there = make.actor("officer"), make.actor("officer", "SFA")
    make.submit_case(here, detected_at=found_on(3))
    make.submit_case(there, detected_at=found_on(3), office="SFA")
    assert read_quality(here).rates.cases == 1
    assert {line.office.code for line in read_quality(make.actor("analyst")).offices} == {"RDS", "SFA"}
    assert [office.code for office in offices_in_view(here)] == ["RDS"]
    with pytest.raises(NotFound):
        read_quality(here, "SFA")
    with pytest.raises(Forbidden):
        read_quality(make.actor("administrator"))


def test_the_country_stands_beside_an_office_only_as_rates_of_three_offices_and_more():
    officers = {code: make.actor("officer", code) for code in ("RDS", "SFA", "TUN")}
    for code in ("RDS", "SFA"):
        stored(officers[code], detected_at=found_on(3), office=code)
    assert read_quality(officers["RDS"]).country is None
    stored(
        officers["TUN"], detected_at=found_on(3), office="TUN", location_type="airport", detection_method="unknown",
        conveyances=[{"id": "v1", "mode": "air", "flight": "TU712"}],
        route=[{"id": "r1", "role": "departure", "country": "EC", "mode": "air"}],
    )  # fmt: skip
    found = read_quality(officers["RDS"])
    assert found.country is not None
    assert found.country_fields["detection_method"].unknown_share == pytest.approx(1 / 3)
    assert {line.office.code for line in found.offices} == {"RDS"}


def test_what_came_back_and_what_waits_long_is_said_first():
    officer, validator = make.actor("officer"), make.actor("validator")
    returned = make.submit_case(officer, detected_at=found_on(2))
    return_record(validator, record_id=returned.record_id, revision=1, reasons={"unit": "Which team?"})
    waiting = make.submit_case(officer, detected_at=found_on(30), detection_method="unknown")
    Record.objects.filter(pk=waiting.record_id).update(changed_at=now() - timedelta(days=20))
    found = read_quality(officer)
    assert found.returned == 1
    counts = {each.code: each.count for each in found.suggestions}
    assert counts["returned"] == 1
    assert counts["waiting"] == 1
    assert counts["months_missing"] >= 9
    gains = [each.gain for each in found.suggestions]
    assert gains == sorted(gains, reverse=True)


def test_reporting_is_read_month_by_month():
    officer = make.actor("officer")
    make.submit_case(officer, detected_at=found_on(0))
    standing = read_quality(officer).standing
    assert [state for _month, state in standing][:-1] == ["missing"] * 11
    assert standing[-1][1] == "begun"
    assert office_tree().by_code["RDS"] == read_quality(officer).office


def test_who_reported_is_counted_whatever_else_is_selected():
    make.submit_case(make.actor("officer"), detected_at=found_on(0))
    month = now().date().replace(day=1)
    chosen = Selection(month, month).with_filter("commodity", "tobacco")
    reader = Reader.of(make.actor("analyst"), present_snapshot(), chosen)
    assert read_reporting(reader, [month]).reported(month) == 1
