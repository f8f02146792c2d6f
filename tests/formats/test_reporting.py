"""Reports to other bodies: their columns, their words and units, nothing that names somebody, and what is missing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from opencen.formats.reporting.choosing import Period, choose_cases, find_report, list_reports, read_cases
from opencen.formats.reporting.making import make_report, preview_report
from opencen.formats.reporting.profile import without_cleared
from opencen.kernel.errors import Forbidden, Invalid, NotFound
from opencen.log.models import Entry
from opencen.records.holds import set_hold
from opencen.seizures.legal.services import open_proceeding, record_legal
from tests import make
from tests.formats.reporting import PERIOD, full_case, validated

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parent / "golden"
NAMES = [report.name for report in list_reports()]
HIDDEN = ("Arteaga", "Rezgui", "Lacson", "Sahel", "Carthage", "Trabelsi", "OCLGYE", "CASTOR", "SI-2026", "Rue du Port",
          "Ayari", "Zouari", "Ferjani")  # fmt: skip


def table(by, name, period=PERIOD, **options):
    """Make a report as CSV and read it again."""
    made = make_report(by, name=name, period=period, format="csv", **options)
    return list(csv.reader(io.StringIO(made.content.decode("utf-8-sig"))))


@pytest.fixture
def contact():
    """Give a National Contact Point, in a country where one full case is validated."""
    person = make.actor("national_contact_point")
    case_id = validated(make.actor("officer"), full_case())
    follow_up(case_id)
    return person


def follow_up(case_id):
    """Let a court decide about the case and the goods be auctioned."""
    legal = make.actor("legal")
    names = {"prosecutor": "Mrs Ayari", "claimant": "Sahel Fruits", "counsel": "Mr Zouari"}
    row = open_proceeding(legal, case_id=case_id, given={"stage": "first_instance", **names})
    sold = {
        "auction_on": "2026-07-30",
        "floor_price": "1200",
        "price": "1450",
        "currency": "TND",
        "bidder": "Mr Ferjani",
    }
    for kind, given in (
        ("hearing", {"on": "2026-07-01"}),
        ("hearing", {"on": "2026-07-08"}),
        ("decision", {"outcome": "convicted.fine", "decided_on": "2026-07-15"}),
        ("auctioned", sold),
    ):
        record_legal(legal, proceeding_id=row.id, kind=kind, given=given)


def test_the_four_obligations_are_there():
    assert sorted(NAMES) == ["cites_illegal_trade", "etis", "philippine_weekly", "unodc_ids"]
    assert {name: len(find_report(name).columns) for name in NAMES} == {
        "cites_illegal_trade": 21, "etis": 22, "philippine_weekly": 24, "unodc_ids": 13,
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_written_as_the_body_asks(name, contact):
    found = make_report(contact, name=name, period=PERIOD, format="csv").content.decode("utf-8-sig")
    assert found.replace("\r\n", "\n") == (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")


def test_the_weekly_report_holds_names_only_where_one_asks_for_them(contact):
    found = make_report(contact, name="philippine_weekly", period=PERIOD, format="csv", with_names=True)
    assert found.content.decode("utf-8-sig").replace("\r\n", "\n") == (
        GOLDEN / "philippine_weekly_names.csv"
    ).read_text(encoding="utf-8")
    assert Entry.objects.filter(act="report.made", data__contains='"with_names":true').count() == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_column_is_filled_from_a_case_that_holds_it(name, contact):
    report = find_report(name)
    head, *rows = table(contact, name, **({"with_names": True} if report.is_internal else {}))
    filled = {column for row in rows for column, cell in zip(head, row, strict=True) if cell}
    assert filled == {column.name for column in report.columns if column.sources}


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leaves_with_a_report(name, contact):
    text = make_report(contact, name=name, period=PERIOD, format="csv").content.decode()
    assert not [hidden for hidden in HIDDEN if hidden in text]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "philippine_weekly"])
def test_a_report_to_another_body_refuses_names(name, contact):
    with pytest.raises(Invalid, match="names_stay"):
        make_report(contact, name=name, period=PERIOD, with_names=True)


def test_who_was_cleared_is_in_no_report(contact):
    head, row = table(contact, "etis")
    assert row[head.index("Nationalities of suspects")] == "EC; TN"


def test_the_workbook_holds_the_same_as_the_text_and_numbers_as_numbers(contact):
    made = make_report(contact, name="unodc_ids", period=PERIOD)
    head, row = CalamineWorkbook.from_filelike(io.BytesIO(made.content)).get_sheet_by_index(0).to_python()
    assert row[head.index("Quantity")] == 86.42
    assert [str(cell) for cell in row] == table(contact, "unodc_ids")[1]


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ({"quantity": "1500", "unit": "g"}, ("Kilogram", "1.5")),
        ({"quantity": "2", "unit": "lb"}, ("Kilogram", "0.90718474")),
        ({"quantity": "250", "unit": "tablet"}, ("Tablet", "250")),
        ({"quantity": "500", "unit": "ml", "commodity": "drugs.psychotropics.ghb_gbl"}, ("Litre", "0.5")),
        ({"quantity": "31", "unit": "plant", "commodity": "drugs.cannabis.plants"}, ("Plant", "31")),
        ({"quantity": "3", "unit": "package"}, ("", "")),
    ],
)
def test_a_quantity_is_written_in_the_unit_of_its_family(line, written):
    contact = make.actor("national_contact_point")
    validated(make.actor("officer"), make.case_document(lines=[make.line(basis=None, **line)]))
    head, row = table(contact, "unodc_ids")
    assert (row[head.index("Unit")], row[head.index("Quantity")]) == written


def test_what_is_missing_is_said_with_the_cases_that_would_fill_it(contact):
    bare = validated(make.actor("officer"), make.case_document(detected_at="2026-05"))
    made = preview_report(contact, name="unodc_ids", period=PERIOD)
    fills = {fill.name: fill for fill in made.columns}
    assert (made.rows, made.cases, made.complete) == (2, 2, 1)
    assert (fills["Place"].filled, fills["Place"].missing, list(fills["Place"].cases)) == (1, 1, [str(bare)])
    assert fills["Seizure date"].wrong == {"not_a_day": 1}
    assert fills["Substance"].cases == {}
    assert [fills[name].case_count for name in ("Place", "Seizure date", "Substance")] == [1, 1, 0]
    assert len(table(contact, "unodc_ids", complete_only=True)) == 2


def test_what_not_every_case_has_is_counted_and_nobody_is_asked_for_it(contact):
    route = [{"id": "r1", "role": "departure", "country": "EC", "place": "ECGYE", "mode": "vessel"}]
    validated(make.actor("officer"), make.case_document(detected_at="2026-05-02", route=route))
    fills = {fill.name: fill for fill in preview_report(contact, name="unodc_ids", period=PERIOD).columns}
    assert (fills["Transit"].missing, fills["Transit"].cases) == (1, {})
    assert (fills["Destination"].missing, fills["Destination"].case_count) == (1, 1)


def test_what_stays_here_is_counted_apart_from_what_is_missing(contact):
    fills = {f.name: f for f in preview_report(contact, name="philippine_weekly", period=PERIOD).columns}
    assert (fills["Broker"].kept, fills["Broker"].missing) == (1, 0)
    assert (fills["Counsel"].has_field, fills["Counsel"].kept, fills["Counsel"].cases) == (True, 1, {})


def test_an_acquittal_takes_the_person_out_of_every_report(contact):
    people = [{"id": "p1", "role": "driver", "standing": "charged", "name": "A", "nationality": "MA", "sex": "male"}]
    case_id = validated(make.actor("officer"), make.case_document(detected_at="2026-05-02", persons=people))
    chosen = choose_cases(contact, PERIOD)
    assert [
        p["standing"]
        for record in read_cases(chosen)
        for p in record.document.get("persons", ())
        if record.id == str(case_id)
    ] == ["charged"]
    legal = make.actor("legal")
    row = open_proceeding(legal, case_id=case_id, item="p1", given={"stage": "first_instance"})
    record_legal(
        legal, proceeding_id=row.id, kind="decision", given={"outcome": "acquitted", "decided_on": "2026-07-15"}
    )
    read = {record.id: record.document for record in read_cases(choose_cases(contact, PERIOD))}
    assert without_cleared(read[str(case_id)])["persons"] == []


def test_a_report_is_not_made_by_who_may_not_read_what_the_courts_decided(contact):
    validated(make.actor("officer"), make.case_document(detected_at="2026-05-02"))
    less = replace(contact, permissions=contact.permissions - {"legal:read"})
    for ask in (preview_report, make_report):
        with pytest.raises(Forbidden):
            ask(less, name="philippine_weekly", period=PERIOD)
        assert ask(contact, name="philippine_weekly", period=PERIOD).rows > 1


def test_a_case_on_hold_waiting_or_told_twice_stays_out():
    officer, contact = make.actor("officer"), make.actor("national_contact_point")
    first = validated(officer, make.case_document())
    relation = [{"id": "same", "kind": "same_event", "record": str(first)}]
    validated(officer, make.case_document(relations=relation))
    make.submit_case(officer, detected_at="2026-06-20")
    held = validated(officer, make.case_document(detected_at="2026-07-12"))
    set_hold(
        make.actor("validator"), record_id=held, kind="clean", authority="Court", reason="r",
        until=datetime.now(UTC) + timedelta(days=3),
    )  # fmt: skip
    made = preview_report(contact, name="unodc_ids", period=PERIOD)
    assert made.left_out == {"not_validated": 1, "held": 1, "same_event": 1}
    assert made.rows == 1


def test_an_amended_case_is_reported_as_it_was_validated(contact):
    officer = make.actor("officer")
    case = validated(officer, make.case_document(detected_at="2026-03-03"))
    make.amend_case(officer, case, 1, make.case_document(detected_at="2026-03-03", lines=[make.line(quantity="1")]))
    assert [row[6] for row in table(contact, "unodc_ids")[1:]] == ["86.42", "86.42"]


def test_a_section_narrows_a_report(contact):
    period = Period(PERIOD.since, PERIOD.until, "drugs.cannabis")
    assert preview_report(contact, name="unodc_ids", period=period).rows == 0
    assert len(table(contact, "cites_illegal_trade", Period(PERIOD.since, PERIOD.until, "environment.fauna"))) == 4


def test_three_people_see_what_is_theirs(contact):
    stranger, officer = make.actor("validator", "SFA", covers="DSF"), make.actor("officer")
    assert preview_report(contact, name="unodc_ids", period=PERIOD).rows == 1
    assert preview_report(stranger, name="unodc_ids", period=PERIOD).rows == 0
    with pytest.raises(Forbidden):
        preview_report(officer, name="unodc_ids", period=PERIOD)
    with pytest.raises(NotFound):
        preview_report(contact, name="jsonl", period=PERIOD)


def test_a_report_is_an_entry_of_the_log(contact):
    make_report(contact, name="etis", period=PERIOD)
    assert Entry.objects.filter(act="report.made", subject_id="etis", actor_id=contact.id).count() == 1
