"""What pages read of a case: its parts in words, its history, and who may see any of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from opencen.kernel.actor import Actor
from opencen.kernel.clock import clock_at, now
from opencen.kernel.errors import Forbidden, NotFound
from opencen.kernel.ids import uuid7
from opencen.log.models import Entry
from opencen.log.reader import history_of
from opencen.records.holds import set_hold
from opencen.records.intake import submit
from opencen.records.review import return_record, validate_record
from opencen.seizures import queries
from opencen.seizures.queries.reviewing import QueueFilters
from tests import make

pytestmark = pytest.mark.django_db

# What processes keep in memory asks for its stamp once a second: offices, national fields, code lists.
STAMPS = 3

STAGES: list[dict[str, Any]] = [
    {"id": "a1", "stage": "field_test", "kit": "T-3", "result": "positive", "substance": "drugs.cocaine"},
    {"id": "a2", "stage": "laboratory", "quantity": "78.17", "unit": "kg", "basis": "net", "purity": "81.3",
     "certificate": "LC-26-2231", "on": "2026-06-14"},
]  # fmt: skip


def full_case(**changes: Any) -> dict[str, Any]:
    return make.case_document(
        form="full",
        lines=[
            make.line(assessments=STAGES, packages="78", goods_status=[{"id": "g1", "status": "seized"}]),
            make.line(id="l2", role="cover_load", commodity="revenue.goods.fruit_nuts", concealment=None,
                      quantity="20160", basis="declared"),
        ],
        persons=[{"id": "p1", "role": "driver", "name": "Lotfi Mejdoub", "standing": "suspected", "birth_year": 1979}],
        **changes,
    )  # fmt: skip


def stored(actor: Actor, document: dict[str, Any]) -> UUID:
    return make.taken(submit(actor, make.submission(document))).record_id


def test_a_page_shows_each_line_with_its_stages_and_the_one_that_counts() -> None:
    actor = make.actor()
    view = queries.get_case(actor, stored(actor, full_case()))
    first, second = view.lines
    assert view.head.title.replace("\u00a0", " ") == (
        "Cocaine hydrochloride, 78.17 kg, in the cooling unit of a container"
    )
    assert [(stage.label, stage.is_counted) for stage in first.stages] == [
        ("As stated", False),
        ("Field test", False),
        ("Laboratory", True),
    ]
    assert first.stages[2].note == "purity 81.3 %"
    assert first.stages[1].note == "Cocaine, Positive, kit T-3"
    assert first.quantity == "78.17\u00a0kg"
    assert first.path == ("Drugs", "Cocaine")
    assert (second.is_summed, second.role_label) == (False, "Cover load")
    assert view.figures == "1 case, 1 seizure, 78.17\u00a0kg"


def test_the_page_speaks_the_readers_language() -> None:
    actor = make.actor()
    view = queries.get_case(actor.speaking("fr"), stored(actor, full_case()))
    assert view.lines[0].quantity == "78,17\u00a0kg"
    assert view.lines[0].stages[2].label == "Laboratoire"
    assert view.route[0].name.endswith("Équateur")


def test_the_route_has_positions_and_a_length() -> None:
    actor = make.actor()
    view = queries.get_case(actor, stored(actor, full_case()))
    assert [leg.role_label for leg in view.route] == ["Departure", "Transit", "Destination"]
    assert all(leg.position is not None and leg.position.precision == "locality" for leg in view.route)
    assert view.distance is not None
    assert 9_000 < view.distance < 12_000


def test_a_country_is_never_shown_as_a_place() -> None:
    actor = make.actor()
    legs = [{"id": "r1", "role": "departure", "country": "EC"}, {"id": "r2", "role": "destination", "country": "TN"}]
    view = queries.get_case(actor, stored(actor, full_case(route=legs)))
    assert [leg.position.precision for leg in view.route if leg.position] == ["country", "country"]
    assert view.distance is None


def test_people_and_companies_stand_with_their_standing() -> None:
    actor = make.actor()
    view = queries.get_case(actor, stored(actor, full_case()))
    assert [(party.role, party.name, party.standing_label) for party in view.parties] == [
        ("Consignee", "Sahel Fruits Import SARL", "Mentioned"),
        ("Driver", "Lotfi Mejdoub", "Suspected"),
    ]
    assert view.parties[1].note == "born 1979"


def test_three_readers_see_a_case_or_find_nothing() -> None:
    officer, stranger = make.actor("officer", "RDS"), make.actor("officer", "SFA")
    national = make.actor("analyst", "HQ")
    case_id = stored(officer, full_case())
    assert queries.get_case(officer, case_id).head.id == queries.get_case(national, case_id).head.id == case_id
    for read in (
        lambda: queries.get_case(stranger, case_id),
        lambda: queries.timeline(stranger, case_id),
        lambda: queries.compare(stranger, case_id, 1, 1),
        lambda: queries.get_case(officer, uuid7()),
        lambda: queries.get_control(officer, case_id),
    ):
        with pytest.raises(NotFound):
            read()


def test_reading_a_case_with_its_names_stands_in_the_log() -> None:
    officer, reader = make.actor(), make.actor("analyst", "HQ")
    case_id = stored(officer, full_case())
    queries.get_case(reader, case_id)
    entry = Entry.objects.get(act="record.nominal_read", subject_id=str(case_id))
    assert (entry.actor_id, entry.revision) == (reader.id, 1)


def test_a_related_case_that_one_may_not_see_shows_nothing_of_itself() -> None:
    sfax, rades, national = make.actor("officer", "SFA"), make.actor("officer", "RDS"), make.actor("analyst", "HQ")
    other = stored(sfax, make.case_document(office="SFA"))
    relation = [{"id": "x1", "kind": "same_event", "record": str(other)}]
    case_id = stored(rades, make.case_document(relations=relation))
    hidden = queries.get_case(rades, case_id).relations[0]
    assert (hidden.kind_label, hidden.reference, hidden.title, hidden.record_id) == ("Same event", "", "", "")
    assert queries.get_case(national, case_id).relations[0].reference.startswith("XX-SFA")


def test_a_hold_and_a_warning_kept_with_its_reason_stand_on_the_page() -> None:
    actor = make.actor("validator", "RDS")
    seals = [{"id": "s1", "containers": [{"id": "c1", "seals": [{"id": "e1", "expected": "EC17", "found": "EC11"}]}]}]
    reasons = {"seal.differs": "Duplicate seal, photographed"}
    submission = make.submission(full_case(consignments=seals), reasons=reasons)
    case_id = make.taken(submit(actor, submission)).record_id
    set_hold(actor, record_id=case_id, kind="controlled_delivery", authority="Prosecutor", reason="Delivery runs",
             until=now() + timedelta(days=3))  # fmt: skip
    view = queries.get_case(actor, case_id)
    assert view.head.is_held
    assert view.holds[0].authority == "Prosecutor"
    finding = next(found for found in view.findings if found.code == "seal.differs")
    assert finding.reason == "Duplicate seal, photographed"
    assert "EC17 expected, EC11 found" in finding.text.message


def amended(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**document, **changes}


def test_the_timeline_tells_revisions_with_their_differences_and_acts() -> None:
    officer, validator = make.actor(name="A. Ghariani"), make.actor("validator", "DTN", name="H. Mansour")
    first = make.case_document(detection_method="routine_control")
    case_id = stored(officer, first)
    line = make.line(assessments=STAGES[1:])
    make.amend_case(officer, case_id, 1, amended(first, detection_method="intelligence", lines=[line]))
    validate_record(validator, record_id=case_id, revision=2)
    entries = queries.timeline(officer, case_id)
    assert [entry.text for entry in entries] == [
        "Validated by H. Mansour",
        "Revision 2 by A. Ghariani",
        "Recorded by A. Ghariani",
    ]
    changes = {change.label: (change.before, change.after) for change in entries[1].changes}
    assert changes["Why was it selected?"] == ("Routine control", "Intelligence")
    counted = next(change for change in entries[1].changes if change.is_computed)
    assert (counted.before, counted.after) == ("86.42\u00a0kg", "78.17\u00a0kg")


def test_what_came_or_went_as_a_whole_is_told_in_one_line() -> None:
    officer = make.actor()
    first = make.case_document(lines=[make.line(), make.line(id="l2", quantity="3")])
    case_id = stored(officer, first)
    make.amend_case(officer, case_id, 1, amended(first, lines=[make.line(assessments=STAGES[1:])]))
    changes = {change.label: (change.before, change.after) for change in queries.timeline(officer, case_id)[0].changes}
    assert changes["Line of goods 2"][0].startswith("Contraband · Cocaine hydrochloride · 3 · Kilogram")
    assert changes["Line of goods 1, Assessment 1"] == (
        "",
        "Laboratory · 14 Jun 2026 · 78.17 · Kilogram · Net · 81.3 · LC-26-2231",
    )
    assert set(changes) == {
        "Line of goods 2", "Line of goods 1, Assessment 1", "Line of goods 1, quantity in figures",
    }  # fmt: skip


def test_any_two_revisions_are_compared_either_way() -> None:
    officer = make.actor()
    first = make.case_document()
    case_id = stored(officer, first)
    make.amend_case(officer, case_id, 1, amended(first, e_commerce="yes"))
    make.amend_case(officer, case_id, 2, amended(first, e_commerce="yes", detection_method="intelligence"))
    there, back = queries.compare(officer, case_id, 1, 3), queries.compare(officer, case_id, 3, 1)
    assert [(c.path, c.before, c.after) for c in there.changes] == [(c.path, c.after, c.before) for c in back.changes]
    assert {change.path for change in there.changes} == {"e_commerce", "detection_method"}
    with pytest.raises(NotFound, match=r"revision\.unknown"):
        queries.compare(officer, case_id, 1, 9)


def test_the_queue_shows_the_oldest_first_to_who_may_validate() -> None:
    officer, validator = make.actor(), make.actor("validator", "DTN")
    with clock_at(now() - timedelta(days=2)):
        old = stored(officer, make.case_document(consignments=[]))
    new = stored(officer, make.case_document(detected_at="2026-01-01", consignments=[]))
    queue = queries.review_queue(validator)
    assert [row.id for row in queue.rows] == [old, new]
    assert queue.rows[0].waiting.days == 2
    assert queue.total == queries.count_waiting(validator) == 2
    assert queries.review_queue(make.actor("validator", "SFA", covers="DSF")).total == 0
    assert queries.review_queue(officer).total == 0


def test_a_validator_sees_but_never_decides_what_he_wrote_himself() -> None:
    validator = make.actor("validator", "RDS", covers="DTN")
    case_id = stored(validator, make.case_document())
    assert queries.review_queue(validator).rows[0].is_mine
    assert queries.count_waiting(validator) == 0
    detail = queries.review_detail(validator, case_id)
    assert (detail.may_decide, detail.why_not) == (False, "review.own_record")


def test_a_resubmitted_case_shows_what_changed_since_it_was_returned() -> None:
    officer, validator = make.actor(), make.actor("validator", "DTN")
    line = make.line(commodity="revenue.tobacco.cigarettes", quantity="412000", unit="stick")
    first = make.case_document(lines=[line])
    case_id = stored(officer, first)
    return_record(validator, record_id=case_id, revision=1, reasons={"lines[l1].quantity": "Sticks or packs?"})
    line = make.line(commodity="revenue.tobacco.cigarettes", quantity="412000", unit="pack")
    make.amend_case(officer, case_id, 1, amended(first, lines=[line]))
    detail = queries.review_detail(validator, case_id)
    assert detail.since_revision == 1
    assert detail.may_decide
    shown = {change.path: (change.before, change.after) for change in detail.changes}
    assert shown["lines[l1].unit"] == ("Stick", "Pack")
    assert shown["lines[l1].quantity_normalised"] == ("412,000\u00a0sticks", "8,240,000\u00a0sticks")
    assert queries.review_queue(validator, QueueFilters(resubmitted=True)).total == 1
    with pytest.raises(Forbidden):
        queries.review_detail(officer, case_id)


def test_a_backlog_waits_as_one_batch_with_its_sample() -> None:
    national, validator = make.actor("analyst", "HQ"), make.actor("validator", "HQ", covers="HQ")
    documents = [make.case_document(consignments=[], detected_at=f"2026-0{n}-01") for n in range(1, 10)]
    make.submit_cases(national, documents, batch="history-2026")
    queue = queries.review_queue(validator)
    assert (queue.total, queue.rows) == (0, ())
    assert [(batch.name, batch.count, batch.sample) for batch in queue.batches] == [("history-2026", 9, 5)]
    assert queries.review_queue(validator, QueueFilters(batch="history-2026")).total == 9


def test_home_shows_what_came_back_with_the_reason_at_each_field() -> None:
    officer, validator = make.actor(), make.actor("validator", "DTN", name="H. Mansour")
    case_id = stored(officer, make.case_document())
    reasons = {"lines[l1].quantity": "Sticks or packs?", "route": "Transit is missing"}
    return_record(validator, record_id=case_id, revision=1, reasons=reasons)
    back = queries.home(officer).returned[0]
    assert (back.id, back.by) == (case_id, "H. Mansour")
    assert {reason.text for reason in back.reasons} == set(reasons.values())
    assert {reason.label for reason in back.reasons} >= {"Route"}
    assert queries.home(make.actor("officer", "RDS")).returned == ()


def test_the_units_week_counts_checks_and_finds_once() -> None:
    officer = make.actor()
    with clock_at(now() - timedelta(days=9)):
        make.submit_control(officer, count=10)
    make.submit_control(officer, count=207)
    make.submit_control(officer)
    stored(officer, full_case())
    stored(officer, make.case_document(kind="detention", consignments=[]))
    week = queries.unit_week(officer)
    assert week is not None
    assert (week.checks, week.cases, week.lines, week.checks_before) == (209, 1, 2, 10)
    assert week.hit_rate == pytest.approx(1 / 209)
    assert week.quality is not None


def test_who_has_no_office_has_no_unit() -> None:
    assert queries.unit_week(make.actor("analyst", "HQ", office_id=None)) is None


def test_a_page_with_its_history_is_read_in_few_queries(django_assert_max_num_queries: Any) -> None:
    actor = make.actor()
    case_id = stored(actor, full_case())
    queries.case_with_timeline(actor, case_id)
    with django_assert_max_num_queries(10 + STAMPS):
        view, entries = queries.case_with_timeline(actor, case_id)
    assert view.head.id == case_id
    assert len(entries) == 1
    assert entries == queries.timeline(actor, case_id)


def test_who_read_a_case_stands_in_the_log_and_not_in_its_history() -> None:
    actor = make.actor()
    case_id = stored(actor, full_case())
    for _ in range(3):
        queries.case_with_timeline(actor, case_id)
    assert [entry.act for entry in history_of(case_id)].count("record.nominal_read") == 3
    assert [entry.act for entry in queries.timeline(actor, case_id)] == ["record.stored"]


def test_what_happened_stands_among_the_facts_of_a_case() -> None:
    officer = make.actor()
    (made,) = make.submit_cases(officer, [make.case_document(narrative="Opened at the ramp after an X-ray.")])
    facts = {path: text for path, _label, text in queries.get_case(officer, made.record_id).facts}
    assert facts["narrative"] == "Opened at the ramp after an X-ray."
    assert list(facts)[-1] == "narrative", "what is long is read after what is looked up"


def test_numbers_of_other_systems_and_a_nameless_vehicle_stand_on_the_page_of_a_case() -> None:
    officer = make.actor()
    stated = {
        "external_references": [
            {"id": "r1", "system": "cen", "number": "CEN-77"},
            {"id": "r2", "number": "R-101"},
        ],
        "conveyances": [{"id": "v1", "mode": "vehicle"}, {"id": "v2", "mode": "vehicle", "plate": "123 TU 4567"}],
    }
    (made,) = make.submit_cases(officer, [make.case_document(**stated)])
    view = queries.get_case(officer, made.record_id)
    facts = {path: text for path, _label, text in view.facts}
    assert facts["external_references"].endswith("CEN-77, R-101")
    assert [(one.name, one.role) for one in view.conveyances] == [("Vehicle", ""), ("123 TU 4567", "Vehicle")]
