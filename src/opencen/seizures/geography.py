"""Where a place lies: by its own coordinates, else by its code's, else somewhere in its country, and said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

from opencen.codelists.catalogue import get_list


@dataclass(frozen=True, slots=True)
class Position:
    """A point with its precision; one of precision `country` is never shown as a place."""

    latitude: float
    longitude: float
    precision: str


def position_of(place: Mapping[str, Any]) -> Position | None:
    """Return where a place of a document lies: stated coordinates, else those of its UN/LOCODE."""
    if place.get("latitude") is not None and place.get("longitude") is not None:
        precision = place.get("precision") or "exact"
        return Position(float(place["latitude"]), float(place["longitude"]), precision)
    return position_of_code(place.get("locode") or place.get("place"), place.get("country"))


def position_of_code(place: str | None, country: str | None = None) -> Position | None:
    """Return where a UN/LOCODE lies, else the middle of its country's airports."""
    codes = get_list("place")
    if place:
        latitude, longitude = codes.attribute(place, "latitude"), codes.attribute(place, "longitude")
        if latitude is not None and longitude is not None:
            return Position(float(latitude), float(longitude), "locality")
        country = country or codes.attribute(place, "country")
    return _centres(get_list("airport").version).get(country or "")


@cache
def _centres(version: str) -> dict[str, Position]:
    """Find a point in the middle of each country: the median of its airports, which no outlying island moves."""
    by_country: dict[str, list[tuple[float, float]]] = {}
    for code in get_list("airport"):
        found = code.attributes
        if found.get("latitude") is not None and found.get("country"):
            by_country.setdefault(found["country"], []).append((float(found["latitude"]), float(found["longitude"])))
    return {
        country: Position(median(a for a, _ in points), median(b for _, b in points), "country")
        for country, points in by_country.items()
    }
