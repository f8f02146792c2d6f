"""Airports, ports and places are called and found in each of the five languages."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import airportsdata
import pytest

from opencen.codelists import catalogue
from opencen.codelists.known import AIRPORTS, EXONYMS, read_airport_names, read_exonyms
from opencen.codelists.naming import ComposedLabels, of_city, proper_part, read_airport_name
from opencen.kernel.languages import LANGUAGES, preferred

ARAB = frozenset(
    [
        "DZ",
        "BH",
        "DJ",
        "EG",
        "IQ",
        "JO",
        "KW",
        "LB",
        "LY",
        "MR",
        "MA",
        "OM",
        "PS",
        "QA",
        "SA",
        "SO",
        "SD",
        "SY",
        "TN",
        "AE",
        "YE",
        "KM",
        "EH",
    ]
)
# Who names a place so, and where it is meant to be found.
WORLD = [
    "CDG",
    "ORY",
    "LHR",
    "LGW",
    "FRA",
    "MUC",
    "AMS",
    "BRU",
    "MAD",
    "BCN",
    "LIS",
    "OPO",
    "FCO",
    "MXP",
    "ZRH",
    "GVA",
    "VIE",
    "IST",
    "SAW",
    "ATH",
    "LCA",
    "MLA",
    "BOG",
    "MDE",
    "CLO",
    "CTG",
    "GRU",
    "GIG",
    "UIO",
    "GYE",
    "LIM",
    "SCL",
    "EZE",
    "PTY",
    "CUN",
    "MEX",
    "HAV",
    "SDQ",
    "CCS",
    "PBM",
    "JFK",
    "MIA",
    "LAX",
    "ORD",
    "ATL",
    "YYZ",
    "YUL",
    "LOS",
    "ABV",
    "ACC",
    "LFW",
    "COO",
    "ABJ",
    "DKR",
    "DSS",
    "BKO",
    "NIM",
    "OUA",
    "CKY",
    "FNA",
    "ROB",
    "DLA",
    "NSI",
    "FIH",
    "LAD",
    "ADD",
    "NBO",
    "MBA",
    "EBB",
    "KGL",
    "DAR",
    "JNB",
    "CPT",
    "MPM",
    "ANT",
    "BKK",
    "HKG",
    "SIN",
    "KUL",
    "CGK",
    "MNL",
    "PEK",
    "PVG",
    "CAN",
    "DEL",
    "BOM",
    "KHI",
    "LHE",
    "ISB",
    "PEW",
    "KBL",
    "IKA",
    "THR",
    "TAS",
    "DYU",
    "ALA",
    "SVO",
    "DME",
    "ICN",
    "NRT",
    "HND",
    "SYD",
]


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        (
            "TUN",
            {
                "en": "Tunis Carthage International Airport",
                "fr": "Aéroport international de Tunis-Carthage",
                "es": "Aeropuerto Internacional de Túnez-Cartago",
                "pt": "Aeroporto Internacional de Tunes-Cartago",
                "ar": "مطار تونس قرطاج الدولي",
            },
        ),
        ("ALG", {"fr": "Aéroport international Houari-Boumédiène", "ar": "مطار هواري بومدين الدولي"}),
        ("CAI", {"fr": "Aéroport international du Caire", "pt": "Aeroporto Internacional do Cairo"}),
        ("LHR", {"fr": "Aéroport de Londres-Heathrow", "ar": "مطار لندن هيثرو"}),
        ("BQH", {"es": "Aeropuerto de Londres Biggin Hill", "ar": "مطار London Biggin Hill"}),
        ("NBE", {"fr": "Aéroport international d’Enfidha-Hammamet"}),
        ("MAD", {"es": "Aeropuerto Adolfo Suárez Madrid-Barajas", "fr": "Aéroport de Madrid-Barajas Adolfo Suárez"}),
        ("JFK", {"ar": "مطار جون كينيدي الدولي (نيويورك)", "fr": "Aéroport international John-F.-Kennedy (New York)"}),
        ("MLA", {"fr": "Aéroport international de Malte", "ar": "مطار مالطا الدولي"}),
        ("AMS", {"fr": "Aéroport d’Amsterdam-Schiphol", "ar": "مطار أمستردام سخيبول"}),
        ("BAD", {"en": "Barksdale AFB Airport", "es": "Base aérea Barksdale", "ar": "قاعدة Barksdale الجوية"}),
        ("SQD", {"fr": "Aéroport Sanqingshan", "ar": "مطار Sanqingshan"}),
        ("AYM", {"fr": "Base d’hydravions de Yas Island", "ar": "قاعدة جزيرة ياس للطائرات المائية"}),
        ("KYE", {"pt": "Base Aérea Rene Mouawad (Qlayaat)", "ar": "قاعدة رينيه معوض الجوية"}),
    ],
)
def test_an_airport_has_a_proper_name_in_each_language(code: str, labels: dict[str, str]) -> None:
    airports = catalogue.get_list("airport")
    assert {language: airports.label(code, language) for language in labels} == labels


@pytest.mark.parametrize(
    ("english", "kind", "proper"),
    [
        ("Cairo International Airport", "international", "Cairo"),
        ("Abha Regional Airport", "regional", "Abha"),
        ("Rafha Domestic Airport", "domestic", "Rafha"),
        ("Paso Robles Municipal Airport", "municipal", "Paso Robles"),
        ("Ronald Reagan Washington Ntl Airport", "national", "Ronald Reagan Washington"),
        ("Kirkuk Air Base", "air_base", "Kirkuk"),
        ("Mackall Army Air Field", "military", "Mackall"),
        ("Atsugi Naval Air Facility", "naval", "Atsugi"),
        ("Yas Island Seaplane Base", "seaplane", "Yas Island"),
        ("Samuels Field", "airfield", "Samuels"),
        ("Penglai Intl", "international", "Penglai"),
        ("Tirana International Airport Mother Teresa", "international", "Tirana Mother Teresa"),
        ("Bergen Airport Flesland", "airport", "Bergen Flesland"),
        ("Antwerp International Airport (Deurne)", "international", "Antwerp (Deurne)"),
        ("Nuevo Aeropuerto Internacional Mariscal Sucre", "international", "Mariscal Sucre"),
        ("Cochran Field Airport", "airport", "Cochran Field"),
        ("Augusta Regional At Bush Field", "regional", "Augusta At Bush Field"),
        ("Erie International/Tom Ridge Field", "international", "Erie/Tom Ridge Field"),
        (
            "Minneapolis-St Paul International/Wold-Chamberlain Airport",
            "international",
            "Minneapolis-St Paul/Wold-Chamberlain",
        ),
        ("Clayton Municipal Airpark", "municipal", "Clayton"),
        ("L.F. Wade International International Airport", "international", "L.F. Wade"),
        ("Airport", "airport", "Airport"),
        ("Newfield", "airport", "Newfield"),
        ("", "airport", ""),
    ],
)
def test_the_kind_of_an_airport_is_read_off_its_name(english: str, kind: str, proper: str) -> None:
    found = read_airport_name(english)
    assert (found.kind, found.proper) == (kind, proper)


@pytest.mark.parametrize(
    ("city", "language", "joined"),
    [
        ("Le Caire", "fr", "du Caire"),
        ("Alger", "fr", "d’Alger"),
        ("Évora", "fr", "d’Évora"),
        ("La Havane", "fr", "de La Havane"),
        ("Les Cayes", "fr", "des Cayes"),
        ("Hambourg", "fr", "de Hambourg"),
        ("El Cairo", "es", "de El Cairo"),
        ("Porto", "pt", "do Porto"),
        ("Praia", "pt", "da Praia"),
        ("Lisboa", "pt", "de Lisboa"),
        ("القاهرة", "ar", "القاهرة"),
    ],
)
def test_a_city_takes_the_particle_of_its_language(city: str, language: str, joined: str) -> None:
    assert of_city(city, language) == joined


def test_every_airport_is_called_by_a_generic_word_in_every_language() -> None:
    begun = {"fr": ("Aéro", "Base", "Hélip"), "es": ("Aer", "Base", "Helip"), "pt": ("Aer", "Base", "Helip")}
    airports = catalogue.get_list("airport")
    for airport in airports:
        for language, words in begun.items():
            assert airport.label(language).startswith(words), airport.code
        assert airport.label("ar").startswith(("مطار ", "قاعدة ", "مهبط ")), airport.code
        assert all("  " not in airport.label(language) and "{" not in airport.label(language) for language in LANGUAGES)


def test_every_arab_airport_and_the_great_ones_have_an_arabic_name() -> None:
    every = airportsdata.load("IATA")
    known = read_airport_names()
    wanted = {code for code, row in every.items() if row["country"] in ARAB} | (set(WORLD) & set(every)) - {"ANT"}
    assert sorted(code for code in wanted if "ar" not in known.get(code, {})) == []


@pytest.mark.parametrize("path", [AIRPORTS, EXONYMS], ids=["airports", "exonyms"])
def test_a_table_of_names_has_each_code_once_and_no_empty_row(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# source: ")
    rows = list(csv.DictReader(lines[1:]))
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    for row in rows:
        assert None not in {*row, *row.values()}, row
        assert any(row[language] for language in LANGUAGES), row
        assert all(text == " ".join(text.split()) for text in row.values()), row
        assert not row["ar"] or all(not letter.isascii() or not letter.isalpha() for letter in row["ar"]), row


def test_every_name_of_ours_belongs_to_a_code_of_its_list() -> None:
    airports, places = catalogue.get_list("airport"), catalogue.get_list("place")
    assert [code for code in read_airport_names() if code not in airports] == []
    assert [code for code in read_exonyms() if code not in places] == []


@pytest.mark.parametrize(
    ("name", "language", "query", "code"),
    [
        ("airport", "ar", "مطار تونس قرطاج", "TUN"),
        ("airport", "ar", "مطار تونس قرطاج الدولي", "TUN"),
        ("airport", "ar", "القرطاج", "TUN"),
        ("airport", "fr", "Aéroport de Tunis", "TUN"),
        ("airport", "fr", "aeroport international de tunis carthage", "TUN"),
        ("airport", "es", "aeropuerto de Bogotá", "BOG"),
        ("airport", "es", "aeropuerto de bogota", "BOG"),
        ("airport", "es", "El Dorado", "BOG"),
        ("airport", "pt", "aeroporto do Cairo", "CAI"),
        ("airport", "ar", "قاهرة", "CAI"),
        ("airport", "ar", "مطار القاهرة", "CAI"),
        ("airport", "ar", "مطار هواري بومدين", "ALG"),
        ("airport", "en", "tunis airport", "TUN"),
        ("airport", "en", "CDG", "CDG"),
        ("airport", "ar", "مطار اسطنبول", "IST"),
        ("airport", "ar", "مطار اديس ابابا", "ADD"),
        ("place", "ar", "مطار تونس قرطاج", "TNTUN"),
        ("place", "fr", "aéroport de Tunis", "TNTUN"),
        ("place", "ar", "مطار هواري بومدين", "DZALG"),
        ("place", "fr", "aéroport Charles de Gaulle", "FRCDG"),
        ("place", "fr", "Port de Radès", "TNRDS"),
        ("place", "ar", "ميناء رادس", "TNRDS"),
        ("place", "ar", "ميناء جبل علي", "AEJEA"),
        ("place", "pt", "porto de Santos", "BRSSZ"),
        ("place", "es", "Nueva York", "USNYC"),
        ("place", "pt", "Nova Iorque", "USNYC"),
        ("place", "fr", "Londres", "GBLON"),
        ("place", "ar", "مدنين", "TNMED"),
        ("place", "ar", "جزائر", "DZALG"),
        ("port", "ar", "ميناء الجبيل", "SAJBI"),
        ("port", "fr", "Le Pirée", "GRPIR"),
    ],
)
def test_it_is_found_as_it_is_typed_in_any_language(name: str, language: str, query: str, code: str) -> None:
    assert catalogue.find(name, query, preferred(language), limit=5)[0].code == code


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("airport", "مطار هواري بومدين", "ALG"),
        ("airport", "Aéroport de Tunis", "TUN"),
        ("airport", "aeropuerto de Bogotá", "BOG"),
        ("airport", "Aeropuerto de Londres", None),
        ("place", "مطار هواري بومدين", "DZALG"),
        ("place", "Port de Radès", "TNRDS"),
        ("place", "Porto", "PTOPO"),
        ("place", "Santos", "BRSSZ"),
        ("place", "Port Said", "EGPSD"),
        ("place", "airport", None),
        ("place", "مطار", None),
        ("place", "Tripoli", None),
    ],
)
def test_a_cell_of_a_workbook_names_the_one_it_can_mean(name: str, text: str, code: str | None) -> None:
    found = catalogue.resolve(name, text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("query", "name", "proper"),
    [
        ("Aéroport international de Tunis", "airport", "tunis"),
        ("aeropuerto de La Paz", "place", "la paz"),
        ("مطار تونس قرطاج الدولي", "place", "تونس قرطاج"),
        ("Port de Radès", "place", "rades"),
        ("Port de Radès", "airport", ""),
        ("Radès", "place", ""),
        ("aéroport", "place", ""),
        ("Porto", "commodity", ""),
    ],
)
def test_generic_words_are_taken_out_of_a_query_only_where_they_stand(query: str, name: str, proper: str) -> None:
    assert proper_part(query, name) == proper


def test_a_label_is_composed_only_for_the_language_asked_for() -> None:
    labels = ComposedLabels("Cairo International Airport", {"fr": "Le Caire"}, cities=("Cairo", "Le Caire"))
    assert labels["fr"] == "Aéroport international du Caire"
    assert labels.get("de") is None
    assert list(labels) == list(LANGUAGES)


def test_an_airport_is_found_fast_enough_to_type() -> None:
    catalogue.find("airport", "warm up")
    taken = []
    for query in ("s", "مطار", "aeropuerto de lon", "aeroport international", "مطار تون"):
        started = time.thread_time()
        catalogue.find("airport", query, preferred("ar"))
        taken.append(time.thread_time() - started)
    assert sorted(taken)[2] < 0.05, taken
