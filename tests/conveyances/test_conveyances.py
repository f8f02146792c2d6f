"""A means of transport through the one door: named by what one finds it by, its numbers proven, its sightings dated."""

from __future__ import annotations

import pytest

from opencen.records.intake import submit
from opencen.records.models import Record
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.titles import record_title
from tests import make

pytestmark = pytest.mark.django_db
BARE = {"names": None, "imo": None, "flag": None, "type": None}


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "CASTOR LINE"),
        ({"names": None}, "Container ship 9365049"),
        ({**BARE, "kind": "vehicle", "type": "van", "plate": "123 TU 4567"}, "Van 123 TU 4567"),
        ({**BARE, "kind": "container", "container": "OCLU3026189"}, "Container OCLU3026189"),
        ({**BARE, "kind": "vehicle", "description": "White, no plates"}, "Road vehicle"),
    ],
)
def test_it_is_called_by_its_name_or_its_number(changes, title):
    receipt = make.submit_subject(make.actor(), "conveyance", **changes)
    record = Record.objects.get(pk=receipt.record_id)
    assert record_title(record, "en") == title
    assert "CASTOR" not in record.summary


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"imo": "9365048"}, "identifier.check_digit"),
        ({"mmsi": "12"}, "identifier.length"),
        ({"container": "OCLU3026188"}, "identifier.check_digit"),
        ({**BARE, "kind": "vehicle"}, "conveyance.unidentified"),
        ({"sightings": [{"id": "s", "on": "2999-01-01"}]}, "sighting.future"),
        ({"kind": None}, "field.missing"),
    ],
)
def test_bad_statements_of_a_conveyance_are_named(changes, code):
    receipt = submit(make.actor(), make.submission(make.conveyance_document(**changes), "conveyance"))
    assert code in {found.code for found in receipt.findings}


@pytest.mark.parametrize("text", ["castor", "imo:9365049", "flag:PA", "9365 049"])
def test_it_is_found_by_its_name_and_number(text):
    officer = make.actor()
    receipt = make.submit_subject(officer, "conveyance")
    assert search(officer, SearchRequest(type="conveyance", text=text)).ids == [receipt.record_id]
