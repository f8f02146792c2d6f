"""Airports (IATA), kept in columns; what each language calls them is said when it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any

import airportsdata

from opencen.codelists.compact import CompactCodes
from opencen.codelists.known import city_labels, city_of, locate, read_airport_names, rename_city
from opencen.codelists.lists import CodeList
from opencen.codelists.naming import ComposedLabels
from opencen.kernel.languages import SOURCE
from opencen.kernel.text import fold

_edition = airportsdata.__version__
VERSION = f"{_edition[:4]}-{_edition[4:6]}-{_edition[6:8]}"


def load_airports() -> CodeList:
    """Load the airports that have an IATA code."""
    table = sorted(airportsdata.load("IATA").items())
    iata = [code for code, _ in table]
    rows = [row for _, row in table]
    known = read_airport_names()
    names = [known.get(code, {}).get(SOURCE) or row["name"] for code, row in table]
    latitudes = array("f", [row["lat"] for row in rows])
    longitudes = array("f", [row["lon"] for row in rows])
    countries = [row["country"] for row in rows]
    cities = [row["city"] for row in rows]
    icao = [row["icao"] for row in rows]
    places = {code: place for code, row in table if (place := city_of(row["country"], row["city"]))}

    def describe(at: int) -> Mapping[str, Any]:
        """Return the attributes of one airport."""
        place = {"country": countries[at], "city": cities[at], "icao": icao[at]}
        return {**place, **locate(latitudes[at], longitudes[at])}

    def label(at: int) -> Mapping[str, str]:
        """Return the labels of one airport."""
        code, city = iata[at], cities[at]
        of_city = city_labels(places[code]) if code in places else {}
        named = {**rename_city(names[at], city, of_city), **known.get(code, {})}
        return ComposedLabels(names[at], named, cities=(city, *of_city.values()))

    aliases = {
        code: tuple(text for text in (row["city"], row["icao"], row["name"]) if text and text != name)
        for (code, row), name in zip(table, names, strict=True)
    }
    spoken = {code: _other_names(cities[at], places[code]) for at, code in enumerate(iata) if code in places}
    codes = CompactCodes(iata, names, describe=describe, aliases=aliases, labelled=label, spoken=spoken)
    titles = {"en": "Airport", "fr": "Aéroport"}
    return CodeList("airport", VERSION, codes, titles, "airportsdata", frozenset(known))


def _other_names(city: str, place: str) -> Mapping[str, tuple[str, ...]]:
    """Return what the other languages call the city of an airport."""
    labels = city_labels(place).items()
    return {language: (name,) for language, name in labels if language != SOURCE and fold(name) != fold(city)}


LISTS = {"airport": (VERSION, load_airports)}
