"""Sums of money in the cells of registers: money that was found, and what goods are worth."""

import pytest

from tests import make
from tests.formats import importing
from tests.formats.test_imports import MAPPING
from tests.formats.test_reading import read

pytestmark = pytest.mark.django_db

FOUND = {"unit": "currency", "attributes.currency": "EUR"}


@pytest.mark.parametrize(
    ("cell", "path", "rules", "value", "beside", "code"),
    [
        ("45 000 EUR", "lines[l1].quantity", {}, "45000", FOUND, ""),
        ("€45000", "lines[l1].quantity", {}, "45000", FOUND, ""),
        ("45.000,50 euros", "lines[l1].quantity", {}, "45000.50", FOUND, ""),
        ("٤٥٠٠٠ يورو", "lines[l1].quantity", {}, "45000", FOUND, ""),
        ("1,250 EUR", "lines[l1].quantity", {}, None, {}, "number.ambiguous"),
        ("1,250 EUR", "lines[l1].quantity", {"decimal": "point"}, "1250", FOUND, ""),
        ("45 000 EUR", "lines[l1].quantity", {"beside": {"unit": "kg"}}, None, {}, "import.unit_differs"),
        ("45 000 EUR", "lines[l1].value.amount", {}, "45000", {"currency": "EUR"}, ""),
        ("45 000 EUR", "lines[l1].value.amount", {"beside": {"currency": "USD"}}, None, {}, "import.unit_differs"),
        ("USD 900", "consignments[s1].declared_value", {}, "900", {"declared_currency": "USD"}, ""),
        ("45 000 XQX", "lines[l1].quantity", {}, None, {}, "number.not_a_number"),
        ("3 EUR 5", "lines[l1].quantity", {}, None, {}, "number.not_a_number"),
        ("12 kg", "lines[l1].quantity", {}, "12", {"unit": "kg"}, ""),
    ],
)
def test_a_sum_states_its_currency_where_its_field_takes_one(cell, path, rules, value, beside, code):
    found = read(cell, path, **rules)
    assert (found.value, found.beside, found.code) == (value, beside, code)


def test_money_in_a_register_is_counted_in_its_currency():
    actor = make.actor("officer")
    rule = MAPPING.replace('\nbeside = { unit = "kg" }', "")
    text = (
        "Number;Date;Goods;Quantity;From\nA1;03/04/2021;Banknotes;45 000 EUR;Italy\nA2;03/04/2021;Cocaine;2 kg;Italy\n"
    )
    batch = importing.import_file(actor, text.encode(), "money.csv", rule)
    lines = [document["lines"][0] for document in importing.documents(actor, batch).values()]
    assert [(line["quantity"], line["unit"], line.get("attributes")) for line in lines] == [
        ("45000", "currency", {"currency": "EUR"}),
        ("2", "kg", None),
    ]
