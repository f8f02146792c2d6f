"""The studio's pages: questions, proposals with their reason, another sheet, statistics, pause and resume."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opencen.formats import running
from opencen.formats.mapping import read_mapping
from opencen.formats.models import ImportBatch, StatisticsFigure
from opencen.formats.queries import totals_of
from opencen.formats.running import run_imports
from opencen.records.models import Record
from tests.formats.test_import_pages import signed_in
from tests.formats.test_imports import CSV
from tests.formats.test_statistics import MONTHLY
from tests.make import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return signed_in("officer")


def upload(client, content, name="a.csv"):
    content = content.encode() if isinstance(content, str) else content
    response = client.post(
        "/import/upload", {"file": SimpleUploadedFile(name, content, "application/octet-stream"), "type": "case"}
    )
    assert response.status_code == 302, re.findall(r'role="alert".*?</div>', response.content.decode(), re.DOTALL)
    return ImportBatch.objects.order_by("-number").first()


def page(client, batch, step="columns"):
    return client.get(f"/import/{batch.id}/{step}").content.decode()


def fields(text):
    """Return what the page's form would send."""
    found = dict(re.findall(r'name="(to-\d+)" list="fields" value="([^"]*)"', text))
    found |= dict(re.findall(r'<input type="hidden" name="(open-[\d-]+)" value="([^"]*)"', text))
    return found | dict(re.findall(r'name="(answer-[\d-]+)"[^>]*? value="([^"]*)"', text))


def test_a_date_that_could_be_either_is_asked_once_for_its_column(client):
    batch = upload(client, "No;Date;Goods\nA1;06/07/2021;Cocaine\n")
    text = page(client, batch)
    assert 'name="order-1"' in text
    assert "A question: answer it beside the column" in text
    client.post(f"/import/{batch.id}/columns", {**fields(text), "order-1": "mdy", "act": "look"})
    text = page(client, batch)
    assert 'name="order-1"' not in text
    assert "Month first, by your answer" in text


def test_a_misspelling_is_proposed_with_its_reason_and_counts_when_it_is_sent(client):
    batch = upload(client, "No;Date;Goods\nA1;2021-07-06;Resine de canabis\nA2;2021-07-06;Cocaine\n")
    text = page(client, batch)
    assert "proposed, not yet taken" in text
    sent = fields(text)
    assert [sent[name] for name in sent if name.startswith("answer-")] == ["Cannabis resin"]
    client.post(f"/import/{batch.id}/columns", {**sent, "act": "look", "save_as": "Learnt"})
    batch.refresh_from_db()
    entry = read_mapping(batch.mapping).column_of("Goods")
    assert entry.values == {"resine de canabis": "drugs.cannabis.resin"}
    again = upload(client, "No;Date;Goods\nA9;2021-07-06;Resine de canabis\n")
    assert "Values not recognised" not in page(client, again)


def test_another_sheet_and_another_header_are_chosen_on_the_page(client):
    book = openpyxl.Workbook()
    for row in (["x"], ["y"], ["z"], ["w"]):
        book.active.append(row)
    other = book.create_sheet("Saisies")
    other.append(["No", "Date"])
    other.append(["A1", "2021-07-06"])
    stream = io.BytesIO()
    book.save(stream)
    batch = upload(client, stream.getvalue(), "a.xlsx")
    assert "1 other left aside" in page(client, batch).replace("\u2068", "").replace("\u2069", "")
    client.post(f"/import/{batch.id}/columns", {"sheet": "Saisies", "act": "dry"})
    batch.refresh_from_db()
    assert (batch.task, read_mapping(batch.mapping).sheet, batch.total) == ("", "Saisies", 1)
    text = page(client, batch)
    client.post(f"/import/{batch.id}/columns", {**fields(text), "sheet": "Saisies", "header_rows": "2", "act": "dry"})
    batch.refresh_from_db()
    assert read_mapping(batch.mapping).header_rows == [2]


def test_an_encoding_found_wrong_is_corrected_on_the_page(client):
    batch = upload(client, "Ville;Secteur\nBéja;1\n".encode("cp850"))
    assert "Béja" not in page(client, batch)
    text = page(client, batch)
    client.post(f"/import/{batch.id}/columns", {**fields(text), "encoding": "cp850", "act": "look"})
    assert "Béja" in page(client, batch)


def test_sums_are_offered_as_statistics_and_kept_apart(client):
    batch = upload(client, MONTHLY)
    assert "These rows are sums, not cases" in page(client, batch)
    response = client.post(f"/import/{batch.id}/act/statistics", {"title": "Sums"})
    assert response["Location"] == f"/import/{batch.id}/result"
    assert "= the sum to the right" in page(client, batch, "result")
    assert (StatisticsFigure.objects.count(), Record.objects.count()) == (4, 0)
    client.post(f"/import/{batch.id}/act/undo", {"reason": "old"})
    assert StatisticsFigure.objects.count() == 0
    assert "These rows are sums" not in page(client, upload(client, CSV))


