"""The workbook that comes back: red cells with reasons in the user's language, and in again without doubling."""

from __future__ import annotations

import io

import openpyxl
import pytest

from opencen.formats import handing_back
from opencen.formats.handing_back import make_workbook
from opencen.formats.queries import findings_of
from opencen.records.models import Record
from tests import make
from tests.formats import importing
from tests.formats.test_imports import CSV, MAPPING

pytestmark = pytest.mark.django_db

HEAD = ["Number", "Date", "Goods", "Quantity", "From"]


def book_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_merged_cells():
    book = openpyxl.Workbook()
    for row in (HEAD, ["A1", "03/04/2021", "Cocaine", 2, "EC"], ["A2", "03/04/2021", "Heroin", None, "EC"], HEAD,
                ["A3", "31/04/2021", "Heroin", 1, "EC"]):  # fmt: skip
        book.active.append(row)
    book.active.merge_cells("D2:D3")
    book.create_sheet("other")["A1"] = "untouched"
    return saved(book)


def test_merged_cells_repeated_headers_and_other_sheets_survive_the_way_back_and_in_again():
    actor = make.actor("officer")
    first = importing.import_file(actor, with_merged_cells(), "a.xlsx", MAPPING)
    assert importing.outcomes(first) == {"refused": 1, "waiting": 2}
    book = book_of(make_workbook(actor, batch_id=first.id))
    assert book["other"]["A1"].value == "untouched"
    sheet = book.worksheets[0]
    assert sheet["D3"].fill.fgColor.rgb == f"FF{handing_back.AMBER}"
    assert "several rows" in sheet["D3"].comment.text
    sheet["D3"], sheet["B5"] = 1.5, "30/04/2021"
    again = importing.import_file(actor, saved(book), "a.xlsx", MAPPING)
    assert importing.outcomes(again) == {"stored": 3}
    assert importing.outcomes(importing.import_file(actor, saved(book), "a.xlsx", MAPPING)) == {"unchanged": 3}
    assert Record.objects.count() == 3


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_large_file_comes_back_as_a_small_one_does(monkeypatch, is_large, kind):
    monkeypatch.setattr(handing_back, "LARGEST_KEPT", 0 if is_large else 10**6)
    content, name = CSV.encode(), "a.csv"
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for line in CSV.splitlines():
            book.active.append(line.split(";"))
        content, name = saved(book), "a.xlsx"
    actor = make.actor("officer", language="fr")
    first = importing.import_file(actor, content, name, MAPPING)
    sheet = book_of(make_workbook(actor, batch_id=first.id)).active
    assert [cell.value for cell in sheet[1]][:5] == HEAD
    assert sheet["B4"].fill.fgColor.rgb[-6:] == handing_back.RED
    assert sheet["D6"].fill.fgColor.rgb[-6:] == handing_back.AMBER
    assert "31/04/2021" in sheet["G4"].value
    assert sheet.column_dimensions["F"].hidden
    assert not sheet["G2"].value
    sheet["B4"] = "30/04/2021"
    again = importing.import_file(actor, saved(sheet.parent), "b.xlsx", MAPPING)
    assert importing.outcomes(again) == {"stored": 1, "unchanged": 2, "refused": 1, "waiting": 1}


def test_the_reasons_are_in_the_users_language():
    said = {}
    for language in ("en", "fr"):
        actor = make.actor("officer", language=language)
        batch = importing.import_file(actor, CSV.encode(), "a.csv", MAPPING)
        sheet = book_of(make_workbook(actor, batch_id=batch.id)).active
        said[language] = [row[6].value for row in sheet.iter_rows(min_row=2) if row[6].value]
    assert len(said["en"]) == len(said["fr"]) == 3
    assert not set(said["en"]) & set(said["fr"])


def test_a_sum_stays_a_sum_and_a_note_a_note_when_the_workbook_goes_in_again():
    actor = make.actor("officer")
    text = ";".join(HEAD) + "\nA1;03/04/2021;Cocaine;2;EC\nTotal;;;2;\nSource: archive;;;;\n"
    first = importing.import_file(actor, text.encode(), "a.csv", MAPPING)
    expected = {"import.total_row": {3}, "import.note_row": {4}}
    assert {code: set(importing.findings(first, code)) for code in expected} == expected
    again = importing.import_file(actor, make_workbook(actor, batch_id=first.id), "a-checked.xlsx", MAPPING)
    assert importing.outcomes(again) == {"unchanged": 1, "refused": 2}
    assert {code: set(importing.findings(again, code)) for code in expected} == expected
    assert Record.objects.count() == 1


def test_an_answer_that_is_missing_is_red_in_the_empty_cell_of_its_own_row():
    rows = [HEAD, ["A1", "03/04/2021", "Cocaine", "2", "EC"], ["A1", "03/04/2021", None, "3", "EC"]]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    actor = make.actor("officer")
    mapping = MAPPING.replace('mode = "historical"', 'mode = "live"').replace("key =", "group = true\nkey =")
    batch = importing.import_file(actor, saved(book), "a.xlsx", mapping)
    assert importing.outcomes(batch) == {"refused": 2}
    sheet = book_of(make_workbook(actor, batch_id=batch.id)).worksheets[0]
    assert sheet["C3"].fill.fgColor.rgb == f"FF{handing_back.RED}"
    assert "an answer is missing" in sheet["C3"].comment.text
    assert sheet["C2"].fill.fill_type is None
    found = {row.number: [f["path"] for f in findings_of(row)] for row in batch.rows.all()}
    assert "lines[l1-2].commodity" in found[3]
    assert "lines[l1-2].commodity" not in found[2]


def test_what_was_corrected_is_red_no_more_when_the_workbook_comes_back_again():
    book = openpyxl.Workbook()
    for row in (HEAD, ["A1", "31/04/2021", "Heroin", 1, "EC"], ["A2", "31/04/2021", "Heroin", 1, "EC"]):
        book.active.append(row)
    actor = make.actor("officer")
    first = importing.import_file(actor, saved(book), "a.xlsx", MAPPING)
    back = book_of(make_workbook(actor, batch_id=first.id))
    back.worksheets[0]["B2"].value = "30/04/2021"
    second = importing.import_file(actor, saved(back), "a.xlsx", MAPPING)
    assert importing.outcomes(second) == {"stored": 1, "refused": 1}
    sheet = book_of(make_workbook(actor, batch_id=second.id)).worksheets[0]
    assert (sheet["B2"].fill.fill_type, sheet["B2"].comment, sheet["G2"].value) == (None, None, None)
    assert sheet["B3"].fill.fgColor.rgb == f"FF{handing_back.RED}"
    assert sheet["B3"].comment is not None


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_the_column_of_what_is_wrong_is_named_in_the_readers_language_and_known_again(name):
    book = openpyxl.Workbook()
    for row in (HEAD, ["A1", "31/04/2021", "Heroin", 1, "EC"]):
        book.active.append(row)
    content = saved(book) if name == "a.xlsx" else CSV.encode()
    actor = make.actor("officer").speaking("ar")
    first = importing.import_file(actor, content, name, MAPPING)
    again = make_workbook(actor, batch_id=first.id)
    second = importing.import_file(actor, again, "b.xlsx", MAPPING)
    sheet = book_of(make_workbook(actor, batch_id=second.id)).worksheets[0]
    heads = [cell.value for cell in sheet[1] if str(cell.value).startswith("opencen ")]
    assert heads == ["opencen row id", "opencen ما الخطأ"]
    assert bool(book_of(again).worksheets[0].sheet_view.rightToLeft) == (name == "a.csv")
