"""Suspects, companies and conveyances come in by the same importer and leave by the same files as cases."""

from __future__ import annotations

import io

import pytest

from opencen.formats import services
from opencen.formats.exporting import export_records, write_template
from opencen.formats.mapping import write_mapping
from opencen.formats.proposing import propose
from opencen.formats.queries import totals_of
from opencen.formats.reading import open_sheet
from opencen.formats.running import run_now
from opencen.records.documents import documents_of
from opencen.records.effective import effective_schema
from opencen.records.lock import visible_to
from tests import make

pytestmark = pytest.mark.django_db

SHEETS = {
    "suspect": "Name as written;Date of birth;Nationalities;Sex;Number of the document;Standing\n"
    "Sami Ouerdanel;1987-04-12;TN;male;T4471180;suspected\n"
    "Nadia Kefiane;1990;FR;female;X99;mentioned\n",
    "company": "Name as written;Country of registration;Kind of number;Number;Standing\n"
    "Sahel Fruits Import SARL;TN;trade_register;B24817262016;suspected\n"
    "Costa Verdina SA;EC;tax;99;mentioned\n",
    "conveyance": "Means of transport;Name as written;IMO number;Flag\n"
    "vessel;CASTOR LINE;9365049;PA\nvessel;MARE SERENO;9074729;MT\n",
}


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_of_subjects_comes_in(kind):
    officer = make.actor("officer", "RDS")
    batch = services.upload_file(officer, content=SHEETS[kind].encode(), name=f"{kind}.csv", type=kind)
    proposed, _why = propose(officer, open_sheet(batch.sha256), effective_schema(kind))
    proposed.name = kind
    mapping = write_mapping(proposed)
    assert mapping.count("to = [") == len(SHEETS[kind].splitlines()[0].split(";")), "every heading was recognised"
    services.set_mapping(officer, batch_id=batch.id, mapping=mapping, mode="historical", reason="Taken over")
    services.start_run(officer, batch_id=batch.id)
    ended = run_now(batch.id)
    counts = totals_of(ended)
    assert counts.stored == 2, [(row.number, row.outcome, row.findings) for row in ended.rows.all()]
    heads = {head.id: head.revision for head in visible_to(officer).filter(type=kind)}
    found = list(documents_of(kind, list(heads.items())).values())
    names = {name["text"] for document in found for name in document["names"]}
    assert len(names) == 2


@pytest.mark.parametrize("kind", SHEETS)
def test_what_is_exported_as_a_workbook_comes_in_again_unchanged(kind):
    officer = make.actor("validator", "RDS", covers="RDS")
    receipt = make.submit_subject(officer, kind)
    stream = io.BytesIO()
    export_records(officer, kind=kind, record_ids=[receipt.record_id], format="xlsx", stream=stream)
    batch = services.upload_file(officer, content=stream.getvalue(), name="again.xlsx", type=kind)
    services.start_run(officer, batch_id=batch.id)
    ended = run_now(batch.id)
    counts = totals_of(ended)
    assert (counts.unchanged, counts.refused) == (1, 0), [(row.outcome, row.findings) for row in ended.rows.all()]


@pytest.mark.parametrize("kind", SHEETS)
def test_a_template_of_a_database_is_written(kind):
    stream = io.BytesIO()
    write_template(make.actor(), kind=kind, stream=stream)
    assert stream.getvalue()[:2] == b"PK"
