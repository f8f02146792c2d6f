"""Imports: every row has an outcome, a repeat changes nothing, a corrected workbook goes in without doubling."""

from __future__ import annotations

import io
from uuid import uuid4

import openpyxl
import pytest

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of
from opencen.formats import running, services
from opencen.formats.handing_back import make_workbook
from opencen.formats.mapping import read_mapping, shipped_mappings, write_mapping
from opencen.formats.models import ImportBatch
from opencen.formats.proposing import propose
from opencen.formats.queries import batch_of, list_batches, reasons_of, totals_of
from opencen.formats.reading import open_sheet
from opencen.formats.surveying import survey
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.models import Entry
from opencen.records.effective import effective_schema
from opencen.records.models import Record, Revision
from tests import make
from tests.formats import importing

pytestmark = pytest.mark.django_db

MAPPING = """
name = "register"
type = "case"
mode = "historical"
key = ["Number"]
constants = { kind = "seizure", form = "short", country = "TN" }
items = { "lines[l1]" = { role = "contraband" }, "route[departure]" = { role = "departure" } }

[[column]]
header = "Number"
to = ["external_references[r1].number"]

[[column]]
header = "Date"
to = ["detected_at"]
order = "dmy"

[[column]]
header = "Goods"
to = ["lines[l1].commodity"]

[[column]]
header = "Quantity"
to = ["lines[l1].quantity"]
decimal = "comma"
beside = { unit = "kg" }

[[column]]
header = "From"
to = ["route[departure].country"]
"""

CSV = """Number;Date;Goods;Quantity;From
2021/1;03/04/2021;Cannabis resin;12,5;Morocco
2021/2;05/04/2021;Résine de cannabis;400;Maroc
2021/3;31/04/2021;Cocaine;2;EC
2021/4;07/04/2021;Unobtainium;3;Libya
2021/5;08/04/2021;Cocaine;2300/2400;Libya
"""


def run(actor, text=CSV, mapping=MAPPING, name="register.csv"):
    return importing.import_file(actor, text.encode(), name, mapping)


def test_every_row_has_an_outcome_and_the_sum_is_the_file():
    batch = run(make.actor("officer"))
    assert importing.outcomes(batch) == {"stored": 2, "refused": 2, "waiting": 1}
    assert batch.state == "done"
    assert {(r.code, r.level) for r in reasons_of(batch) if r.level != "warning"} == {
        ("date.impossible", "refused"),
        ("code.unknown", "refused"),
        ("import.several_values", "waiting"),
    }
    assert Entry.objects.filter(act="import.ended").count() == 1


def test_labels_of_both_languages_mean_the_same_code():
    actor = make.actor("officer")
    documents = importing.documents(actor, run(actor))
    assert [documents[n]["lines"][0]["commodity"] for n in (2, 3)] == ["drugs.cannabis.resin"] * 2
    assert [documents[n]["route"][0]["country"] for n in (2, 3)] == ["MA", "MA"]
    assert documents[2]["lines"][0]["quantity"] == "12.5"
    assert documents[2]["detected_at"] == "2021-04-03"


def test_the_same_file_again_stores_nothing():
    actor = make.actor("officer")
    run(actor)
    before = Revision.objects.count()
    assert importing.outcomes(run(actor)) == {"unchanged": 2, "refused": 2, "waiting": 1}
    assert Revision.objects.count() == before


def test_a_dry_run_tells_the_same_and_stores_nothing():
    actor = make.actor("officer")
    batch = services.upload_file(actor, content=CSV.encode(), name="register.csv")
    services.set_mapping(actor, batch_id=batch.id, mapping=MAPPING, reason="old register")
    services.start_dry_run(actor, batch_id=batch.id)
    batch = running.run_now(batch.id)
    assert (batch.state, importing.outcomes(batch)) == ("dry_run", {"stored": 2, "refused": 2, "waiting": 1})
    assert Record.objects.count() == 0


def test_a_corrected_workbook_goes_in_again_and_only_the_corrected_row_is_stored():
    actor = make.actor("officer", language="fr")
    content = make_workbook(actor, batch_id=run(actor).id)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet["B4"].fill.fgColor.rgb == "FFFDD5D0"
    assert "31/04/2021" in sheet["G4"].value
    assert sheet.column_dimensions["F"].hidden
    sheet["B4"] = "30/04/2021"
    sheet["D2"] = "13,5"
    stream = io.BytesIO()
    book.save(stream)
    again = importing.import_file(actor, stream.getvalue(), "register.xlsx", MAPPING)
    assert importing.outcomes(again) == {"stored": 2, "unchanged": 1, "refused": 1, "waiting": 1}
    assert Record.objects.count() == 3
    changed = again.rows.get(number=2)
    assert (changed.revision, changed.is_new) == (2, False)
    assert Revision.objects.get(record_id=changed.record_id, number=2).base == 1


