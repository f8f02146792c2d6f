"""Where the header stands, by evidence: words over numbers and dates, names that tell columns apart."""

from __future__ import annotations

import pytest

from opencen.formats.headers import find_header
from opencen.formats.tables import Table

DATA = [
    ["PV 12", "03/04/2021", "Cocaïne", 12.5, "Équateur", "Tunisie"],
    ["PV 13", "05/04/2021", "Héroïne", 1.0, "Turquie", "Tunisie"],
    ["PV 14", "09/04/2021", "Cigarettes", 400.0, "Algérie", "Tunisie"],
]
HEADS = [
    pytest.param(
        [["N°", "Date", "Nature", "Quantité", "Provenance", "Destination"],
         ["du PV", "de saisie", "des produits", "saisie", "pays", "pays"]],
        ("N° du PV", "Date de saisie", "Nature des produits", "Quantité saisie", "Provenance pays", "Destination pays"),
        id="every name goes on below",
    ),
    pytest.param(
        [["N°", "Date", "Nature", "Quantité", "Provenance", "Destination"], ["", "(jj/mm/aaaa)", "", "(kg)", "", ""]],
        ("N°", "Date (jj/mm/aaaa)", "Nature", "Quantité (kg)", "Provenance", "Destination"),
        id="a line of shapes and units",
    ),
    pytest.param(
        [["N°", "Date", "Nature", "Quantité", "Pays de", ""], ["", "", "", "kg", "provenance", "destination"]],
        ("N°", "Date", "Nature", "Quantité kg", "Pays de provenance", "destination"),
        id="the second fills a gap",
    ),
    pytest.param(
        [["Affaire", "", "Saisie", "", "Trajet", ""], ["N°", "Date", "Nature", "Quantité", "Pays", "Pays"]],
        ("Affaire N°", "Date", "Saisie Nature", "Quantité", "Trajet Pays", "Trajet Pays (2)"),
        id="groups without merged cells tell two columns apart",
    ),
    pytest.param(
        [["Registre des saisies", "", "", "", "", ""], ["N°", "Date", "Nature", "Quantité", "De", "Vers"]],
        ("N°", "Date", "Nature", "Quantité", "De", "Vers"),
        id="a title is no header",
    ),
    pytest.param(
        [["N°", "Date", "Nature", "Quantité", "De", "Vers"]],
        ("N°", "Date", "Nature", "Quantité", "De", "Vers"),
        id="one row",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("head", "names"), HEADS)
def test_a_header_of_one_or_two_rows_is_found_by_what_stands_below_it(head, names):
    found = find_header(Table("t", [*head, *DATA]))
    assert found.names == names
    assert found.first_data == len(head)


@pytest.mark.parametrize(
    "first",
    [
        ["inconnu", "inconnue", "Cocaïne", "non pesée", "Équateur", "Tunisie"],
        ["PV 11", "inconnue", "Cocaïne", "non pesée", "Équateur", "Tunisie"],
        ["Bureau de Sfax", "", "", "", "", ""],
        ["", "", "Khat", "", "Yémen", "Tunisie"],
    ],
)
def test_a_first_row_of_data_is_no_header_though_it_holds_words_alone(first):
    head = ["N°", "Date", "Nature", "Quantité", "De", "Vers"]
    assert find_header(Table("t", [head, first, *DATA])).rows == (0,)
