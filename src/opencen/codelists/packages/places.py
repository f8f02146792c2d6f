"""Airports (IATA), ports (World Port Index) and UN/LOCODE places, kept in columns."""

from __future__ import annotations

import csv
import json
from array import array
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import airportsdata
import pycountry
from babel import Locale
from babel.core import get_global

from opencen.codelists.compact import CompactCodes
from opencen.codelists.folders import package_folder
from opencen.codelists.lists import CodeList
from opencen.codelists.spellings import OTHER_NAMES
from opencen.kernel.languages import LANGUAGES
from opencen.kernel.text import fold

REFERENCE = Path(__file__).parent.parent / "reference"
PORTS, KNOWN_PLACES = REFERENCE / "ports.csv", REFERENCE / "places.csv"
Port = tuple[str, float, float]
NOWHERE = float("nan")
_edition = airportsdata.__version__
AIRPORTS_VERSION = f"{_edition[:4]}-{_edition[4:6]}-{_edition[6:8]}"
PORTS_VERSION, PLACES_VERSION = "2026-07-24", "2023-01-01"


def load_airports() -> CodeList:
    """Load the airports that have an IATA code."""
    table = sorted(airportsdata.load("IATA").items())
    rows = [row for _, row in table]
    latitudes = array("f", [row["lat"] for row in rows])
    longitudes = array("f", [row["lon"] for row in rows])
    countries = [row["country"] for row in rows]
    cities = [row["city"] for row in rows]
    icao = [row["icao"] for row in rows]

    def describe(at: int) -> Mapping[str, Any]:
        """Return the attributes of one airport."""
        place = {"country": countries[at], "city": cities[at], "icao": icao[at]}
        return {**place, **locate(latitudes[at], longitudes[at])}

    aliases = {code: tuple(text for text in (row["city"], row["icao"]) if text) for code, row in table}
    codes = CompactCodes([code for code, _ in table], [row["name"] for row in rows], describe=describe, aliases=aliases)
    return CodeList("airport", AIRPORTS_VERSION, codes, {"en": "Airport", "fr": "Aéroport"}, "airportsdata")


def load_ports() -> CodeList:
    """Load the seaports of the World Port Index by their UN/LOCODE."""
    ports = read_ports()
    codes = list(ports)
    listed = CompactCodes(
        codes,
        [name for name, _, _ in ports.values()],
        describe=lambda at: {"country": codes[at][:2], **locate(*ports[codes[at]][1:])},
    )
    return CodeList("port", PORTS_VERSION, listed, {"en": "Port", "fr": "Port"}, "World Port Index")


def load_places() -> CodeList:
    """Load the places of UN/LOCODE, with a position where the World Port Index or a namesake airport gives one."""
    ports = read_ports()
    names, subdivisions = gather_names(ports)
    others = name_in_languages(names)
    codes = sorted(names)
    airports = _airports_by_place()
    latitudes, longitudes = array("f"), array("f")
    for code in codes:
        _, latitude, longitude = ports.get(code) or airports.get((code, fold(names[code][0]))) or ("", NOWHERE, NOWHERE)
        latitudes.append(latitude)
        longitudes.append(longitude)

    def describe(at: int) -> Mapping[str, Any]:
        """Return the attributes of one place."""
        code = codes[at]
        subdivision = {"subdivision": f"{code[:2]}-{subdivisions[code]}"} if code in subdivisions else {}
        function = {"function": "port"} if code in ports else {}
        return {"country": code[:2], **subdivision, **function, **locate(latitudes[at], longitudes[at])}

    aliases = {code: found[1:] for code, found in names.items() if len(found) > 1}
    labels = [names[code][0] for code in codes]
    listed = CompactCodes(codes, labels, describe=describe, aliases=aliases, others=others)
    titles = {"en": "Place", "fr": "Lieu"}
    prominent = frozenset((*ports, *(code for code, _, _ in read_known_places())))
    return CodeList("place", PLACES_VERSION, listed, titles, "UN/LOCODE, World Port Index", prominent)