def test_a_correction_by_an_officer_in_between_is_kept():
    actor = make.actor("officer")
    first = run(actor).rows.get(number=2)
    document = importing.documents(actor, first.batch)[2]
    make.amend_case(actor, first.record_id, 1, {**document, "narrative": "seen by two witnesses"},
                    mode="historical", reasons={"*": "old"})  # fmt: skip
    again = run(actor, CSV.replace("12,5", "13,5"))
    held = importing.documents(actor, again)[2]
    assert held["lines"][0]["quantity"] == "13.5"
    assert held["narrative"] == "seen by two witnesses"


def test_a_cell_repaired_in_place_is_stored_alone_and_the_file_stays_as_it_came():
    actor = make.actor("officer")
    batch = run(actor)
    services.repair_cell(actor, batch_id=batch.id, number=4, column=1, value="30/04/2021")
    services.start_run(actor, batch_id=batch.id)
    assert importing.outcomes(running.run_now(batch.id)) == {"stored": 3, "refused": 1, "waiting": 1}
    assert open_sheet(batch.sha256).rows[2][1][1] == "31/04/2021"
    with pytest.raises(Conflict, match=r"import\.row_stored"):
        services.repair_cell(actor, batch_id=batch.id, number=4, column=1, value="29/04/2021")


def test_rows_of_one_key_make_one_case_with_a_line_each():
    actor = make.actor("officer")
    text = "Number;Date;Goods;Quantity;From\nA1;03/04/2021;Cocaine;2;EC\nA1;03/04/2021;Heroin;1;EC\n"
    batch = run(actor, text, MAPPING.replace("key = [", "group = true\nkey = ["))
    assert importing.outcomes(batch) == {"stored": 2}
    (record,) = Record.objects.all()
    document = importing.documents(actor, batch)[3]
    assert [line["id"] for line in document["lines"]] == ["l1", "l1-2"]
    assert len(document["route"]) == 1
    assert record.batch == str(batch.id)


def test_one_bad_row_of_a_group_keeps_the_whole_case_out():
    text = "Number;Date;Goods;Quantity;From\nA1;03/04/2021;Cocaine;2;EC\nA1;03/04/2021;Nonsense;1;EC\n"
    batch = run(make.actor("officer"), text, MAPPING.replace("key = [", "group = true\nkey = ["))
    assert importing.outcomes(batch) == {"refused": 2}
    assert importing.findings(batch, "import.other_row").keys() == {2}


def test_own_labels_as_headers_need_no_mapping():
    actor = make.actor("officer")
    text = (
        "Reference,Found on,Country,Goods,Quantity,Unit,Means of transport\n"
        "X1,2026-06-12,Tunisia,Cocaine,2.5,kg,Vehicle\nX2,2026-06,Tunisia,Cannabis resin,7,kg,Vehicle\n"
    )
    batch = services.upload_file(actor, content=text.encode(), name="plain.csv")
    sheet = open_sheet(batch.sha256)
    mapping, why = propose(actor, sheet, effective_schema("case"))
    assert why == ""
    assert [entry.to for entry in mapping.column] == [
        ["external_references[r1].number"], ["detected_at"], ["country"], ["lines[l1].commodity"],
        ["lines[l1].quantity"], ["lines[l1].unit"], ["conveyances[v1].mode"],
    ]  # fmt: skip
    assert not any(view.opens for view in survey(sheet, mapping, effective_schema("case"), "en"))
    mapping = mapping.model_copy(update={"mode": "historical"})
    assert importing.outcomes(importing.import_file(actor, text.encode(), "p.csv", write_mapping(mapping))) == {
        "stored": 2
    }


def test_a_saved_mapping_is_recognised_by_its_headers():
    actor = make.actor("officer")
    services.save_mapping(actor, text=MAPPING)
    batch = services.upload_file(actor, content=CSV.encode(), name="next.csv")
    mapping, why = propose(actor, open_sheet(batch.sha256), effective_schema("case"))
    assert mapping.name == "register"
    assert why.endswith("|5|5")


@pytest.mark.parametrize("name", sorted(shipped_mappings()))
def test_shipped_mappings_survive_being_written_and_read(name):
    mapping = read_mapping(shipped_mappings()[name])
    assert read_mapping(write_mapping(mapping)) == mapping


