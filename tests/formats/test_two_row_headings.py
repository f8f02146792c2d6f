"""Headings of two rows: what stands above says what the column is, where it stands over that column alone."""

from __future__ import annotations

import pytest

from opencen.formats import services
from opencen.formats.mapping import Mapping
from opencen.formats.proposing import from_labels
from opencen.formats.reading import open_sheet
from opencen.records.effective import effective_schema
from tests import make

pytestmark = pytest.mark.django_db


def proposed(heading, below, row):
    """Propose for a register whose heading takes two rows; return where each column goes."""
    content = "\n".join(";".join(cells) for cells in (heading, below, row)).encode()
    batch = services.upload_file(make.actor("officer"), content=content, name="register.csv")
    sheet = open_sheet(batch.sha256, Mapping(name="new", type="case", header_rows=[1, 2]))
    return {entry.header: entry.to for entry in from_labels(sheet, effective_schema("case")).column}


def test_the_upper_heading_of_a_single_column_says_what_it_is():
    found = proposed(
        ["Nature", "Quantité", "Provenance", "Dest."],
        ["des produits", "saisie", "pays", "pays"],
        ["Cocaïne", "12,5 kg", "Equateur", "Tunisie"],
    )
    assert found["Quantité saisie"] == ["lines[l1].quantity"]
    assert found["Provenance pays"] == ["route[departure].country"]
    assert found["Dest. pays"] == ["route[destination].country"]


def test_an_upper_heading_over_two_columns_leaves_the_word_to_the_row_below():
    found = proposed(["Goods", "Goods", "x"], ["Brand", "Quantity", "y"], ["Nike", "12 pairs", "z"])
    assert found["Goods Brand"] == ["lines[l1].attributes.brand"]
    assert found["Goods Quantity"] == ["lines[l1].quantity"]


def test_a_weekday_is_no_date_and_small_words_over_countries_are_the_way():
    heading = ["N°", "Jour", "Date", "Trajet", "Trajet"]
    rows = [["", "", "", "De", "Vers"], ["S-1", "lundi", "02/01/2012", "Nigeria", "Vietnam"]]
    rows += [[f"S-{n}", day, f"0{n}/01/2012", "Kenya", "Thailand"] for n, day in ((3, "mardi"), (4, "mercredi"))]
    rows.append(["N°", "Jour", "Date", "De", "Vers"])
    content = "\n".join(";".join(cells) for cells in (heading, *rows)).encode()
    batch = services.upload_file(make.actor("officer"), content=content, name="register.csv")
    sheet = open_sheet(batch.sha256, Mapping(name="new", type="case", header_rows=[1, 2]))
    assert (sheet.repeated, len(sheet.rows)) == (1, 3)
    found = {entry.header: entry for entry in from_labels(sheet, effective_schema("case")).column}
    assert {head: entry.to for head, entry in found.items()} == {
        "N°": ["external_references[r1].number"],
        "Jour": [],
        "Date": ["detected_at"],
        "Trajet De": ["route[departure].country"],
        "Trajet Vers": ["route[destination].country"],
    }
    assert found["Date"].weekday == "Jour"
