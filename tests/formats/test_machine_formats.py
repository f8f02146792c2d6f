"""Whole records for programs: Parquet and GeoJSON lose nothing that was stated."""

from __future__ import annotations

import io
import json

import pyarrow.parquet as pq
import pytest

from opencen.formats.exporting import export_records
from opencen.kernel.actor import Actor
from opencen.records.queries import read_record
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact() -> Actor:
    """Somebody who may export."""
    return make.actor("national_contact_point", "HQ")


def write(actor: Actor, name: str, kind: str, ids: list) -> io.BytesIO:
    """Write whole records."""
    stream = io.BytesIO()
    assert export_records(actor, kind=kind, record_ids=ids, format=name, stream=stream) == len(ids)
    stream.seek(0)
    return stream


def test_parquet_has_a_column_for_each_single_field(contact: Actor) -> None:
    case = make.submit_case(make.actor("officer", "RDS"))
    row = pq.read_table(write(contact, "parquet", "case", [case.record_id])).to_pylist()[0]
    document = read_record(contact, "case", case.record_id)["document"]
    assert row["id"] == str(case.record_id)
    assert json.loads(row["lines"]) == document["lines"]
    single = {name: value for name, value in document.items() if not isinstance(value, list | dict)}
    assert {name: row[name] for name in single} == single


def test_geojson_places_a_record_where_it_was_stated(contact: Actor) -> None:
    officer = make.actor("officer", "RDS")
    placed = make.submit_case(officer, place={"latitude": "36.8", "longitude": "10.3"})
    nowhere = make.submit_case(officer, place=None, detected_at="2026-05-01", lines=[make.line(quantity="3")])
    found = json.load(write(contact, "geojson", "case", [placed.record_id, nowhere.record_id]))["features"]
    assert [feature["geometry"] for feature in found] == [{"type": "Point", "coordinates": [10.3, 36.8]}, None]
    assert found[0]["properties"]["document"] == read_record(contact, "case", placed.record_id)["document"]


@pytest.mark.parametrize("name", ["parquet", "geojson"])
def test_checks_and_empty_lists_are_written_too(contact: Actor, name: str) -> None:
    control = make.submit_control(make.actor("officer", "RDS"))
    assert write(contact, name, "control", [control.record_id]).getbuffer().nbytes > 0
    assert write(contact, name, "case", []).getbuffer().nbytes > 0
