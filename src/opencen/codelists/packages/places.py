"""Ports (World Port Index) and UN/LOCODE places, kept in columns."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from typing import Any

import airportsdata
import pycountry
from babel import Locale
from babel.core import get_global

from opencen.codelists.compact import CompactCodes
from opencen.codelists.folders import package_folder
from opencen.codelists.kept import Columns, recall
from opencen.codelists.known import (
    Port,
    city_labels,
    city_of,
    is_arabic,
    locate,
    other_names,
    read_airport_names,
    read_exonyms,
    read_known_places,
    read_ports,
    rename_city,
)
from opencen.codelists.lists import CodeList
from opencen.codelists.naming import ComposedLabels
from opencen.codelists.spellings import OTHER_NAMES
from opencen.kernel.languages import LANGUAGES, SOURCE
from opencen.kernel.text import fold

NOWHERE = float("nan")
AIRPORT = " Apt"
PORTS_VERSION, PLACES_VERSION = "2026-07-24", "2023-01-01"


def load_ports() -> CodeList:
    """Load the seaports of the World Port Index by their UN/LOCODE."""
    ports = read_ports()
    codes = list(ports)
    listed = CompactCodes(
        codes,
        [name for name, _, _ in ports.values()],
        describe=lambda at: {"country": codes[at][:2], **locate(*ports[codes[at]][1:])},
        aliases={code: aliases for code, _, aliases in read_known_places() if code in ports and aliases},
        others={code: names for code in codes if (names := city_labels(code))},
    )
    known = frozenset(codes) & {*read_exonyms(), *(code for code, _, _ in read_known_places())}
    return CodeList("port", PORTS_VERSION, listed, {"en": "Port", "fr": "Port"}, "World Port Index", known)


def load_places() -> CodeList:
    """Load the places of UN/LOCODE, with a position where the World Port Index or a namesake airport gives one."""
    codes, labels, positions, subdivisions, aliases, arabic, others = recall("place", gather_places)
    ports = read_ports()
    latitudes, longitudes = (array("f", column) for column in positions)

    def describe(at: int) -> Mapping[str, Any]:
        """Return the attributes of one place."""
        code = codes[at]
        subdivision = {"subdivision": f"{code[:2]}-{subdivisions[code]}"} if code in subdivisions else {}
        function = {"function": "port"} if code in ports else {}
        return {"country": code[:2], **subdivision, **function, **locate(latitudes[at], longitudes[at])}

    listed = CompactCodes(codes, labels, describe=describe, aliases=aliases, others=others, spoken=arabic)
    titles = {"en": "Place", "fr": "Lieu"}
    prominent = frozenset((*ports, *read_exonyms(), *(code for code, _, _ in read_known_places())))
    return CodeList("place", PLACES_VERSION, listed, titles, "UN/LOCODE, World Port Index", prominent)


def gather_places() -> Columns:
    """Gather the columns of the places: codes, labels, positions, subdivisions, aliases, names in other languages."""
    ports = read_ports()
    names, subdivisions = gather_names(ports)
    cities = read_city_names(names)
    airports = {row["country"] + code: row for code, row in airportsdata.load("IATA").items()}
    others = name_in_languages(names, cities)
    written = {code: names[code][0] for code in airports if code in names}
    written |= {code: name for code, name, _ in read_known_places() if code in written}
    own = {code: name for code, name in written.items() if AIRPORT in name}
    others |= {code: name_airport(code, name, airports[code]) for code, name in own.items()}
    for code, found in cities.items():
        names[code] = tuple(dict.fromkeys((*names[code], *found.values())))
    codes = sorted(names)
    labels = [names[code][0] for code in codes]
    found_at = [_find_position(code, name, ports, airports) for code, name in zip(codes, labels, strict=True)]
    positions = tuple(array("f", column).tobytes() for column in zip(*found_at, strict=True))
    aliases = {code: _unsaid(found[1:], others.get(code)) for code, found in names.items() if len(found) > 1}
    latin = {code: kept for code, found in aliases.items() if (kept := tuple(n for n in found if not is_arabic(n)))}
    arabic = {code: {"ar": kept} for code, found in aliases.items() if (kept := tuple(filter(is_arabic, found)))}
    return codes, labels, positions, subdivisions, latin, arabic, others


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
    for code, others in other_names():
        names[code] = tuple(dict.fromkeys((*names[code], *others)))
    return names, subdivisions


def name_in_languages(
    names: Mapping[str, tuple[str, ...]], cities: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Say what the languages call a place otherwise than UN/LOCODE: by CLDR, by the names typed here, by the script."""
    found = {code: dict(said) for code, said in cities.items()}
    for code, name, _ in read_known_places():
        if name != names[code][0]:
            found[code] = {language: name for language in LANGUAGES if language != "ar"} | found.get(code, {})
        if said := city_labels(code):
            found.setdefault(code, {}).update(said)
    for code, said in read_exonyms().items():
        found.setdefault(code, {}).update(said)
    return found


