"""The pages of an import, walked without script: file, columns, dry run, result, repair, the workbook back."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opencen.accounts.models import User
from opencen.formats.models import ImportBatch, SavedMapping
from opencen.formats.running import run_imports
from tests import make
from tests.formats.test_imports import CSV

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(role, at="RDS"):
    client = Client()
    client.force_login(User.objects.get(pk=make.user(role, at).pk), BACKEND)
    return client


@pytest.fixture
def client():
    return signed_in("officer")


def upload(client, content=None, name="register.csv"):
    content = CSV.encode() if content is None else content
    return client.post("/import/upload", {"file": SimpleUploadedFile(name, content), "type": "case"})


def test_the_way_from_file_to_repaired_row(client):
    response = upload(client)
    batch = ImportBatch.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/import/{batch.id}/columns")
    page = client.get(response["Location"]).content.decode()
    assert "What is in each column?" in page
    assert "Unobtainium" in page
    assert 'name="unit-3"' in page
    fields = dict(re.findall(r'name="(to-\d+)" list="fields" value="([^"]*)"', page))
    fields |= {
        "mode": "historical",
        "reason": "old register",
        "key": "Number",
        "save_as": "Register 2021",
        "act": "dry",
    }
    fields |= {"unit-3": "kg", "order-1": "dmy", "decimal-3": "comma", "to-4": "Departure › Country"}
    fields |= {"to-0": "", "to-1": fields["to-1"]}
    response = client.post(f"/import/{batch.id}/columns", fields)
    assert response["Location"] == f"/import/{batch.id}/progress"
    assert SavedMapping.objects.get().name == "register-2021"
    assert "Waiting for its turn" in client.get(response["Location"]).content.decode().replace("\u2068", "").replace(
        "\u2069", ""
    )
    run_imports()
    response = client.get(f"/import/{batch.id}/progress", headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == f"/import/{batch.id}/result"
    assert "What would become of every row" in client.get(f"/import/{batch.id}/result").content.decode()
    client.post(f"/import/{batch.id}/act/run")
    run_imports()
    page = client.get(f"/import/{batch.id}/result?outcome=refused&code=date.impossible").content.decode()
    assert "cell-error" in page
    assert "Date does not exist" in page
    client.post(f"/import/{batch.id}/rows/4", {"column": "1", "value": "30/04/2021"})
    page = client.get(f"/import/{batch.id}/result?outcome=refused").content.decode()
    assert "1 repaired here" in page
    assert "Store 1 repaired row" in page
    assert client.get(f"/import/{batch.id}/workbook")["Content-Type"].endswith("spreadsheetml.sheet")
    response = client.post(f"/import/{batch.id}/act/undo", {"reason": "the wrong file"})
    assert "Taking the import back" in client.get(response["Location"]).content.decode()
    run_imports()
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert "The file may go in again" in client.get(f"/import/{batch.id}/result").content.decode()
    assert "register.csv" in client.get("/import").content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n", "not"),
        ("page.csv", b"<html><script>alert(1)</script>", "not"),
        ("cut.xlsx", b"PK\x03\x04cut", "not"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(client, name, content, words):
    response = upload(client, content, name)
    assert response.status_code in (413, 422)
    assert words in response.content.decode()
    assert ImportBatch.objects.count() == 0


def test_script_in_a_cell_is_text_on_the_page(client):
    upload(client, b"Goods,Quantity\n<script>alert(1)</script>,2\n", "a.csv")
    page = client.get(f"/import/{ImportBatch.objects.get().id}/columns").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_stranger_finds_no_import_and_an_auditor_no_page(client):
    upload(client)
    batch = ImportBatch.objects.get()
    stranger, auditor = signed_in("officer", "SFA"), signed_in("auditor", "HQ")
    for page in ("columns", "progress", "result", "workbook"):
        assert stranger.get(f"/import/{batch.id}/{page}").status_code == 404
        assert auditor.get(f"/import/{batch.id}/{page}").status_code == 403
    assert stranger.post(f"/import/{batch.id}/act/cancel").status_code == 404
    assert stranger.post(f"/import/{batch.id}/rows/2", {"column": "0", "value": "x"}).status_code == 404
    assert auditor.get("/import").status_code == 403


def test_a_list_is_exported_as_it_is_shown_and_a_template_is_empty():
    client = signed_in("validator", "DTN")
    make.submit_case(make.actor("officer"))
    response = client.get("/cases/export?format=jsonl")
    assert len(b"".join(response.streaming_content).splitlines()) == 1
    assert client.get("/cases/export?format=nothing").status_code == 404
    assert client.get("/import/template/case").status_code == 200


def test_a_reason_is_named_by_a_row_that_has_it_never_by_dots(client):
    upload(client, b"Number;Date;Goods;Quantity;Unit\nA1;03/04/2021;Cocaine;900000;kg\nA2;03/04/2021;Banknotes;2;kg\n")
    batch = ImportBatch.objects.get()
    page = client.get(f"/import/{batch.id}/columns").content.decode()
    sent = dict(re.findall(r'name="(to-\d+)" list="fields" value="([^"]*)"', page))
    sent |= {"mode": "historical", "reason": "old", "order-1": "dmy", "act": "dry"}
    client.post(f"/import/{batch.id}/columns", sent)
    run_imports()
    page = client.get(f"/import/{batch.id}/result").content.decode()
    reasons = re.findall(r'<div class="item-body">(?:<strong>)?(.*?)<', page)
    assert any("For example: " in text and "Banknotes" in text for text in reasons), reasons
    assert not any("…" in text for text in reasons)
