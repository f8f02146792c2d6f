"""An administrator's own places, labelled in five languages: found, imported, shown and handed out by any of them."""

from __future__ import annotations

import io

import pytest

from opencen.codelists.catalogue import drop_cache
from opencen.formats.exporting import export_records
from opencen.formats.mapping import write_mapping
from opencen.formats.proposing import from_labels
from opencen.formats.reading import open_sheet
from opencen.formats.running import run_now
from opencen.formats.services import set_mapping, start_run, upload_file
from opencen.log.stamps import drop_caches
from opencen.records.effective import effective_schema
from opencen.seizures import queries
from tests import make
from tests.formats import importing
from tests.formats.test_import_pages import signed_in
from tests.support.wazin import CODE, LABELS, add_wazin

pytestmark = pytest.mark.django_db


@pytest.fixture
def wazin():
    """Add a border post of one's own that lies in the country beyond the border."""
    drop_caches()
    add_wazin()
    yield
    drop_caches()
    drop_cache()


def test_a_place_of_ones_own_is_found_by_any_of_its_labels_with_the_country_it_lies_in(wazin):
    client = signed_in("officer")
    for label in LABELS.values():
        found = client.get("/api/v1/codelists/place/find", {"q": label}).json()
        assert (found[0]["code"], found[0]["label"], found[0]["country"]) == (CODE, "Wazin crossing", "LY"), label


def test_a_register_that_names_it_in_any_language_leads_to_its_code_and_comes_back_the_same(wazin):
    actor = make.actor("officer")
    places = [*LABELS.values(), CODE]
    text = "No;Date;Goods;Place of seizure\n" + "".join(f"A{n};2026-03-04;Cocaine;{p}\n" for n, p in enumerate(places))
    batch = upload_file(actor, content=text.encode(), name="a.csv")
    mapping = from_labels(open_sheet(batch.sha256), effective_schema("case"))
    assert mapping.column_of("Place of seizure").to == ["place.locode"]
    set_mapping(actor, batch_id=batch.id, mapping=write_mapping(mapping), mode="historical", reason="Register")
    start_run(actor, batch_id=batch.id)
    done = run_now(batch.id)
    assert importing.outcomes(done) == {"stored": len(places)}
    documents = importing.documents(actor, done)
    assert {document["place"]["locode"] for document in documents.values()} == {CODE}
    ids = [row.record_id for row in done.rows.all()]
    for language, label in LABELS.items():
        facts = {path: text for path, _label, text in queries.get_case(actor.speaking(language), ids[0]).facts}
        assert facts["place"] == label
    stream = io.BytesIO()
    export_records(make.actor("analyst"), kind="case", format="xlsx", stream=stream, record_ids=ids)
    again = upload_file(actor, content=stream.getvalue(), name="own.xlsx")
    start_run(actor, batch_id=again.id)
    assert importing.outcomes(run_now(again.id)) == {"unchanged": len(places)}
