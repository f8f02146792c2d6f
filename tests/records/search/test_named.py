"""Fields before a colon, identifiers written any way, names across scripts, labels of any language."""

from __future__ import annotations

from uuid import UUID

import pytest

from opencen.codelists.catalogue import get_list
from opencen.kernel.errors import Invalid
from opencen.kernel.scripts import name_key
from opencen.kernel.text import fold
from opencen.records.models import Record
from opencen.records.search.codes import vocabulary
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from tests import make
from tests.records.search.stating import state_case
from tests.records.search.test_search import settle

pytestmark = pytest.mark.django_db

SAME_NAME = [
    ("Muhammad", "Mohamed", "Мухаммед", "محمد"),
    ("Aleksandr", "Alexander", "Александр"),
    ("Petrov", "Petroff", "Петров"),
    ("Khaled", "خالد", "Халед"),
    ("Hussein", "Husayn", "حسين", "Хусейн"),
    ("Chedly", "Shadli", "شادلي"),
    ("Ali", "Aly", "علي"),
    ("Tchaikovski", "Чайковский"),
]
OTHER_NAMES = [("Petrov", "Pereira"), ("Mohamed", "Hamid"), ("Ali", "Aziz"), ("Khaled", "Walid"), ("a", "e")]

TYPED = {
    "container:OCLU3026189": ["sea"],
    "container:OCLU 302618-9": ["sea"],
    "container:oclu302": ["sea"],
    "conteneur:OCLU3026189": ["sea"],
    "container:OCLU3026180": [],
    "plate:OCLU3026189": [],
    'plate:"123 TU-4567"': ["road"],
    "plate:123tu4567": ["road"],
    "-plate:123tu4567": ["arab", "sea"],
    "consignee:Sahel": ["sea"],
    "destinataire:sahel": ["sea"],
    "person:Sahel": [],
    "person:petrov": ["road"],
    "Иван": ["road"],
    "Ivan": ["road"],
    "Mohammed": ["arab"],
    "person:محمد": ["arab"],
    "person:Мухаммед": ["arab"],
    "consignee:Мухаммед": [],
    "Саhel": ["sea"],
    "Сахель": ["sea"],
    "consignee:ساحل": ["sea"],
    "commodity:résine": ["road"],
    "commodity:resin -person:petrov": [],
    "marchandise:cocaine": ["arab", "sea"],
    "office:RDS": ["arab", "road", "sea"],
    "date:2025": ["road"],
    "date:2025-03": ["road"],
    "date:2025-03-04": ["road"],
    "date:2025-03-05": [],
    "date:2025-01..2025-06": ["road"],
    "date:2025-03-05..": ["arab", "sea"],
    "date:>2025": ["arab", "sea"],
    "date:<2025-03-04": [],
    "from:2026": ["arab", "sea"],
    "to:2025-12-31": ["road"],
    "quality:<101": ["arab", "road", "sea"],
    "quality:>100": [],
    "photos:yes": [],
    "photos:no": ["arab", "road", "sea"],
    "colour:red": [],
    "تاريخ:2025": ["road"],
    "التاريخ:2025": ["road"],
    "التّاريخ:٢٠٢٥": ["road"],
    "حاوية:OCLU302618": ["sea"],
    "الحاوية:OCLU302618": ["sea"],
    "صور:لا": ["arab", "road", "sea"],
    "personne:petrov": ["road"],
    "lieu_de_dissimulation:Sahel": [],
    "mercancías:cocaína": ["arab", "sea"],
    "État:submitted": ["arab", "road", "sea"],
    "e\u0301tat:submitted": ["arab", "road", "sea"],
    "moyen_transport:véhicule": ["road"],
    "وسيلة_نقل:مركبة": ["road"],
    "الحالة:ملغى": [],
    "estado:entregado": ["arab", "road", "sea"],
}
MISSPELT = {"consignee:Sahell": ["sea"], "person:petrof": ["road"], "Mohamad": ["arab"]}


TOGETHER = {
    "Benali": ["apart"],
    "Ben Ali": ["apart"],
    "Mohamed Benali": ["apart"],
    "Abdelkader": ["apart", "joined"],
    "Abd el Kader": ["apart", "joined"],
    "Abd-el-Kader": ["apart", "joined"],
    "abdel kader": ["apart", "joined"],
    "Haddad Abdelkader": ["joined"],
    "عبدالقادر": ["arabic", "joined"],
    "عبد القادر": ["arabic"],
    "El Amri": ["joined"],
    "person:benali": ["apart"],
    'person:"el amri"': ["joined"],
    'person:"abd el kader"': ["apart", "joined"],
    "MohamedBen": ["apart"],
    '"Benali Haddad"': [],
    "Alimohamed": [],
    "Aliben": [],
    "Benhaddad": [],
    "-Benali Abdelkader": ["joined"],
}
SLIPS = {
    "Mohamde Benali": ["apart"],
    "Mohamed Benalli": [],
    "Haddadabdelkader": [],
    "AbdelkaderH addad": ["joined"],
    "Elamri Hadad": ["joined"],
    "MohamedB en Ali": ["apart"],
    "Moh Amrii": [],
    "Nor Haddad": ["joined"],
    'person:"nor haddad"': ["joined"],
}


