"""What a list answers about its tree, its dates and its national codes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from opencen.codelists.catalogue import get_list, list_names, list_versions
from opencen.codelists.datafile import read_list
from opencen.codelists.lists import Code
from opencen.kernel.clock import clock_at

COMMODITY = "commodity"
RESIN = "drugs.cannabis.resin"


def test_a_code_knows_its_way_up_in_either_language() -> None:
    commodities = get_list(COMMODITY)
    assert commodities.ancestors(RESIN) == ["drugs.cannabis", "drugs"]
    assert commodities.path_labels(RESIN, "fr") == ["Drogues", "Cannabis", "Résine de cannabis"]
    assert commodities.label(RESIN, "de") == "Cannabis resin"
    assert commodities.label("gone", "en") == "gone"


def test_a_code_lies_below_itself_and_all_its_ancestors() -> None:
    commodities = get_list(COMMODITY)
    assert commodities.is_under(RESIN, RESIN)
    assert commodities.is_under(RESIN, "drugs")
    assert not commodities.is_under("drugs", RESIN)
    assert not commodities.is_under(RESIN, "drugs.coca")
    assert not commodities.is_under("gone", "drugs")


def test_children_come_in_the_order_of_the_file() -> None:
    assert get_list("direction").children() == ["import", "export", "transit", "internal", "unknown"]
    assert get_list(COMMODITY).children("drugs.khat") == [
        f"drugs.khat.{form}" for form in ("fresh", "dried", "unspecified")
    ]
    assert get_list(COMMODITY).children("gone") == []


def test_descendants_are_all_below() -> None:
    below = get_list(COMMODITY).descendants("environment.fauna")
    assert "environment.fauna.mammals.pangolin" in below
    assert "environment.fauna.mammals" in below
    assert "environment.fauna" not in below


def test_a_national_code_counts_as_what_it_maps_to() -> None:
    zatla = Code("tn:drugs.cannabis.zatla", RESIN, {"fr": "Zatla"}, maps_to=RESIN)
    commodities = get_list(COMMODITY).extended([zatla])
    assert commodities.standard(zatla.code) == RESIN
    assert commodities.standard(RESIN) == RESIN
    assert commodities.is_under(zatla.code, "drugs.cannabis")
    assert commodities.attribute(zatla.code, "default_unit") == "kg"
    assert commodities.path_labels(zatla.code, "fr")[-2:] == ["Résine de cannabis", "Zatla"]
    assert zatla.code not in get_list(COMMODITY)


@pytest.mark.parametrize(
    ("starts", "ends", "on", "is_valid"),
    [
        (None, None, date(1900, 1, 1), True),
        (date(2020, 1, 1), None, date(2019, 12, 31), False),
        (date(2020, 1, 1), None, date(2020, 1, 1), True),
        (None, date(2020, 1, 1), date(2020, 1, 1), True),
        (None, date(2020, 1, 1), date(2020, 1, 2), False),
    ],
)
def test_a_code_is_in_force_from_its_first_to_its_last_day(
    starts: date | None, ends: date | None, on: date, is_valid: bool
) -> None:
    assert Code("c", valid_from=starts, valid_to=ends).is_valid(on) is is_valid


def test_without_a_day_today_counts() -> None:
    code = Code("c", valid_to=date(2026, 1, 1))
    with clock_at(datetime(2026, 1, 1, 23, tzinfo=UTC)):
        assert code.is_valid()
    with clock_at(datetime(2026, 1, 2, tzinfo=UTC)):
        assert not code.is_valid()


def test_the_catalogue_names_what_records_need() -> None:
    assert {
        "commodity", "detection_method", "detection_technique", "location_type", "direction", "procedure",
        "concealment",
        "conveyance_mode", "vehicle_type", "unit", "party_role", "person_role", "company_role", "standing",
        "identity_document", "goods_status", "outcome", "case_kind", "case_form", "line_role", "assessment_stage",
        "measurement_basis", "cites_appendix", "cites_source", "cites_purpose", "cites_term", "ipr_right",
        "grading_source", "grading_information", "grading_handling", "wco_region", "rilo", "sex", "media_kind",
        "agency_role", "leg_role", "relation_kind", "offence_type", "hold_kind", "control_subject", "return_reason",
        "case_state", "country", "currency", "airport", "port", "place", "hs",
    } <= set(list_names())  # fmt: skip


def test_every_place_lies_in_a_known_country() -> None:
    countries = get_list("country")
    assert {code[:2] for code in get_list("place").codes} <= set(countries.codes)
    assert {code[:2] for code in get_list("port").codes} <= set(countries.codes)


def test_a_port_has_a_position_and_its_country() -> None:
    rades = get_list("place")["TNRDS"]
    assert rades.attributes["country"] == "TN"
    assert (round(rades.attributes["latitude"], 1), round(rades.attributes["longitude"], 1)) == (36.8, 10.3)
    assert rades.attributes["function"] == "port"


def test_a_tariff_code_lies_below_its_heading() -> None:
    tariff = get_list("hs")
    assert tariff.ancestors("240220") == ["2402", "24"]
    assert all(tariff[code].parent in tariff for code in tariff.codes if len(code) > 2)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("code,en\na,A\na,B\n", "twice"),
        ("code,en\na,A,extra\n", "more cells"),
        ("code,en,cites\na,A,perhaps\n", "perhaps"),
        ("code,en,valid_from\na,A,yesterday\n", "yesterday"),
    ],
)
def test_a_data_file_with_a_mistake_is_not_read(tmp_path: Path, content: str, error: str) -> None:
    path = tmp_path / "sample.csv"
    path.write_text(f"# version: 2026-01-01\n# types: cites=bool\n{content}", encoding="utf-8")
    with pytest.raises((ValueError, KeyError), match=error):
        read_list(path)


def test_the_version_of_every_list_is_told_without_loading_it() -> None:
    versions = list_versions()
    assert set(versions) == set(list_names())
    assert versions["place"] == get_list("place").version
    assert versions["airport"] == get_list("airport").version
    assert all(date.fromisoformat(version) for version in versions.values())
