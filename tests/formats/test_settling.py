"""An old register under the default kind is told what would make it acceptable; proposals are accepted by one click."""

from __future__ import annotations

import html
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opencen.accounts.models import User
from opencen.formats import constants, services
from opencen.formats.mapping import ColumnMap, read_mapping
from opencen.formats.models import ImportBatch
from opencen.formats.offering import offers_for
from opencen.formats.queries import totals_of
from opencen.formats.running import run_imports, run_now
from opencen.kernel.errors import Invalid
from tests import make
from tests.formats import importing
from tests.formats.test_import_pages import signed_in
from tests.formats.test_imports import MAPPING

pytestmark = pytest.mark.django_db

REGISTER = (
    "No;Date;Goods;Quantity;Unit\nA1;2019-03-04;Cocaine;2;kg\nA2;2019-03-05;comprimés ecstasy;50;cajetilla de 20\n"
    "A3;2019-03-06;comprimés ecstasy;40;tablet\n"
)


@pytest.fixture
def client():
    return signed_in("officer")


def looked_at(client, text=REGISTER):
    """Upload a register, take what is proposed, and look at it by a dry run."""
    client.post("/import/upload", {"file": SimpleUploadedFile("register.csv", text.encode()), "type": "case"})
    batch = ImportBatch.objects.order_by("-number").first()
    page = client.get(f"/import/{batch.id}/columns").content.decode()
    fields = dict(re.findall(r'name="(to-\d+)" list="fields" value="([^"]*)"', page))
    client.post(f"/import/{batch.id}/columns", {**fields, "mode": "live", "act": "dry"})
    run_imports()
    return batch


def shown(client, batch, query=""):
    found = client.get(f"/import/{batch.id}/result{query}").content.decode()
    return html.unescape(found).replace("\u2068", "").replace("\u2069", "")


def test_the_result_says_what_would_make_the_rows_acceptable_and_one_click_takes_them_as_historical(client):
    batch = looked_at(client)
    assert totals_of(batch).refused == 3
    page = shown(client, batch)
    assert "What would make these rows acceptable" in page
    assert "1 row lacks an answer" in page
    assert "Taken over from “register.csv”" in page
    response = client.post(f"/import/{batch.id}/act/settle", {"reason": "Old register", "as": "historical"})
    assert response["Location"] == f"/import/{batch.id}/progress"
    run_imports()
    batch.refresh_from_db()
    assert (batch.mode, batch.state, totals_of(batch).stored) == ("historical", "dry_run", 1)
    assert "What would make these rows acceptable" not in shown(client, batch)


def test_one_value_for_the_whole_file_answers_what_no_column_says(client):
    batch = looked_at(client)
    page = shown(client, batch)
    asked = set(re.findall(r'name="constant-([^"]+)"', page))
    assert {"country", "location_type", "direction", "detection_method", "conveyances[v1].mode"} <= asked
    values = {
        "country": "Tunisia", "location_type": "Seaport", "direction": "import", "e_commerce": "no",
        "detection_method": "Risk profiling", "conveyances[v1].mode": "Vehicle", "route[departure].country": "Morocco",
        "lines[l1].concealment.place": "In luggage",
    }  # fmt: skip
    assert asked <= set(values)
    client.post(
        f"/import/{batch.id}/act/settle", {"as": "", **{f"constant-{path}": text for path, text in values.items()}}
    )
    run_imports()
    batch.refresh_from_db()
    assert (batch.mode, totals_of(batch).stored) == ("live", 1)
    columns = client.get(f"/import/{batch.id}/columns").content.decode()
    assert re.search(r'name="constant-country"[^>]*value="Tunisia"', columns)


def test_a_value_that_no_list_knows_is_refused_for_the_whole_file():
    actor = make.actor("officer")
    batch = services.upload_file(actor, content=REGISTER.encode(), name="a.csv")
    services.set_mapping(actor, batch_id=batch.id, mapping=MAPPING.replace('"Number"', '"No"').replace('"From"', '"x"'))
    with pytest.raises(Invalid, match=r"code\.unknown"):
        services.settle_batch(actor, batch_id=batch.id, reason="old", constants={"direction": "sideways"})
    with pytest.raises(Invalid, match=r"mapping\.path_unknown"):
        services.settle_batch(actor, batch_id=batch.id, reason="old", constants={"nowhere": "x"})