def test_a_live_import_refuses_what_lacks_an_answer_of_the_short_form():
    actor = make.actor("officer")
    text = CSV.splitlines()[0] + "\n2021/1;03/04/2021;Cannabis resin;12,5;Morocco\n"
    batch = run(actor, text, MAPPING.replace('"historical"', '"live"'))
    assert importing.outcomes(batch) == {"refused": 1}
    assert reasons_of(batch)[0].code == "field.missing"


def test_a_historical_import_needs_its_reason():
    actor = make.actor("officer")
    batch = services.upload_file(actor, content=CSV.encode(), name="register.csv")
    services.set_mapping(actor, batch_id=batch.id, mapping=MAPPING)
    with pytest.raises(Invalid, match=r"import\.reason_missing"):
        services.start_run(actor, batch_id=batch.id)


def test_a_killed_run_goes_on_where_it_was(monkeypatch):
    actor = make.actor("officer")
    lines = [f"N{n};03/04/2021;Cocaine;{n};EC" for n in range(1, 31)]
    content = "\n".join([CSV.splitlines()[0], *lines]).encode()
    monkeypatch.setattr(running, "CHUNK", 10)
    batch = services.upload_file(actor, content=content, name="register.csv")
    services.set_mapping(actor, batch_id=batch.id, mapping=MAPPING, reason="old")
    services.start_run(actor, batch_id=batch.id)
    take, taken = running._take_chunk, []

    def die_in_the_third(actor, *, batch, units):
        taken.append(len(units))
        if len(taken) == 3:
            raise SystemExit
        take(actor, batch=batch, units=units)

    monkeypatch.setattr(running, "_take_chunk", die_in_the_third)
    with pytest.raises(SystemExit):
        running.run_now(batch.id)
    assert Record.objects.count() == 20
    monkeypatch.setattr(running, "_take_chunk", take)
    ImportBatch.objects.filter(pk=batch.id).update(claimed_at=None)
    assert running.run_imports() == 1
    batch.refresh_from_db()
    assert (batch.state, importing.outcomes(batch)) == ("done", {"stored": 30})
    assert Record.objects.count() == 30


def test_a_paused_import_goes_on_and_a_cancelled_one_does_not():
    actor = make.actor("officer")
    batch = services.upload_file(actor, content=CSV.encode(), name="register.csv")
    services.set_mapping(actor, batch_id=batch.id, mapping=MAPPING, reason="old")
    services.start_run(actor, batch_id=batch.id)
    services.pause_batch(actor, batch_id=batch.id)
    assert running.run_imports() == 0
    services.start_run(actor, batch_id=batch.id)
    assert running.run_imports() == 1
    services.cancel_batch(actor, batch_id=batch.id)
    with pytest.raises(Conflict, match=r"import\.ended"):
        services.start_run(actor, batch_id=batch.id)


def test_two_people_importing_the_same_file_store_it_once():
    first, second = make.actor("officer"), make.actor("validator", "DTN")
    batches = []
    for actor, office in ((first, "RDS"), (second, "RDS")):
        batch = services.upload_file(actor, content=CSV.encode(), name="register.csv", office=office)
        services.set_mapping(actor, batch_id=batch.id, mapping=MAPPING, reason="old")
        services.start_run(actor, batch_id=batch.id)
        batches.append(batch)
    assert [running.run_imports(), running.run_imports(), running.run_imports()] == [1, 1, 0]
    assert [totals_of(batch).stored for batch in batches] == [2, 0]
    assert totals_of(batches[1]).unchanged == 2
    assert Record.objects.count() == 2


def test_an_import_exists_for_its_owner_and_the_office_above_and_for_nobody_else():
    officer, stranger, auditor = make.actor("officer"), make.actor("officer", "SFA"), make.actor("auditor", "HQ")
    batch = run(officer)
    assert batch_of(make.actor("validator", "DTN"), batch.id).id == batch.id
    with pytest.raises(NotFound):
        batch_of(stranger, batch.id)
    with pytest.raises(NotFound):
        batch_of(officer, uuid4())
    assert list_batches(stranger) == []
    with pytest.raises(Exception, match=r"permission\.missing"):
        list_batches(auditor)
    with pytest.raises(Invalid, match=r"office\.not_yours"):
        services.upload_file(stranger, content=CSV.encode(), name="a.csv", office="RDS")
    assert actor_of(User.objects.get(pk=batch.created_by)).id == officer.id