def name_airport(code: str, written: str, row: Mapping[str, Any]) -> dict[str, str]:
    """Say in every language the place that is an airport, with its city where its name does not tell it."""
    known = read_airport_names().get(code[2:], {})
    english = known.get(SOURCE) or str(row["name"])
    city = str(row["city"]) or written.rpartition("/")[2].replace(AIRPORT, "").strip()
    place = city_of(code[:2], city)
    said = city_labels(place) if place else {}
    labels = ComposedLabels(english, {**rename_city(english, city, said), **known}, cities=(city, *said.values()))
    found = {}
    for language, label in labels.items():
        of_city = said.get(language, city)
        is_told = not of_city or fold(of_city) in fold(label) or fold(city) in fold(label)
        found[language] = label if is_told else f"{label} ({of_city})"
    return {**found, **read_exonyms().get(code, {})}


def read_city_names(names: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, str]]:
    """Read what each language calls the cities that time zones are named after (CLDR), by their place."""
    zones = {language: Locale(language).time_zones for language in LANGUAGES}
    wanted: dict[tuple[str, str], dict[str, str]] = {}
    for zone, country in get_global("zone_territories").items():
        cities = {language: zones[language].get(zone, {}).get("city") for language in LANGUAGES}
        english = cities["en"] or zone.rpartition("/")[2].replace("_", " ")
        wanted[country, fold(english)] = {language: city for language, city in cities.items() if city}
    begun = {(country, name[:1]) for country, name in wanted}
    known = [code for code, _, _ in read_known_places()]
    found: dict[str, dict[str, str]] = {}
    for code in (*known, *names):
        country = code[:2]
        for name in names[code]:
            first = name[:1].lower()
            if not wanted or (first.isascii() and (country, first) not in begun):
                continue
            key = country, fold(name)
            if key in wanted:
                found[code] = {**found.get(code, {}), **wanted.pop(key)}
    return found


def read_locations() -> list[tuple[str, str, str]]:
    """Read code, name and subdivision of every place of the package; it keeps one file a subdivision."""
    found: list[tuple[str, str, str]] = []
    for path in sorted(package_folder("locode").glob("??/*.json")):
        country, subdivision = path.parent.name, path.stem
        if subdivision != "states":
            places = json.loads(path.read_bytes())
            found.extend((f"{country}{location}", name, subdivision) for name, location in places.items())
    return found


def _find_position(code: str, name: str, ports: Mapping[str, Port], airports: Mapping[str, Any]) -> tuple[float, float]:
    """Find where a place lies: as a port, or by the airport of its UN/LOCODE whose city agrees."""
    if code in ports:
        return ports[code][1:]
    row = airports.get(code)
    if row is None or (AIRPORT not in name and fold(row["city"]) != fold(name)):
        return NOWHERE, NOWHERE
    return row["lat"], row["lon"]


def _unsaid(names: tuple[str, ...], labels: Mapping[str, str] | None) -> tuple[str, ...]:
    """Leave out the names that are labels anyway."""
    return tuple(name for name in names if name not in labels.values()) if labels else names


LISTS = {
    "port": (PORTS_VERSION, load_ports),
    "place": (PLACES_VERSION, load_places),
}