def test_a_proposal_is_accepted_wherever_the_cells_say_the_same_learnt_and_taken_back(client):
    batch = looked_at(client)
    page = shown(client, batch, "?outcome=refused&code=code.unknown")
    assert "“MDMA (ecstasy)” wherever it says the same" in page
    client.post(f"/import/{batch.id}/rows/3", {"column": "2", "value": "MDMA (ecstasy)", "alike": "1"})
    repaired = {row.number: row.repairs for row in batch.rows.exclude(repairs="{}")}
    assert repaired == {3: '{"2":"MDMA (ecstasy)"}', 4: '{"2":"MDMA (ecstasy)"}'}
    batch.refresh_from_db()
    assert read_mapping(batch.mapping).column_of("Goods").values == {"comprimés ecstasy": "drugs.psychotropics.mdma"}
    client.post(f"/import/{batch.id}/rows/4", {"column": "2", "undo": "1"})
    assert batch.rows.get(number=4).repairs == "{}"
    client.post(f"/import/{batch.id}/rows/4", {"column": "2", "value": "MDMA (ecstasy)", "alike": "1"})
    page = shown(client, batch, "?outcome=refused")
    assert page.count('data-undo="alike"') == 2
    assert all(f'data-key="{key}"' in page for key in "jkaeu")
    client.post(f"/import/{batch.id}/rows/3", {"column": "2", "undo": "alike"})
    assert {row.repairs for row in batch.rows.all()} == {"{}"}
    batch.refresh_from_db()
    assert read_mapping(batch.mapping).column_of("Goods").values == {}
    assert client.post(f"/import/{batch.id}/rows/3", {"column": "2", "undo": "alike"}).status_code == 422


@pytest.mark.parametrize(
    ("code", "data", "entry", "offered"),
    [
        ("number.ambiguous", {"would_be": ["1234", "1.234"]}, None, ["1234", "1.2340"]),
        ("number.not_a_number", {"would_be": ["12.5"]}, ColumnMap(header="q", decimal="comma"), ["12,5000"]),
        ("date.order_undecided", {"would_be": ["2021-06-07", "2021-07-06"]}, None, ["2021-06-07", "2021-07-06"]),
        ("date.impossible", {}, None, []),
        ("number.not_a_number", {"value": "350 comp.", "would_be": ["350"]}, None, ["350 Tablet"]),
        ("number.approximate", {"value": "cerca de 3 kg", "would_be": ["3 kg"]}, None, ["3 kg"]),
        ("code.unknown", {"value": "Cocane", "list": "commodity"}, None, ["Cocaine hydrochloride"]),
        ("code.unknown", {"value": "divers", "list": "commodity"}, None, []),
    ],
)
def test_what_would_be_right_is_offered_as_the_column_reads_it(code, data, entry, offered):
    found = {"code": code, "level": "error", "path": "", "column": 3, "data": data}
    assert [value for value, _ in offers_for(found, entry, "en")] == offered


@pytest.mark.parametrize("decimal", ["", 'decimal = "comma"\n'])
@pytest.mark.parametrize("place", [0, 1])
def test_an_offered_number_is_read_as_it_was_offered(decimal, place):
    actor = make.actor("officer")
    text = f"Number;Date;Goods;Quantity;From\nN{place};03/04/2021;Cocaine;1.234;EC\n"
    batch = importing.import_file(actor, text.encode(), "a.csv", MAPPING.replace('decimal = "comma"\n', ""))
    (found,) = importing.findings(batch, "number.ambiguous").values()
    offered = offers_for(found, ColumnMap(header="q", decimal="comma" if decimal else ""), "en")
    value, shown_as = offered[place]
    mapping = MAPPING.replace('decimal = "comma"\n', decimal)
    services.repair_alike(actor, batch_id=batch.id, number=2, column=3, value=value)
    services.set_mapping(actor, batch_id=batch.id, mapping=mapping, reason="Register of 2021")
    services.start_run(actor, batch_id=batch.id)
    (document,) = importing.documents(actor, run_now(batch.id)).values()
    assert Decimal(document["lines"][0]["quantity"]) == Decimal(shown_as)


def test_what_is_missing_is_counted_in_all_rows_and_written_as_the_language_writes_numbers(client, monkeypatch):
    many = "No;Date;Goods\n" + "".join(f"A{n};2019-03-04;Cocaine\n" for n in range(1200))
    batch = looked_at(client, many)
    page = shown(client, batch)
    assert "1,200 rows lack answers" in page
    assert "missing in 1,200 rows" in page
    assert "is counted in the first" not in page
    monkeypatch.setattr(constants, "LOOKED_AT", 1100)
    page = shown(client, batch)
    assert "1,200 rows lack answers" in page
    assert "is counted in the first 1,100 of them" in page
    assert "missing in 1,100 rows" in page
    User.objects.update(language="fr")
    assert "1\u202f200" in shown(client, batch)
