"""The real file: every incident goes in, none is lost or invented; an oracle of a few lines reads the sheet itself."""

from __future__ import annotations

import io
from collections import Counter
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from opencen.codelists.catalogue import resolve
from opencen.formats.handing_back import make_workbook
from opencen.seizures.quantities import normalised_line
from tests import make
from tests.formats import importing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FILE = "seizures/eia_pangolin_incidents_2000_2019_deidentified.xlsx"
DATE, YEAR, NAME, COUNTRY, LATITUDE, TRANSIT = 11, 10, 7, 6, 4, 12
CARCASS, LIVE, WHOLE, WEIGHT, SCALES = 23, 24, 25, 26, 28
REASON = "Taken over from a register of incidents, 2000 to 2019"


@pytest.fixture
def rows(shared_data):
    book = CalamineWorkbook.from_path(str(shared_data / FILE))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]


@pytest.fixture
def taken(shared_data):
    actor = make.actor("national_contact_point", "HQ")
    content = (shared_data / FILE).read_bytes()
    mapping = importing.named(actor, "pangolin_incidents")
    batch = importing.import_file(actor, content, "incidents.xlsx", mapping, reason=REASON)
    return actor, content, mapping, batch


def number(cell):
    if isinstance(cell, str):
        cell = cell.strip().removesuffix("kg")
    return Decimal(str(cell)) if isinstance(cell, float) or cell.isdigit() else None


def stated(rows, column):
    return sum(number(row[column]) for row in rows if number(row[column]))


def lines(documents, wanted):
    return [line for document in documents.values() for line in document["lines"] if line["id"] == wanted]


def measured(documents, wanted):
    measures = [m for line in lines(documents, "animals") for m in line.get("measures", ())]
    return sum(Decimal(m["quantity"]) for m in measures if m["id"] == wanted)


def test_every_incident_is_stored_once_and_the_same_file_again_changes_nothing(taken, rows):
    actor, content, mapping, batch = taken
    assert importing.outcomes(batch) == {"stored": 1104} == {"stored": len(rows)}
    documents = importing.documents(actor, batch)
    assert len({row.record_id for row in batch.rows.all()}) == len(documents) == 1104
    again = importing.import_file(actor, content, "incidents.xlsx", mapping, reason=REASON)
    assert importing.outcomes(again) == {"unchanged": 1104}

    precision = Counter(len(document["detected_at"]) for document in documents.values())
    years = Counter(document["detected_at"][:4] for document in documents.values())
    assert sum(precision.values()) == 1104
    first_of_month = sum(1 for row in rows if not isinstance(row[DATE], str) and row[DATE].day == 1)
    assert 60 < precision[4] + precision[7] <= first_of_month + 1
    for place, row in enumerate(rows, 2):
        held = documents[place]["detected_at"]
        if not isinstance(row[DATE], str):
            assert row[DATE].isoformat().startswith(held)
    assert years["2016"] == sum(1 for row in rows if str(row[DATE])[:4] == "2016")
    assert documents[4]["detected_at"] == "2001"
    flagged = importing.findings(batch, "import.date_precision")
    assert len(flagged) + len(importing.findings(batch, "import.other_column")) == precision[4] + precision[7]

    countries = Counter(document.get("country") for document in documents.values())
    oracle = Counter(found.code if (found := resolve("country", row[COUNTRY].strip())) else None for row in rows)
    assert countries == oracle
    assert countries["HK"] == 32
    assert countries[None] == 5

    assert sum("latitude" in d["place"] and "longitude" in d["place"] for d in documents.values()) == 1102
    near = documents[2]["place"]
    assert near["precision"] == "locality"
    assert abs(float(near["latitude"]) - rows[0][LATITUDE]) < 1e-6

    modes = Counter(c["mode"] for d in documents.values() for c in d.get("conveyances", ()))
    roads = sum(row[TRANSIT].strip().lower() == "by road" for row in rows)
    assert modes["vehicle"] == roads
    assert len({row[TRANSIT] for row in rows if row[TRANSIT].strip().lower() == "by road"}) == 3

    assert measured(documents, "dead") == stated(rows, CARCASS)
    assert measured(documents, "live") == stated(rows, LIVE)
    animals = lines(documents, "animals")
    whole = sum(Decimal(line["quantity"]) for line in animals if line.get("unit") == "piece")
    assert whole == stated(rows, WHOLE)
    weighed = sum(Decimal(line["quantity"]) for line in animals if line.get("unit") == "kg")
    assert weighed + measured(documents, "weight") == stated(rows, WEIGHT)
    scales = lines(documents, "scales")
    assert sum(Decimal(line["quantity"]) for line in scales if "quantity" in line) == stated(rows, SCALES)
    unweighed = [line for line in scales if "quantity" not in line]
    assert len(unweighed) == sum(str(row[SCALES]).strip() == "Y" for row in rows)
    assert len(importing.findings(batch, "quantity.seized_not_weighed")) >= len(unweighed)

    for line in animals:
        found = normalised_line(line)
        if line.get("unit") == "piece":
            assert found.value == Decimal(line["quantity"])
            assert all(other.family == "mass" for other in found.alternatives)


def test_the_real_workbook_comes_back_as_it_was_with_one_more_column_for_the_record(taken, rows):
    actor, _, mapping, batch = taken
    content = make_workbook(actor, batch_id=batch.id)
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.max_column == len(rows[0]) + 2
    assert sheet["H2"].value == rows[0][NAME]
    assert sheet["M2"].value == rows[0][TRANSIT]
    again = importing.import_file(actor, content, "incidents.xlsx", mapping, reason=REASON)
    assert importing.outcomes(again) == {"unchanged": 1104}
