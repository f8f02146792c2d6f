"""A file is what its content says; what is no table is named, and a feed that no mapping fits is refused."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opencen.formats import services
from opencen.formats.models import ImportBatch
from opencen.formats.proposing import from_labels
from opencen.formats.reading import open_sheet
from opencen.kernel.errors import Invalid
from opencen.records.effective import effective_schema
from opencen.records.texts import error_text
from tests import make
from tests.formats.test_import_pages import signed_in

pytestmark = pytest.mark.django_db
API = "/api/v1/imports"
FEED = (
    '[{"declaration_number": "D1", "found_on": "2026-04-02", "country": "TN",'
    ' "items": [{"found_commodity": "drugs.cocaine", "found_quantity": "2.5", "found_unit": "kg"}]}]'
)


def workbook():
    book = openpyxl.Workbook()
    for row in (["No", "Date", "Goods"], ["A1", "03/04/2021", "Cocaine"]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.xlsx", "text/plain"), ("a.csv", "text/csv"), ("a", ""), ("a.json", "application/json"), ("a.pdf", "x/y")],
)
def test_a_workbook_is_read_by_its_content_whatever_it_is_called(name, media_type):
    made = signed_in("officer").post(API, {"file": SimpleUploadedFile(name, workbook(), media_type)})
    assert made.status_code == 200, made.content
    assert made.json()["total"] == 1


def test_a_separated_text_called_a_workbook_is_read_too():
    batch = services.upload_file(make.actor("officer"), content=b"No;Goods\nA1;Cocaine\n", name="a.xlsx")
    assert batch.total == 1


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.4\nx\n%%EOF\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 64, "PNG"),
        (b"<!doctype html><p>a page</p>", "HTML"),
        (b"MZ\x90\x00" + b"0" * 64, "EXE"),
    ],
)
def test_what_is_no_table_is_named_with_what_would_be_right(content, word):
    with pytest.raises(Invalid) as caught:
        services.upload_file(make.actor("officer"), content=content, name="register.xlsx")
    text = error_text(caught.value, "en")
    assert text.message.endswith(f"it is {word}.")
    assert text.right == "Send XLSX, XLS, ODS, CSV, JSON or declaration XML."


def upload(client, content, name, **form):
    return client.post(API, {"file": SimpleUploadedFile(name, content.encode()), **form})


def test_a_feed_with_few_of_its_names_is_still_known():
    made = upload(signed_in("officer"), FEED, "feed.json", mapping="saved")
    assert (made.status_code, made.json()["mapping_name"], made.json()["state"]) == (200, "declaration_feed", "mapped")


@pytest.mark.parametrize(
    ("mapping", "status", "code"),
    [
        ("saved", 422, "mapping.none_fits"),
        ("declaration_feed", 422, "mapping.header_missing"),
        ("nobodys", 404, "mapping.unknown"),
    ],
)
def test_a_file_that_no_mapping_fits_is_refused_and_leaves_nothing(mapping, status, code):
    refused = upload(signed_in("officer"), "zqa;zqb\n1;x\n", "a.csv", mapping=mapping)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert ImportBatch.objects.count() == 0


def test_a_batch_without_a_fitting_mapping_stays_unmapped():
    client = signed_in("officer")
    made = upload(client, "zqa;zqb\n1;x\n", "a.csv").json()
    refused = client.put(f"{API}/{made['id']}/mapping", {}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "mapping.none_fits")
    assert client.get(f"{API}/{made['id']}").json()["state"] == "uploaded"


HEADS = (
    "Location", "Lieu", "Lugar", "Local", "المكان", "Place of seizure", "Port/airport", "Seizure location",
    "Aéroport", "Puerto", "Local de apreensão", "مكان الضبط", "Where found",
)  # fmt: skip


@pytest.mark.parametrize(
    ("values", "path"),
    [
        (("Shed 4", "Ras Jedir"), "place.name"),
        (("TN TUN", "TNRDS"), "place.locode"),
        (("airport", "land border"), "location_type"),
    ],
)
def test_a_column_of_places_goes_where_what_it_holds_belongs(values, path):
    found = {}
    for head in HEADS:
        text = f"No;{head};Goods\n" + "".join(f"A{n};{value};Cocaine\n" for n, value in enumerate(values))
        batch = services.upload_file(make.actor("officer"), content=text.encode(), name="a.csv")
        found[head] = from_labels(open_sheet(batch.sha256), effective_schema("case")).column_of(head).to
    assert found == {head: [path] for head in HEADS}