def test_a_run_is_paused_looked_at_and_resumed_from_the_page(client, monkeypatch):
    rows = "".join(f"A{n};2021-07-06;Cocaine\n" for n in range(30))
    batch = upload(client, f"No;Date;Goods\n{rows}")
    sent = fields(page(client, batch)) | {"mode": "historical", "reason": "old register", "key": "No", "act": "look"}
    client.post(f"/import/{batch.id}/columns", sent)
    client.post(f"/import/{batch.id}/act/run")
    monkeypatch.setattr(running, "CHUNK", 10)
    take = running._take_chunk

    def pause_after_one(actor, *, batch, units):
        take(actor, batch=batch, units=units)
        client.post(f"/import/{batch.id}/act/pause")

    monkeypatch.setattr(running, "_take_chunk", pause_after_one)
    run_imports()
    batch.refresh_from_db()
    assert (batch.state, totals_of(batch).stored, totals_of(batch).open) == ("paused", 10, 20)
    stopped = page(client, batch, "result")
    assert "Paused: what is done stays done" in stopped
    assert "not looked at: 20" in stopped
    assert "Go on" in page(client, batch, "result")
    widths = dict(re.findall(r'<rect class="bar-(\w+)" x="[\d.]+" y="0" width="([\d.]+)"', stopped))
    assert widths == {"stored": "331.3", "open": "664.7"}, "the bar shows what is still to be looked at"
    assert f'action="/import/{batch.id}/act/cancel"' in stopped
    monkeypatch.setattr(running, "_take_chunk", take)
    client.post(f"/import/{batch.id}/act/run")
    run_imports()
    batch.refresh_from_db()
    assert (batch.state, totals_of(batch).stored, Record.objects.count()) == ("done", 30, 30)


def test_a_paused_import_is_cancelled_on_its_page_and_named_with_its_office(client):
    batch = upload(client, CSV)
    ImportBatch.objects.filter(pk=batch.pk).update(state="paused")
    assert "act/cancel" in page(client, batch, "result")
    client.post(f"/import/{batch.id}/act/cancel")
    batch.refresh_from_db()
    assert batch.state == "cancelled"
    assert "act/cancel" not in page(client, batch, "result")
    listed = client.get("/import").content.decode()
    assert f"· {office('RDS').name}</span>" in listed


def test_what_a_handed_back_workbook_adds_tells_no_rows_apart(client):
    batch = upload(client, "No;Goods;opencen row id;opencen what is wrong\nA1;Cocaine;;\n")
    offered = re.findall(r'<select[^>]*name="key".*?</select>', page(client, batch), re.DOTALL)
    assert "Goods" in offered[0]
    assert "opencen" not in offered[0]


def test_a_cancelled_run_keeps_what_it_stored_and_goes_no_further(client, monkeypatch):
    batch = upload(client, CSV)
    sent = fields(page(client, batch)) | {"mode": "historical", "reason": "old", "order-1": "dmy", "act": "look"}
    client.post(f"/import/{batch.id}/columns", sent)
    client.post(f"/import/{batch.id}/act/run")
    client.post(f"/import/{batch.id}/act/cancel")
    assert run_imports() == 0
    batch.refresh_from_db()
    assert (batch.state, Record.objects.count()) == ("cancelled", 0)
    assert client.post(f"/import/{batch.id}/act/run").status_code == 409


def test_a_template_of_a_section_is_handed_out(client):
    response = client.get("/import/template/case?section=drugs")
    assert response["Content-Disposition"].endswith('drugs.xlsx"')
    assert client.get("/import/template/case?section=nothing").status_code == 404


def test_one_refused_answer_does_not_lose_the_others(client):
    batch = upload(client, "No;Date;Goods\nA1;16/07/2021;Xylo\n")
    sent = {**fields(page(client, batch)), "answer-2-0": "Cocaine", "act": "look"}
    constants = {"constant-country": "Tunisia", "constant-detection_method": "no such method"}
    answer = client.post(f"/import/{batch.id}/columns", {**sent, **constants}).content.decode()
    assert re.search(r'name="constant-country"[^>]*value="Tunisia"', answer)
    assert re.search(r'name="constant-detection_method"[^>]*value="no such method"', answer)
    assert read_mapping(ImportBatch.objects.get().mapping).column_of("Goods").values == {"xylo": "drugs.cocaine"}


def test_an_office_is_known_by_its_name_and_asked_for_otherwise(client):
    office("RDS", name="Radès port")
    batch = upload(client, "No;Office;Date;Goods\nA1;radès  PORT;16/07/2021;Cocaine\nA2;Porto;16/07/2021;Cocaine\n")
    text = page(client, batch)
    asked = fields(text)
    assert [value for name, value in asked.items() if name.startswith("open-1-")] == ["Porto"]
    assert '<option value="Radès port">' in text
    client.post(f"/import/{batch.id}/columns", {**asked, "answer-1-0": "Radès port", "act": "look"})
    assert read_mapping(ImportBatch.objects.get().mapping).column_of("Office").values == {"porto": "RDS"}
    assert "open-1-0" not in fields(page(client, batch))
