"""The way to the real CEN: a workbook a section, nothing nominal in it, and the note of its upload."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from opencen.accounts.models import User
from opencen.formats.format import export_format
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.log.models import Entry
from opencen.records.holds import set_hold
from opencen.records.review import validate_record
from opencen.release.queries import release_status
from opencen.release.uploads import Period, list_unnoted, list_waiting, make_cen_workbook, mark_uploaded
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact():
    return make.actor("national_contact_point", "HQ")


def validated(**changes):
    receipt = make.submit_case(make.actor("officer"), **changes)
    validate_record(make.actor("validator", "DTN"), record_id=receipt.record_id, revision=1)
    return receipt.record_id


def sheets(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: [
                list(row) for row in load_workbook(io.BytesIO(archive.read(name))).active.iter_rows(values_only=True)
            ]
            for name in archive.namelist()
            if name.endswith(".xlsx")
        }


def test_each_section_has_its_workbook_with_a_row_for_each_line(contact):
    line = make.line(id="l2", commodity="environment.fauna.mammals.pangolin", quantity="12", attributes=None)
    case = validated(lines=[make.line(), line], narrative="=SUM(1) Sami Trabelsi drove")
    made = make_cen_workbook(contact, record_ids=[case])
    found = sheets(made.content)
    assert sorted(found) == ["CEN_drugs.xlsx", "CEN_environment.xlsx"]
    head, row = found["CEN_drugs.xlsx"]
    values = dict(zip(head, row, strict=True))
    assert values["Quantity"] == "86.42"
    assert values["Seizure date"] == "2026-06-12"
    assert values["Departure country"] == "Ecuador"
    text = str(found)
    for nominal in ("Trabelsi", "CASTOR", "OCLU", "Sahel", "9365049", str(case)):
        assert nominal not in text


def test_what_may_not_leave_stays_with_its_reason(contact):
    free, held = validated(), validated(detected_at="2026-03-13", lines=[make.line(quantity="3")], consignments=None)
    waiting = make.submit_case(make.actor("officer"), detected_at="2026-01-14", consignments=None).record_id
    set_hold(contact, record_id=held, kind="clean", authority="Court", reason="delivery", until=now() + timedelta(1))
    made = make_cen_workbook(contact, record_ids=[free, held, waiting, free])
    assert made.left_out == {held: "release.held", waiting: "release.not_validated"}
    assert [row.record_id for row in made.uploads] == [free]
    with pytest.raises(Conflict, match=r"release\.held"):
        make_cen_workbook(contact, record_ids=[held])


def test_what_went_by_workbook_waits_for_its_note_and_no_more_for_the_way(contact):
    free, other = validated(), validated(detected_at="2026-03-13", lines=[make.line(quantity="3")], consignments=None)
    held = validated(detected_at="2026-01-14", lines=[make.line(quantity="5")], consignments=None)
    set_hold(contact, record_id=held, kind="clean", authority="Court", reason="delivery", until=now() + timedelta(1))
    waiting = list_waiting(contact)
    assert ([row.pk for row in waiting.records], waiting.total, waiting.held) == ([other, free], 2, 1)
    assert list_waiting(contact, Period(until=date(2026, 3, 31))).total == 1
    make_cen_workbook(contact, record_ids=[free])
    assert [row.pk for row in list_waiting(contact).records] == [other]
    total, (row,) = list_unnoted(contact)
    assert (total, row.record_id, row.by) == (1, free, contact.name)
    mark_uploaded(contact, upload_id=row.id, on=now().date(), number="CEN-1")
    assert list_unnoted(contact) == (0, [])
    make.amend_case(make.actor("officer"), free, 1, make.case_document(unit="Another"))
    assert list_waiting(contact).total == 1
    validate_record(make.actor("validator", "DTN"), record_id=free, revision=2)
    assert list_waiting(contact).total == 2


def test_the_archive_says_what_it_leaves_out(contact):
    free = validated()
    waiting = make.submit_case(make.actor("officer"), detected_at="2026-01-14", consignments=None)
    made = make_cen_workbook(contact, record_ids=[free, waiting.record_id])
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        lines = archive.read("left_out.csv").decode().splitlines()
    assert lines == ["reference,reason", f"{waiting.reference},release.not_validated"]


def test_the_page_makes_the_workbook_and_takes_the_note(contact, client):
    case = validated()
    client.force_login(User.objects.get(pk=contact.id), "django.contrib.auth.backends.ModelBackend")
    page = client.get("/exchange/cen").content.decode()
    assert f"/cases/{case}" in page
    answer = client.post("/exchange/cen", {"from": "2026-06-01", "to": "2026-06-30"})
    assert "CEN_drugs.xlsx" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert client.post("/exchange/cen").status_code == 409
    _, (row,) = list_unnoted(contact)
    given = {"uploaded_on": now().date().isoformat(), "number": "CEN-9", "back": "//elsewhere.example/"}
    assert client.post(f"/cases/{case}/uploads/{row.id}", given).headers["Location"] == f"/cases/{case}"
    assert "CEN-9" in client.get(f"/cases/{case}").content.decode()


def test_an_upload_is_noted_with_day_and_number(contact):
    case = validated()
    (row,) = make_cen_workbook(contact, record_ids=[case]).uploads
    with pytest.raises(Invalid, match=r"upload\.day"):
        mark_uploaded(contact, upload_id=row.id, on=now().date() + timedelta(1), number="CEN-1")
    with pytest.raises(Invalid, match=r"upload\.number"):
        mark_uploaded(contact, upload_id=row.id, on=now().date(), number=" ")
    mark_uploaded(contact, upload_id=row.id, on=now().date(), number="CEN-2026-77")
    (shown,) = release_status(contact, case).uploads
    assert (shown.number, shown.uploaded_on, shown.by) == ("CEN-2026-77", now().date(), contact.name)
    assert Entry.objects.filter(act="record.uploaded", subject_id=str(case)).count() == 1


def test_only_the_contact_point_makes_it_and_only_of_released_documents(contact):
    case = validated()
    with pytest.raises(Forbidden):
        make_cen_workbook(make.actor("officer"), record_ids=[case])
    with pytest.raises(NotFound):
        export_format("cen_excel", "case")
    stranger = make.actor("national_contact_point", "SFA", covers="SFA")
    with pytest.raises(NotFound):
        make_cen_workbook(stranger, record_ids=[case])
    (row,) = make_cen_workbook(contact, record_ids=[case]).uploads
    with pytest.raises(NotFound):
        mark_uploaded(stranger, upload_id=row.id, on=now().date(), number="X")
