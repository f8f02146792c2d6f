"""What was answered about a file stays seen, may be changed, and holds for the corrected workbook again."""

from __future__ import annotations

import re

import pytest

from opencen.formats import running
from opencen.formats.mapping import Mapping, read_mapping
from opencen.formats.proposing import from_labels
from opencen.formats.reading import open_sheet
from opencen.formats.running import run_imports
from opencen.formats.suggesting import suggest_codes
from opencen.records.effective import effective_schema
from tests.formats.test_import_pages import signed_in
from tests.formats.test_import_studio_pages import fields, page, upload

pytestmark = pytest.mark.django_db

REGISTER = "No;Date;Goods\nA1;2021-07-06;Herion\nA2;2021-07-06;Cocaine\n"


@pytest.fixture
def client():
    return signed_in("officer")


def answers(batch, column="Goods"):
    batch.refresh_from_db()
    return read_mapping(batch.mapping).column_of(column).values


def test_an_answer_stays_on_the_page_and_may_be_changed(client):
    batch = upload(client, REGISTER)
    client.post(f"/import/{batch.id}/columns", {**fields(page(client, batch)), "act": "look"})
    assert answers(batch) == {"herion": "drugs.opioids.heroin"}
    text = page(client, batch)
    assert "your answer; write another to change it" in text
    assert 'name="answer-2-0"' in text
    client.post(f"/import/{batch.id}/columns", {**fields(text), "answer-2-0": "Morphine", "act": "look"})
    assert answers(batch)["herion"] == "drugs.opioids.morphine"


def test_answers_hold_for_the_handed_back_workbook(client):
    batch = upload(client, REGISTER)
    client.post(f"/import/{batch.id}/columns", {**fields(page(client, batch)), "answer-2-0": "Morphine", "act": "look"})
    repaired = "No;Date;Goods;opencen row id;opencen what is wrong\nA1;2021-07-07;Herion;;\n"
    again = upload(client, repaired, "repaired.csv")
    text = page(client, again)
    assert "your answers about <strong>a.csv</strong> hold here too" in text
    client.post(f"/import/{again.id}/columns", {**fields(text), "act": "look"})
    assert answers(again) == {"herion": "drugs.opioids.morphine"}


def test_another_file_with_the_same_columns_is_asked_anew(client):
    batch = upload(client, REGISTER)
    client.post(f"/import/{batch.id}/columns", {**fields(page(client, batch)), "act": "look"})
    assert "proposed, not yet taken" in page(client, upload(client, REGISTER.replace("A1", "B1"), "b.csv"))


def test_a_field_may_be_named_freely(client):
    batch = upload(client, "No;Date;Goods;Zz\nA1;2021-07-06;Cocaine;2\n")
    client.post(f"/import/{batch.id}/columns", {**fields(page(client, batch)), "to-3": "quantity", "act": "look"})
    batch.refresh_from_db()
    assert read_mapping(batch.mapping).column_of("Zz").to == ["lines[l1].quantity"]


def test_a_field_that_is_none_is_said_and_the_other_answers_are_kept(client):
    batch = upload(client, REGISTER)
    sent = {**fields(page(client, batch)), "to-1": "qwertyuiop", "act": "look"}
    text = client.post(f"/import/{batch.id}/columns", sent).content.decode()
    assert "No field is called “qwertyuiop”, so the column “Date” goes nowhere yet." in text
    batch.refresh_from_db()
    assert read_mapping(batch.mapping).column_of("Date").to == ["detected_at"]
    assert answers(batch) == {"herion": "drugs.opioids.heroin"}


def test_a_heading_in_two_scripts_is_read_in_either():
    heading = "N°;Quantité / الكمية;نوع البضاعة / Marchandise;Cachette;Pays / Port"
    batch = upload(signed_in("officer"), f"{heading}\nA1;12,5 kg;Cocaïne;roue de secours;x\n")
    sheet = open_sheet(batch.sha256, Mapping(name="new", type="case"))
    found = {entry.header: entry.to for entry in from_labels(sheet, effective_schema("case")).column}
    assert found["Quantité / الكمية"] == ["lines[l1].quantity"]
    assert found["نوع البضاعة / Marchandise"] == ["lines[l1].commodity"]
    assert found["Cachette"] == ["lines[l1].concealment.place"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("commodity", "Herion", "drugs.opioids.heroin"),
        ("commodity", "Herisson", "environment.fauna.mammals.rodents"),
        ("conveyance_mode", "Camionnette", "vehicle"),
        ("conveyance_mode", "دراجة نارية", "vehicle"),
    ],
)
def test_one_slip_is_nearer_than_a_longer_word(name, text, code):
    assert [found.code for found in suggest_codes(name, text, "en")] == [code]


def test_progress_moves_after_a_few_records_and_says_before_that_it_reads(client, monkeypatch):
    rows = "".join(f"A{n};2021-07-06;Cocaine\n" for n in range(130))
    batch = upload(client, f"No;Date;Goods\n{rows}")
    client.post(f"/import/{batch.id}/columns", {**fields(page(client, batch)), "key": "No", "act": "dry"})
    waiting = page(client, batch, "progress")
    assert "Waiting for its turn …" in waiting
    assert re.search(r'aria-current="step"[^>]*>.*?Dry run', waiting, re.DOTALL)
    seen = []
    take = running._take

    def look_at_it(actor, batch, chunk):
        seen.append(page(client, batch, "progress"))
        take(actor, batch, chunk)

    monkeypatch.setattr(running, "_take", look_at_it)
    run_imports()
    assert "Reading 130 rows …" in seen[0]
    assert ["20 of 130" in seen[1], "60 of 130" in seen[2]] == [True, True]
