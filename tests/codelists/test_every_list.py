"""The contract of every list, found by scan: whoever adds a data file is tested by it being there."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from opencen.codelists import catalogue
from opencen.codelists.datafile import list_files, read_list
from opencen.codelists.lists import CodeList
from opencen.kernel.languages import LANGUAGES
from opencen.kernel.quantities import BASE_UNITS
from opencen.kernel.text import fold_ascii

FINISHED = LANGUAGES
OWN = sorted(list_files())
GROUPS = (("en", "fr"), ("es",), ("ar",), ("pt",))  # in a file of English and French both are understood
TRANSLATED = [*OWN, "country", "currency"]

# Texts that two codes of one list may share, with the reason; a line fails when the two no longer share it.
SHARED: dict[tuple[str, str], str] = {
    ("commodity", "cocaine"): "the flow, and the sub-type that CEN prints with the flow's name",
    ("commodity", "khat"): "the flow, and the sub-type that CEN prints with the flow's name",
    ("commodity", "waste"): "the flow, and the category that CEN prints with the flow's name",
    ("commodity", "dechets"): "the flow, and the category that CEN prints with the flow's name",
    ("commodity", "other hazardous materials"): "the flow, and the category that CEN prints with the flow's name",
    ("commodity", "autres matieres dangereuses"): "the flow, and the category that CEN prints with the flow's name",
    ("commodity", "pesticides"): "illegal as a substance, or infringing a right: CEN prints the same name in two flows",
    ("commodity", "plantes"): "CEN prints the same name for cannabis plants and wild plants",
    ("commodity", "plants"): "CEN prints the same name for cannabis plants and wild plants",
    ("commodity", "bois"): "CEN prints the same French for timber and waste wood",
    ("commodity", "fuel"): "excise fraud or hazardous material: the officer must choose",
    ("commodity", "carburant"): "excise fraud or hazardous material: the officer must choose",
}

ASKS = {"drugs", "tobacco", "alcohol", "ipr", "cites", "weapons", "currency", "cultural", "medical", "waste"}


def texts_of(codes: CodeList, languages: tuple[str, ...] = ("en", "fr")) -> dict[str, set[str]]:
    """Return which codes bear each folded label or alias in some languages."""
    held: dict[str, set[str]] = defaultdict(set)
    for code in codes:
        for language in languages:
            for text in (code.labels.get(language, ""), *code.aliases.get(language, ())):
                held[fold_ascii(text)].add(code.code)
    held.pop("", None)  # signs only
    return held


@pytest.mark.parametrize("name", OWN)
def test_a_list_says_what_it_is_and_of_which_day(name: str) -> None:
    codes = read_list(list_files()[name])
    assert len(codes.version) == 10
    assert set(codes.titles) == {"en", "fr"}
    assert codes.source
    assert len(codes) > 0


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_code_has_a_label_in_every_language(name: str) -> None:
    missing = [(code.code, lang) for code in catalogue.get_list(name) for lang in FINISHED if not code.labels.get(lang)]
    assert missing == []


@pytest.mark.parametrize("name", catalogue.shipped_names())
def test_every_list_has_a_title_in_every_language(name: str) -> None:
    assert set(catalogue.get_list(name).titles) >= set(FINISHED)


@pytest.mark.parametrize("name", OWN)
def test_every_parent_and_mapping_is_known_and_no_code_lies_below_itself(name: str) -> None:
    codes = catalogue.get_list(name)
    for code in codes:
        assert code.parent is None or code.parent in codes, code.code
        assert code.maps_to is None or code.maps_to in codes, code.code
        above = codes.ancestors(code.code)
        assert code.code not in above
        assert not above or codes[above[-1]].parent is None, code.code


@pytest.mark.parametrize("name", OWN)
def test_a_code_never_ends_before_it_starts(name: str) -> None:
    for code in catalogue.get_list(name):
        assert not (code.valid_from and code.valid_to) or code.valid_from <= code.valid_to, code.code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OWN)
def test_no_two_codes_bear_the_same_label(name: str, language: str) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for code in catalogue.get_list(name):
        if language in code.labels:
            held[" ".join(code.labels[language].casefold().split())].add(code.code)
    assert {text: found for text, found in held.items() if len(found) > 1} == {}


@pytest.mark.parametrize("languages", GROUPS, ids="-".join)
@pytest.mark.parametrize("name", OWN)
def test_a_text_names_one_code_unless_a_reason_is_given(name: str, languages: tuple[str, ...]) -> None:
    shared = {text: found for text, found in texts_of(catalogue.get_list(name), languages).items() if len(found) > 1}
    unexplained = {text: found for text, found in shared.items() if (name, text) not in SHARED}
    assert unexplained == {}


@pytest.mark.parametrize("name", OWN)
def test_no_english_or_french_word_means_something_else_through_the_other_languages(name: str) -> None:
    codes = catalogue.get_list(name)
    changed = {}
    for text in {
        text for code in codes for lang in ("en", "fr") for text in (code.label(lang), *code.aliases.get(lang, ()))
    }:
        before, after = (catalogue.resolve(name, text, languages) for languages in (("en", "fr"), LANGUAGES))
        if before is not None and (after is None or after.code != before.code):
            changed[text] = after.code if after else None
    assert changed == {}


def test_no_exemption_is_stale() -> None:
    stale = [
        key
        for key in SHARED
        if max(len(texts_of(catalogue.get_list(key[0]), found).get(key[1], ())) for found in GROUPS) < 2
    ]
    assert stale == []


@pytest.mark.parametrize("name", OWN)
def test_silence_is_marked_where_it_is_a_code(name: str) -> None:
    for code in catalogue.get_list(name):
        is_silence = code.code in ("unknown", "not_applicable")
        if is_silence or name != "cites_source":
            assert code.attributes.get("silence") == (code.code if is_silence else None), code.code


@pytest.mark.parametrize("name", OWN)
def test_no_alias_is_empty_or_padded(name: str) -> None:
    for code in catalogue.get_list(name):
        for text in (*code.labels.values(), *(alias for found in code.aliases.values() for alias in found)):
            assert text == text.strip() != "", code.code


def test_every_unit_has_a_positive_factor_or_a_stated_size() -> None:
    units = catalogue.get_list("unit")
    for unit in units:
        factor, is_sized = unit.attributes.get("factor"), unit.attributes.get("sized", False)
        assert unit.attributes["family"] in BASE_UNITS, unit.code
        assert (factor is None) == is_sized, unit.code
        assert factor is None or (isinstance(factor, Decimal) and factor > 0), unit.code


def test_every_family_has_the_base_unit_that_quantities_are_summed_in() -> None:
    bases = {u.attributes["family"]: u.code for u in catalogue.get_list("unit") if u.attributes.get("base")}
    assert bases == BASE_UNITS
    assert all(catalogue.get_list("unit").attribute(code, "factor") == 1 for code in bases.values())


def test_every_commodity_knows_its_section_its_families_and_what_to_ask() -> None:
    commodities, units = catalogue.get_list("commodity"), catalogue.get_list("unit")
    for code in commodities:
        found = code.attributes
        assert found["section"] == code.code.split(".")[0]
        assert set(found["families"]) <= set(BASE_UNITS), code.code
        assert found["default_unit"] in units, code.code
        assert units.attribute(found["default_unit"], "family") in found["families"], code.code
        assert found.get("ask", "drugs") in ASKS, code.code
        assert isinstance(found["cites"], bool), code.code
        assert found.get("typical_max", Decimal(1)) > 0, code.code


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        ("drugs.cannabis.resin", "drugs"),
        ("revenue.tobacco.cigarettes", "tobacco"),
        ("revenue.alcohol.beer", "alcohol"),
        ("ipr.products.watches", "ipr"),
        ("ipr.medical.vaccines", "medical"),
        ("environment.fauna.mammals.pangolin", "cites"),
        ("environment.waste.plastic", "waste"),
        ("security.weapons.type.rifle", "weapons"),
        ("security.cultural.paintings", "cultural"),
        ("money.cash.banknotes", "currency"),
        ("revenue.goods.sugar", None),
    ],
)
def test_a_commodity_asks_for_its_own_attributes_only(code: str, ask: str | None) -> None:
    assert catalogue.get_list("commodity")[code].attributes.get("ask") == ask


@pytest.mark.parametrize(
    ("name", "attribute", "points_to"),
    [
        ("conveyance_mode", "locations", "location_type"),
        ("location_type", "modes", "conveyance_mode"),
        ("concealment", "modes", "conveyance_mode"),
        ("vehicle_type", "mode", "conveyance_mode"),
        ("cites_term", "preferred_unit", "unit"),
        ("relation_kind", "inverse", "relation_kind"),
        ("wco_region", "countries", "country"),
        ("rilo", "countries", "country"),
        ("unodc_region", "countries", "country"),
    ],
)
def test_codes_named_in_attributes_exist(name: str, attribute: str, points_to: str) -> None:
    known = catalogue.get_list(points_to)
    for code in catalogue.get_list(name):
        value = code.attributes.get(attribute, ())
        for named in (value,) if isinstance(value, str) else value:
            assert named in known, f"{code.code}: {named}"


@pytest.mark.parametrize("name", ["wco_region", "rilo", "unodc_region"])
def test_a_country_lies_in_one_region_only(name: str) -> None:
    members = [country for code in catalogue.get_list(name) for country in code.attributes.get("countries", ())]
    assert len(members) == len(set(members))


def test_every_inhabited_country_lies_in_a_region_and_a_perimeter() -> None:
    uninhabited = {"AQ", "BV", "GS", "HM", "TF", "UM", "XZ", "unknown"}
    for country in catalogue.get_list("country"):
        is_placed = {"wco_region", "rilo"} <= set(country.attributes)
        assert is_placed != (country.code in uninhabited), country.code


def test_every_relation_is_the_inverse_of_its_inverse() -> None:
    kinds = catalogue.get_list("relation_kind")
    for kind in kinds:
        assert kinds.attribute(kinds.attribute(kind.code, "inverse"), "inverse") == kind.code
