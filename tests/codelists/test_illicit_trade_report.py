"""The codes against the real lists: everything the Illicit Trade Report prints finds exactly one code."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from opencen.codelists.catalogue import get_list, resolve

SECTIONS = {
    "Drugs": "drugs",
    "Environmental Crime": "environment",
    "IPR, Health and Safety": "ipr",
    "Revenue": "revenue",
    "Security": "security",
    "AML/CTF": "money",
}
DIMENSIONS = {
    "detection": "detection_method",
    "location": "location_type",
    "concealment": "concealment",
    "direction": "direction",
    "conveyance": "conveyance_mode",
}
# What the report prints several times over, as the one code it became.
MERGED = {
    "environment.hazardous.mercury": {"mercury/products containing mercury", "mercury / products containing mercury"},
    "environment.hazardous.fuel": {"fuel / petroleum products", "petroleum products", "fuel"},
    "environment.flora.timber.agarwood": {"agarwood and aromatic woods", "agarwood"},
    "environment.fauna.reptiles.tortoises": {"tortoises", "turtles and tortoises"},
    "environment.waste.other": {"waste", "waste - other"},
}


@pytest.fixture(scope="module")
def report(shared_data: Path) -> dict[str, Any]:
    """Read the lists of the report."""
    path = shared_data / "itr2025" / "cen_codelists.json"
    if not path.is_file():
        pytest.skip(f"{path.name} is not in the real data folder")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def leaves(node: Any) -> Iterator[dict[str, str]]:
    """Yield every entry with a name below a node."""
    if isinstance(node, dict) and "en" in node:
        yield node
    elif isinstance(node, dict | list):
        for below in node.values() if isinstance(node, dict) else node:
            yield from leaves(below)


def printed(report: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield section code, flow code and entry for everything printed below a flow."""
    for section, flows in report["commodities"].items():
        for flow, node in flows.items():
            found = resolve("commodity", flow, under=SECTIONS[section])
            assert found is not None, flow
            for entry in leaves(node):
                yield SECTIONS[section], found.code, entry


def find_code(section: str, flow: str, text: str, language: str) -> str | None:
    """Find the code of a printed name: in its flow, or, printed below a stranger's flow, in its section."""
    if flow == "money.cash":
        found = resolve("currency", text, (language,))
    else:
        found = resolve("commodity", text, (language,), under=flow) or resolve(
            "commodity", text, (language,), under=section
        )
    return found.code if found else None


def test_every_section_and_flow_is_a_code(report: dict[str, Any]) -> None:
    flows = {flow for _, flow, _ in printed(report)}
    assert len(flows) == 21
    assert all(flow.count(".") == 1 for flow in flows)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sub_type_finds_exactly_one_code(report: dict[str, Any], language: str) -> None:
    missing = [
        (flow, entry[language])
        for section, flow, entry in printed(report)
        if find_code(section, flow, entry[language], language) is None
    ]
    assert missing == []


def test_both_languages_lead_to_the_same_code(report: dict[str, Any]) -> None:
    differing = [
        (entry["en"], entry["fr"])
        for section, flow, entry in printed(report)
        if find_code(section, flow, entry["en"], "en") != find_code(section, flow, entry["fr"], "fr")
    ]
    assert differing == []


def test_what_was_printed_twice_became_one_code_and_nothing_else_did(report: dict[str, Any]) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for section, flow, entry in printed(report):
        code = find_code(section, flow, entry["en"], "en")
        assert code is not None
        names[code].add(entry["en"].casefold())
    assert {code: found for code, found in names.items() if len(found) > 1} == MERGED


def test_the_cen_name_of_a_code_is_kept_for_the_way_back(report: dict[str, Any]) -> None:
    commodities = get_list("commodity")
    for section, flow, entry in printed(report):
        if flow == "money.cash":
            continue
        code = find_code(section, flow, entry["en"], "en")
        assert code is not None
        assert entry["en"] in commodities[code].attributes["cen"], code


@pytest.mark.parametrize("dimension", sorted(DIMENSIONS))
def test_every_printed_value_of_a_dimension_is_a_code(report: dict[str, Any], dimension: str) -> None:
    for entry in report["dimensions"][dimension]:
        codes = {lang: resolve(DIMENSIONS[dimension], entry[lang], (lang,)) for lang in ("en", "fr")}
        assert codes["en"] is not None, entry
        assert codes["en"] is codes["fr"], entry
        assert codes["en"].attributes["cen"] == entry["en"]


def test_regions_perimeters_and_appendices_are_codes(report: dict[str, Any]) -> None:
    assert all(resolve("wco_region", region) for region in report["wco_regions"])
    assert all(resolve("rilo", region) for region in report["rilo_regions"] if region != "UNK")
    assert all(resolve("cites_appendix", entry["en"]) for entry in report["cites_status"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_country_of_the_report_is_found(shared_data: Path, language: str) -> None:
    names: set[str] = set()
    for path in sorted((shared_data / "itr2025").glob("itr_*.json")):
        names |= set(country_names(json.loads(path.read_text(encoding="utf-8")), language))
    assert len(names) > 60
    assert {name for name in names if resolve("country", name, (language,)) is None} == set()


COUNTRY_KEYS = ("countries", "reporters", "departures", "topReporters", "proportion")


def country_names(node: Any, language: str, key: str = "") -> Iterator[str]:
    """Yield the names of countries anywhere in a file of the report."""
    if isinstance(node, list):
        for below in node:
            yield from country_names(below, language, key)
    elif isinstance(node, dict):
        if key in COUNTRY_KEYS and language in node:
            yield node[language]
        if key == "routes" and language == "en":
            yield from (node["from"], node["to"])
        for name, below in node.items():
            yield from country_names(below, language, name)
