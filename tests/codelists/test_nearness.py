"""Of places that fit equally well, those near the installation and those its cases often name come first."""

from __future__ import annotations

from itertools import pairwise

import pytest

from opencen.codelists import catalogue
from opencen.codelists.known import read_rows
from opencen.codelists.nearness import NEIGHBOURS, favour_near, neighbours
from opencen.kernel.languages import LANGUAGES, preferred


def first_of(query: str, language: str, home: str, uses: dict[str, int] | None = None, name: str = "place") -> str:
    codes = catalogue.get_list(name)
    return catalogue.find(name, query, preferred(language), limit=5, favour=favour_near(codes, home, uses or {}))[
        0
    ].code


@pytest.mark.parametrize(
    ("language", "query"),
    [("ar", "طرابلس"), ("en", "Tripoli"), ("fr", "Tripoli"), ("es", "Trípoli"), ("pt", "Trípoli"), ("fr", "tripo")],
)
@pytest.mark.parametrize(("home", "code"), [("TN", "LYTIP"), ("DZ", "LYTIP"), ("SY", "LBKYE"), ("LB", "LBKYE")])
def test_tripoli_is_the_one_next_door(language: str, query: str, home: str, code: str) -> None:
    assert first_of(query, language, home) == code


@pytest.mark.parametrize(
    ("query", "home", "code"),
    [
        ("Valencia", "ES", "ESVLC"),
        ("Valencia", "VE", "VEVLN"),
        ("Cartagena", "CO", "COCTG"),
        ("Cartagena", "MA", "ESCAR"),
        ("Barcelona", "TN", "ESBCN"),
        ("Rotterdam", "TN", "NLRTM"),
        ("Carthage", "TN", "TNCAR"),
        ("Manzanillo", "PA", "PAMIT"),
        ("Manzanillo", "MX", "MXZLO"),
    ],
)
def test_the_own_country_and_its_neighbours_come_before_the_rest(query: str, home: str, code: str) -> None:
    assert first_of(query, "es", home) == code


def test_what_fits_better_stays_before_what_lies_nearer() -> None:
    assert first_of("Marseille", "fr", "TN") == "FRMRS"
    assert first_of("Le Havre", "fr", "TN") == "FRLEH"


def test_what_the_cases_often_name_comes_before_what_they_never_do() -> None:
    assert first_of("Valencia", "es", "XX", {"VEVLN": 40}) == "VEVLN"
    assert first_of("Valencia", "es", "XX", {"VEVLN": 40, "ESVLC": 90}) == "ESVLC"
    assert first_of("Valencia", "es", "MA", {"VEVLN": 40}) == "ESVLC"


def test_an_airport_of_the_own_country_comes_first() -> None:
    assert first_of("aeropuerto simon bolivar", "es", "CO", name="airport") == "SMR"
    assert first_of("aeropuerto simon", "es", "VE", name="airport") == "CCS"


def test_a_list_that_is_no_place_is_not_reordered() -> None:
    codes = catalogue.get_list("commodity")
    plain = [match.code for match in catalogue.find("commodity", "ca")]
    assert [match.code for match in catalogue.find("commodity", "ca", favour=favour_near(codes, "TN"))] == plain


def test_neighbourhood_is_mutual_and_names_countries() -> None:
    countries = catalogue.get_list("country")
    rows = [row["country"] for row in read_rows(NEIGHBOURS)]
    assert all(before < after for before, after in pairwise(rows))
    for country in rows:
        for other in neighbours(country):
            assert other in countries, (country, other)
            assert country in neighbours(other), (country, other)
    assert neighbours("TN") == {"DZ", "LY", "IT", "MT"}
    assert neighbours("XX") == frozenset()


def test_every_language_offers_the_same_first_place() -> None:
    assert {first_of("Tunis", language, "TN") for language in LANGUAGES} == {"TNTUN"}
