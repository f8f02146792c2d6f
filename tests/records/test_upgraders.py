"""A document of an older schema version, stored or handed in, reaches the present one by its upgraders."""

from __future__ import annotations

import io
from dataclasses import replace

import orjson
import pytest

from opencen.formats.exporting import export_records
from opencen.log.stamps import drop_caches
from opencen.records.documents import documents_of
from opencen.records.intake import submit
from opencen.records.models import Revision
from opencen.records.queries import read_record
from opencen.records.review import validate_record
from opencen.records.types import domain, register_domain
from tests import make

pytestmark = pytest.mark.django_db

TEAM = "Mobile team 2"


def unit_to_operations(document):
    """Lift version 1: what was the unit is an operation."""
    raised = {name: value for name, value in document.items() if name != "unit"}
    return {**raised, "operations": [document["unit"]]} if "unit" in document else raised


def operations_in_capitals(document):
    """Lift version 2: operations are written in capitals."""
    return {**document, "operations": [name.upper() for name in document.get("operations", ())]}


@pytest.fixture
def raise_version():
    """Give a function that makes the case's schema two versions younger than what is stored."""
    before = domain("case")

    def raise_it():
        upgraders = {1: unit_to_operations, 2: operations_in_capitals}
        register_domain(replace(before, document=replace(before.document, version=3, upgraders=upgraders)))
        drop_caches()

    yield raise_it
    register_domain(before)
    drop_caches()


def stored_at(record_id, number):
    """Return what a revision's row holds, and its version."""
    row = Revision.objects.get(record_id=record_id, number=number)
    return orjson.loads(row.public), row.schema_version


def test_a_stored_document_of_version_1_is_read_as_the_present_one(raise_version):
    officer, analyst = make.actor("officer"), make.actor("analyst")
    case = make.submit_case(officer, unit=TEAM).record_id
    raise_version()
    found = documents_of("case", [(case, 1)])[case]
    assert "unit" not in found
    assert found["operations"] == [TEAM.upper()]
    assert read_record(officer, "case", case)["document"]["operations"] == [TEAM.upper()]
    stream = io.BytesIO()
    export_records(analyst, kind="case", record_ids=[case], format="jsonl", stream=stream)
    line = orjson.loads(stream.getvalue())
    assert (line["schema_version"], line["document"]["operations"]) == (3, [TEAM.upper()])
    public, version = stored_at(case, 1)
    assert (public["unit"], version) == (TEAM, 1)


def test_an_amendment_of_it_is_stored_at_the_present_version(raise_version):
    officer = make.actor("officer")
    case = make.submit_case(officer, unit=TEAM).record_id
    raise_version()
    document = {**documents_of("case", [(case, 1)])[case], "direction": "transit"}
    receipt = make.amend_case(officer, case, 1, document, reasons={"direction.contradiction": "as seen"})
    assert receipt.revision == 2
    public, version = stored_at(case, 2)
    assert (public["operations"], public["direction"], version) == ([TEAM.upper()], "transit", 3)
    validate_record(make.actor("validator"), record_id=case, revision=2)


@pytest.mark.parametrize(
    ("version", "stated", "kept"),
    [
        (1, {"unit": TEAM}, [TEAM.upper()]),
        (2, {"operations": ["Sea wall"]}, ["SEA WALL"]),
        (3, {"operations": ["Sea wall"]}, ["Sea wall"]),
        (None, {"operations": ["Sea wall"]}, ["Sea wall"]),
    ],
)
def test_a_document_handed_in_at_an_older_version_is_lifted(version, stated, kept, raise_version):
    raise_version()
    given = make.submission(make.case_document(**stated), schema_version=version)
    receipt = make.taken(submit(make.actor("officer"), given))
    public, stored_version = stored_at(receipt.record_id, 1)
    assert (public["operations"], stored_version) == (kept, 3)
    assert "unit" not in public


@pytest.mark.parametrize("version", [0, -1, 4, 99])
def test_a_version_that_nobody_knows_is_refused(version, raise_version):
    raise_version()
    receipt = submit(make.actor("officer"), make.submission(schema_version=version))
    assert not receipt.is_accepted
    assert {found.code for found in receipt.findings} == {"schema.newer"}


def test_every_version_of_every_document_has_its_upgrader():
    for name in ("case", "control"):
        document = domain(name).document
        assert set(document.upgraders) == set(range(1, document.version))
