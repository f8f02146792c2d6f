"""What the project itself knows of places, ports and airports: facts typed here, beside what the packages have."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import airportsdata

from opencen.codelists.naming import read_airport_name
from opencen.kernel.languages import LANGUAGES, SOURCE
from opencen.kernel.text import fold

REFERENCE = Path(__file__).parent / "reference"
PORTS, KNOWN_PLACES = REFERENCE / "ports.csv", REFERENCE / "places.csv"
EXONYMS, AIRPORTS = REFERENCE / "exonyms.csv", REFERENCE / "airports.csv"
Port = tuple[str, float, float]
Names = Mapping[str, str]


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Read the rows of a file of ours, whose first line tells its source."""
    yield from csv.DictReader(path.read_text(encoding="utf-8").splitlines()[1:])


@cache
def read_known_places() -> list[tuple[str, str, tuple[str, ...]]]:
    """Read the places that are typed here: code, name and what others call it."""
    rows = read_rows(KNOWN_PLACES)
    return [(row["code"], row["name"], tuple(filter(None, row["aliases"].split("|")))) for row in rows]


@cache
def read_ports() -> dict[str, Port]:
    """Read name and position of each port, in the order of the codes."""
    rows = read_rows(PORTS)
    return {row["code"]: (row["name"], float(row["latitude"]), float(row["longitude"])) for row in rows}


@cache
def read_exonyms() -> dict[str, Names]:
    """Read what a language calls a place where UN/LOCODE calls it otherwise."""
    return dict(_read_names(EXONYMS))


@cache
def read_airport_names() -> dict[str, Names]:
    """Read the proper names of airports where a language has its own; the English one is whole."""
    return dict(_read_names(AIRPORTS))


def _read_names(path: Path) -> Iterator[tuple[str, Names]]:
    for row in read_rows(path):
        yield row["code"], {language: row[language] for language in LANGUAGES if row[language]}


@cache
def city_labels(place: str) -> Names:
    """Return what the languages call a known place."""
    return {**_arabic_names().get(place, {}), **read_exonyms().get(place, {})}


def city_of(country: str, city: str) -> str:
    """Return the known place of a city, by any of its names; nothing where it is not known."""
    known = _known_cities()
    first = city.partition("/")[0].partition(",")[0].strip()
    return known.get((country, fold(city))) or known.get((country, fold(first)), "") if city else ""


def rename_city(english: str, city: str, labels: Names) -> Names:
    """Say the city at the beginning of an airport's name as the languages do; in Arabic only where nothing follows."""
    proper = read_airport_name(english).proper
    if not city or not proper.casefold().startswith(city.casefold()):
        return {}
    rest = proper[len(city) :]
    if rest and rest[0].isalnum():
        return {}
    said = {
        language: name for language, name in labels.items() if language != SOURCE and not (rest and is_arabic(name))
    }
    return {language: name + rest for language, name in said.items()}


@cache
def airport_places() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the airports of known name, code and English name, by the place for them: their own, else their city."""
    known = {*(code for code, _, _ in read_known_places()), *read_exonyms()}
    rows = airportsdata.load("IATA")
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for code, names in read_airport_names().items():
        row = rows[code]
        own = row["country"] + code
        if place := own if own in known else city_of(row["country"], row["city"]):
            found[place] = (*found.get(place, ()), (code, names.get(SOURCE) or row["name"]))
    return found


def other_names() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what known places are called beside their label: in other languages, and by their airports."""
    for code, _, aliases in read_known_places():
        yield code, aliases
    for code, names in read_exonyms().items():
        yield code, tuple(names.values())
    curated = read_airport_names()
    for place, airports in airport_places().items():
        english = [read_airport_name(name).proper for _, name in airports]
        own = [name for code, _ in airports for language, name in curated[code].items() if language != SOURCE]
        yield place, tuple(dict.fromkeys((*english, *own)))


@cache
def _known_cities() -> dict[tuple[str, str], str]:
    """Map country and name to the place that is known by it."""
    found: dict[tuple[str, str], str] = {}
    for code, name, aliases in read_known_places():
        for text in (name, *aliases):
            found.setdefault((code[:2], fold(text)), code)
    for code, names in read_exonyms().items():
        for text in names.values():
            found.setdefault((code[:2], fold(text)), code)
    for code, (name, _, _) in read_ports().items():
        if code in read_exonyms():
            found.setdefault((code[:2], fold(name)), code)
    return found


@cache
def _arabic_names() -> dict[str, Names]:
    """Return the first Arabic name among the aliases of each known place."""
    found = ((code, [name for name in aliases if is_arabic(name)]) for code, _, aliases in read_known_places())
    return {code: {"ar": names[0]} for code, names in found if names}


def is_arabic(name: str) -> bool:
    """Tell whether a name begins with an Arabic letter."""
    return "\u0621" <= name[0] <= "\u064a"


def locate(latitude: float, longitude: float) -> dict[str, float]:
    """Return a position as attributes, nothing where there is none."""
    if latitude != latitude:
        return {}
    return {"latitude": round(latitude, 4), "longitude": round(longitude, 4)}