def gather_names(ports: Mapping[str, Port]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Gather the names of every place, the first being its label, and the subdivision it lies in."""
    countries = {*(country.alpha_2 for country in pycountry.countries), *OTHER_NAMES}
    names: dict[str, tuple[str, ...]] = {}
    subdivisions: dict[str, str] = {}
    for code, name, subdivision in read_locations():
        if code[:2] in countries:
            names[code] = (*names.get(code, ()), name)
            subdivisions[code] = subdivision
    for code, (name, _, _) in ports.items():
        names[code] = names.get(code, ()) or (name,)
    for code, name, aliases in read_known_places():
        names[code] = tuple(dict.fromkeys((*names.get(code, ()), name, *aliases)))
    for code, found in read_city_names(names).items():
        names[code] = tuple(dict.fromkeys((*names[code], *found.values())))
    return names, subdivisions


def name_in_languages(names: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, str]]:
    """Say what the languages call a place otherwise than UN/LOCODE: by CLDR, by the names typed here, by the script."""
    found = read_city_names(names)
    for code, name, aliases in read_known_places():
        if name != names[code][0]:
            found[code] = {language: name for language in LANGUAGES if language != "ar"} | found.get(code, {})
        arabic = next((name for name in aliases if "\u0621" <= name[0] <= "\u064a"), "")
        if arabic:
            found.setdefault(code, {})["ar"] = arabic
    return found


def read_city_names(names: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, str]]:
    """Read what each language calls the cities that time zones are named after (CLDR), by their place."""
    known = [code for code, _, _ in read_known_places()]
    places: dict[tuple[str, str], str] = {}
    for code in (*known, *names):
        for name in names[code]:
            places.setdefault((code[:2], fold(name)), code)
    zones = {language: Locale(language).time_zones for language in LANGUAGES}
    found: dict[str, dict[str, str]] = {}
    for zone, country in get_global("zone_territories").items():
        cities = {language: zones[language].get(zone, {}).get("city") for language in LANGUAGES}
        english = cities["en"] or zone.rpartition("/")[2].replace("_", " ")
        place = places.get((country, fold(english)))
        if place is not None:
            found[place] = {language: city for language, city in cities.items() if city}
    return found


def locate(latitude: float, longitude: float) -> dict[str, float]:
    """Return a position as attributes, nothing where there is none."""
    if latitude != latitude:
        return {}
    return {"latitude": round(latitude, 4), "longitude": round(longitude, 4)}


@cache
def read_known_places() -> list[tuple[str, str, tuple[str, ...]]]:
    """Read the places that are typed here: code, name and what others call it."""
    lines = KNOWN_PLACES.read_text(encoding="utf-8").splitlines()[1:]
    rows = csv.DictReader(lines)
    return [(row["code"], row["name"], tuple(filter(None, row["aliases"].split("|")))) for row in rows]


@cache
def read_ports() -> dict[str, Port]:
    """Read name and position of each port, in the order of the codes."""
    lines = PORTS.read_text(encoding="utf-8").splitlines()[1:]
    rows = csv.DictReader(lines)
    return {row["code"]: (row["name"], float(row["latitude"]), float(row["longitude"])) for row in rows}


def read_locations() -> list[tuple[str, str, str]]:
    """Read code, name and subdivision of every place of the package; it keeps one file a subdivision."""
    found = []
    for path in sorted(package_folder("locode").glob("??/*.json")):
        if path.stem == "states":
            continue
        country = path.parent.name
        for name, location in json.loads(path.read_text(encoding="utf-8")).items():
            found.append((f"{country}{location}", name, path.stem))
    return found


def _airports_by_place() -> dict[tuple[str, str], tuple[str, float, float]]:
    """Return airports by the UN/LOCODE they would have and their city: both must agree."""
    return {
        (row["country"] + code, fold(row["city"])): (row["city"], row["lat"], row["lon"])
        for code, row in airportsdata.load("IATA").items()
    }


LISTS = {
    "airport": (AIRPORTS_VERSION, load_airports),
    "port": (PORTS_VERSION, load_ports),
    "place": (PLACES_VERSION, load_places),
}
