"""Files that are wrong, cut off, huge or hostile: a clear error with code and place, and nothing stored."""

from __future__ import annotations

import errno
import io
import os
import zipfile

import openpyxl
import pytest
from django.conf import settings

from opencen.formats import files, reading, services
from opencen.formats.handing_back import make_workbook
from opencen.formats.headers import find_header
from opencen.formats.models import ImportBatch
from opencen.formats.reading import open_sheet
from opencen.formats.running import run_imports
from opencen.formats.tables import Table
from opencen.formats.values import date_readings
from opencen.kernel.errors import Invalid, OpenCenError, TooLarge, Unavailable
from opencen.records.models import Record
from tests import make
from tests.formats import importing
from tests.formats.test_imports import CSV, MAPPING

pytestmark = pytest.mark.django_db


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    return stream.getvalue()


BAD = [
    ("empty.csv", b"", "media.empty"),
    ("blank.csv", b"  \n \n", "media.empty"),
    ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "import.not_a_table"),
    ("page.csv", b"<!doctype html><script>alert(1)</script>", "import.not_a_table"),
    ("cut.xlsx", workbook([["A"], [1]])[:-400], None),
    ("bomb.xlsx", bomb(), None),
    ("header.csv", b"Number;Date\n", "import.no_rows"),
    ("broken.jsonl", b'{"a": 1}\n{"a": \n', "import.not_json"),
    ("program.xlsx", b"MZ\x90\x00" + b"0" * 64, "import.not_a_table"),
]


@pytest.mark.parametrize(("name", "content", "code"), BAD, ids=[entry[0] for entry in BAD])
def test_a_bad_file_is_refused_with_a_code_and_leaves_nothing(name, content, code):
    before = set(os.listdir(settings.HOME.path / "imports")) if (settings.HOME.path / "imports").exists() else set()
    with pytest.raises(OpenCenError) as caught:
        services.upload_file(make.actor("officer"), content=content, name=name)
    assert isinstance(caught.value, Invalid | TooLarge)
    assert code is None or caught.value.code == code
    assert ImportBatch.objects.count() == 0
    after = set(os.listdir(settings.HOME.path / "imports")) if (settings.HOME.path / "imports").exists() else set()
    assert not [name for name in after - before if name.endswith(".part")]


def test_a_place_is_named_where_a_line_cannot_be_read():
    with pytest.raises(Invalid) as caught:
        services.upload_file(make.actor("officer"), content=b'{"a": 1}\n{"a": \n', name="a.jsonl")
    assert caught.value.path == "line 2"


def test_a_file_larger_than_allowed_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    with pytest.raises(TooLarge, match=r"media\.too_large"):
        services.upload_file(make.actor("officer"), content=CSV.encode() * 3, name="a.csv")


def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(Unavailable, match=r"media\.no_space"):
        services.upload_file(make.actor("officer"), content=b"Goods\nfull disk\n", name="a.csv")
    assert ImportBatch.objects.count() == 0
    assert not [name for name in os.listdir(settings.HOME.path / "imports") if name.endswith(".part")]


def test_kept_files_are_readable_by_the_installation_alone():
    batch = services.upload_file(make.actor("officer"), content=CSV.encode(), name="../../etc/register.csv")
    assert files.import_path(batch.sha256).stat().st_mode & 0o777 == 0o600
    assert "/" not in batch.file_name


def test_a_formula_is_its_value_and_a_script_is_text():
    rows = [["Number", "Date", "Goods", "Quantity", "From"],
            ["=1+1", "03/04/2021", "<script>alert(1)</script>", "1", "EC"],
            ["N2", "03/04/2021", "Cocaine", '=HYPERLINK("http://evil","x")', "EC"]]  # fmt: skip
    actor = make.actor("officer")
    batch = importing.import_file(actor, workbook(rows), "hostile.xlsx", MAPPING)
    assert importing.outcomes(batch).get("stored", 0) <= 1
    assert importing.findings(batch, "code.unknown")[2]["data"]["value"] == "<script>alert(1)</script>"
    back = openpyxl.load_workbook(io.BytesIO(make_workbook(actor, batch_id=batch.id)))
    notes = [cell.data_type for row in back.active.iter_rows(min_col=7, max_col=7) for cell in row if cell.value]
    assert set(notes) <= {"s"}


def test_a_separated_file_is_handed_back_without_living_formulas():
    text = CSV.replace("2021/1;", "=cmd|' /C calc'!A0;")
    actor = make.actor("officer")
    batch = importing.import_file(actor, text.encode(), "a.csv", MAPPING)
    with zipfile.ZipFile(io.BytesIO(make_workbook(actor, batch_id=batch.id))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_file_that_vanished_stops_the_import_with_its_reason():
    actor = make.actor("officer")
    batch = services.upload_file(actor, content=(CSV + " ").encode(), name="gone.csv")
    services.set_mapping(actor, batch_id=batch.id, mapping=MAPPING, reason="old")
    services.start_run(actor, batch_id=batch.id)
    files.import_path(batch.sha256).unlink()
    reading._tables.cache_clear()
    assert run_imports() == 1
    batch.refresh_from_db()
    assert (batch.state, Record.objects.count()) == ("failed", 0)
    assert "import.file_gone" in batch.error


def test_a_mapping_that_is_wrong_says_where():
    actor = make.actor("officer")
    batch = services.upload_file(actor, content=CSV.encode(), name="a.csv")
    for text, code in (
        ("x = [", "mapping.not_toml"),
        ('name = "A B"', "mapping.name_shape"),
        ('name = "a"\nsurprise = 1', "mapping.invalid"),
        (MAPPING.replace("lines[l1].quantity", "lines[l1].weight"), "mapping.path_unknown"),
        (MAPPING.replace("lines[l1].quantity", "lines.quantity"), "mapping.path_unknown"),
        (MAPPING.replace('key = ["Number"]', 'key = ["Nothing"]'), "mapping.header_missing"),
    ):
        with pytest.raises(Invalid) as caught:
            services.set_mapping(actor, batch_id=batch.id, mapping=text)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("rows", "at", "names"),
    [
        ([["A", "B"], ["x", 1.0]], (0,), ("A", "B")),
        ([["Register of seizures", "", ""], ["", "", ""], ["No", "Date", "Goods"], [1.0, "x", "y"]], (2,),
         ("No", "Date", "Goods")),
        ([["", "Goods", "Weight"], ["No", "", "kg"], [1.0, "x", 2.0]], (0, 1), ("No", "Goods", "Weight kg")),
    ],
)  # fmt: skip
def test_the_header_is_found(rows, at, names):
    found = find_header(Table("t", rows))
    assert (found.rows, found.names) == (at, names)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("03/04/2021", {"2021-04-03", "2021-03-04"}),
        ("31/04/2021", set()),
        ("31/03/2021", {"2021-03-31"}),
        ("2021-03-31", {"2021-03-31"}),
        ("12.12.2012", {"2012-12-12"}),
        ("yesterday", set()),
    ],
)
def test_a_written_date_may_mean_these_days(text, days):
    assert set(date_readings(text).values()) == days


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encoding_and_separator_are_found(encoding, separator):
    rows = [["Numéro", "Résine", "Quantité"], *([f"É{n}", "cocaïne trouvée", "2"] for n in range(20))]
    text = "\n".join(separator.join(row) for row in rows)
    batch = services.upload_file(make.actor("officer"), content=text.encode(encoding), name="a.csv")
    sheet = open_sheet(batch.sha256)
    assert sheet.header.names == ("Numéro", "Résine", "Quantité")
    assert sheet.rows[3][1] == ["É3", "cocaïne trouvée", "2"]
