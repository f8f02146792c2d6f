"""Exports: what leaves as a file can be read by people and machines, and no cell of it wakes up."""

from __future__ import annotations

import csv
import io

import pytest

from opencen.formats.exporting import export_records
from opencen.formats.guarding import guard
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("-12.5", "-12.5"),
        ("12", "12"),
        ("plain = text", "plain = text"),
        ("", ""),
    ],
)
def test_a_value_that_begins_like_a_formula_stays_text(value, written):
    assert guard(value) == written


def test_separated_text_has_a_row_for_each_line_in_the_readers_words():
    validator = make.actor("validator", "DTN", language="fr")
    line = make.line(id="l2", commodity="drugs.cannabis.resin", quantity="3", attributes=None)
    case = make.submit_case(validator, lines=[make.line(), line])
    stream = io.BytesIO()
    assert export_records(validator, kind="case", record_ids=[case.record_id], format="csv", stream=stream) == 1
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 3
    assert "Résine de cannabis" in rows[2]
    assert "Sahel" not in stream.getvalue().decode()
