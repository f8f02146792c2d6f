"""The API of imports does everything the pages do."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opencen.formats.running import run_imports
from tests import make
from tests.formats.test_import_pages import signed_in
from tests.formats.test_imports import CSV, MAPPING

pytestmark = pytest.mark.django_db
API = "/api/v1/imports"
JSON = "application/json"


def test_the_way_of_a_file_through_the_api():
    client, stranger = signed_in("officer"), signed_in("officer", "SFA")
    made = client.post(API, {"file": SimpleUploadedFile("register.csv", CSV.encode())})
    assert made.status_code == 200, made.content
    here = f"{API}/{made.json()['id']}"
    assert made.json()["total"] == 5
    assert [column["letter"] for column in client.get(f"{here}/columns").json()["columns"]] == list("ABCDE")
    body = {"text": MAPPING, "reason": "old register"}
    assert client.put(f"{here}/mapping", body, content_type=JSON).json()["state"] == "mapped"
    assert client.post(f"{here}/dry-run", {}, content_type=JSON).json()["task"] == "dry"
    assert client.post(f"{here}/run", {}, content_type=JSON).status_code == 409
    run_imports()
    assert client.get(here).json()["totals"]["stored"] == 2
    client.post(f"{here}/run", {}, content_type=JSON)
    run_imports()
    found = client.get(f"{here}/rows?outcome=refused").json()
    assert [row["number"] for row in found["items"]] == [4, 5]
    assert "31/04/2021" in found["items"][0]["findings"][0]["message"]
    repair = {"column": 1, "value": "30/04/2021", "alike": True}
    assert client.post(f"{here}/rows/4/repair", repair, content_type=JSON).json() == {"repaired": 1}
    client.post(f"{here}/run", {}, content_type=JSON)
    run_imports()
    totals = client.get(here).json()["totals"]
    assert (totals["stored"], totals["refused"], totals["waiting"]) == (3, 1, 1)
    assert client.get(f"{here}/workbook").content.startswith(b"PK")
    for path in ("", "/columns", "/rows", "/workbook"):
        assert stranger.get(f"{here}{path}").status_code == 404
    assert stranger.get(API).json() == []
    assert client.post(f"{here}/take-back", {"reason": "wrong"}, content_type=JSON).json()["task"] == "back"
    run_imports()
    totals = client.get(here).json()["totals"]
    assert (totals["taken_back"], totals["stored"], totals["stays"]) == (3, 0, 0)


def test_mappings_are_saved_and_read_by_name():
    client = signed_in("officer")
    assert client.get(f"{API}/mappings/pangolin_incidents").json()["name"] == "pangolin_incidents"
    client.put(f"{API}/mappings/mine", {"text": MAPPING}, content_type=JSON)
    assert 'name = "mine"' in client.get(f"{API}/mappings/mine").json()["text"]
    assert client.put(f"{API}/mappings/mine", {"text": "x = ["}, content_type=JSON).status_code == 422


def test_an_export_holds_what_one_may_see():
    make.submit_case(make.actor("officer"))
    body = {"type": "case", "format": "jsonl"}
    assert len(signed_in("validator", "DTN").post("/api/v1/exports", body, content_type=JSON).content.splitlines()) == 1
    assert signed_in("validator", "SFA").post("/api/v1/exports", body, content_type=JSON).content == b""
    assert signed_in("officer").post("/api/v1/exports", body, content_type=JSON).status_code == 403