@pytest.fixture
def people() -> dict[UUID, str]:
    """Three cases whose people are written as others write in one word, or in two."""
    officer = make.actor("officer", "RDS")
    names = {
        "apart": ["Mohamed Ben Ali", "Abd el Kader Sassi"],
        "joined": ["Noor Haddad", "Abdelkader Elamri"],
        "arabic": ["عبد القادر الجزائري"],
    }
    made = {}
    for case, written in names.items():
        persons = [
            {"id": f"p{at}", "role": "driver", "name": name, "identified": "identified"}
            for at, name in enumerate(written)
        ]
        made[state_case(officer, consignments=None, persons=persons).record_id] = case
    settle()
    return made


def test_words_that_others_write_as_one_are_found_and_the_other_way_round(people: dict[UUID, str]) -> None:
    assert {text: find(people, text) for text in TOGETHER} == TOGETHER


def test_a_short_word_beside_a_long_one_and_a_shifted_space_are_forgiven(people: dict[UUID, str]) -> None:
    assert {text: find(people, text) for text in SLIPS} == SLIPS


@pytest.fixture(params=["live", "stored"])
def world(request: pytest.FixtureRequest) -> dict[UUID, str]:
    """Three cases, before and after the store has read them."""
    officer = make.actor("officer", "RDS")
    resin = make.line(commodity="drugs.cannabis.resin", quantity="12", concealment=None, description="brown bricks")
    road = {
        "detected_at": "2025-03-04T10:00+01:00",
        "lines": [resin],
        "consignments": None,
        "route": [{"id": "r1", "role": "departure", "country": "MA"}],
        "conveyances": [{"id": "v1", "mode": "vehicle", "plate": "123 TU 4567"}],
        "persons": [{"id": "p1", "role": "driver", "name": "Иван Петров", "identified": "identified"}],
    }
    arab = [{"id": "p1", "role": "driver", "name": "محمد بن علي", "identified": "identified"}]
    made = {
        "sea": state_case(officer),
        "road": state_case(officer, **road),
        "arab": state_case(officer, consignments=None, persons=arab),
    }
    if request.param == "stored":
        settle()
    return {receipt.record_id: name for name, receipt in made.items()}


def find(world: dict[UUID, str], text: str) -> list[str]:
    """Search and name what was found."""
    found = search(make.actor("analyst", "HQ"), SearchRequest(type="case", text=text))
    return sorted(world[key] for key in found.ids)


def test_what_stands_before_a_colon_asks_one_field(world: dict[UUID, str]) -> None:
    assert {text: find(world, text) for text in TYPED} == TYPED


def test_a_field_forgives_misspellings_too(world: dict[UUID, str]) -> None:
    assert {text: find(world, text) for text in MISSPELT} == MISSPELT


@pytest.mark.parametrize("text", ["date:spring", "date:2025-13", "date:2025-02-30", "quality:high", "date:9999-12..1"])
def test_a_value_that_cannot_be_read_is_said_so(world: dict[UUID, str], text: str) -> None:
    with pytest.raises(Invalid) as error:
        find(world, text)
    assert error.value.code in ("search.date_unreadable", "search.number_unreadable")


@pytest.mark.parametrize("names", SAME_NAME)
def test_a_name_has_one_key_in_every_script(names: tuple[str, ...]) -> None:
    assert len({name_key(name) for name in names}) == 1
    assert name_key(names[0])


@pytest.mark.parametrize("names", OTHER_NAMES)
def test_other_names_have_other_keys_or_none(names: tuple[str, str]) -> None:
    assert name_key(names[0]) != name_key(names[1]) or not name_key(names[0])


def test_labels_of_every_language_find_the_code(world: dict[UUID, str]) -> None:
    labels = get_list("commodity")["drugs.cannabis.resin"].labels
    assert len(labels) >= 2
    found = {language: find(world, f'"{label}"') for language, label in labels.items()}
    assert found == {language: ["road"] for language in labels}


def test_a_reference_is_found_without_its_country_and_zeros(world: dict[UUID, str]) -> None:
    stored = search(make.actor("analyst", "HQ"), SearchRequest(type="case"))
    for record in Record.objects.filter(id__in=stored.ids):
        country, office, year, serial = record.reference.split("-")
        for written in (
            f"{office}-{year}-{int(serial)}",
            f"{country}-{office}-{year}-{serial}",
            f"{office}/{year}/{serial}",
        ):
            assert find(world, written) == [world[record.id]], written
    assert find(world, "RDS-1999-1") == []


def test_places_and_currencies_are_found_as_people_write_them(world: dict[UUID, str]) -> None:
    officer = make.actor("officer", "RDS")
    cash = make.line(commodity="money.cash.banknotes", quantity="45000", unit="currency", concealment=None)
    cash |= {"basis": None, "attributes": {"currency": "EUR"}}
    receipt = state_case(
        officer,
        lines=[cash],
        consignments=None,
        route=[{"id": "r1", "role": "departure", "country": "AE", "place": "AEDXB"}],
        conveyances=[{"id": "v1", "mode": "air"}],
    )
    world[receipt.record_id] = "cash"
    for text in ("banknotes EUR", "دبي", "Dubaï", "يورو"):
        assert find(world, text) == ["cash"], text


@pytest.mark.parametrize(
    ("phrase", "place"),
    [("هواري بومدين", "DZALG"), ("nova iorque", "USNYC"), ("tunis carthage", "TNTUN"), ("le piree", "GRPIR")],
)
def test_a_place_is_meant_by_what_its_airport_and_other_languages_call_it(phrase: str, place: str) -> None:
    assert f"place/{place}" in vocabulary().named_by(fold(phrase))
