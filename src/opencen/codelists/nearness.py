"""Which places lie near an installation: its own country first, then its neighbours, then what its cases often name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from opencen.codelists.entries import Favour, alike
from opencen.codelists.known import REFERENCE, read_rows
from opencen.codelists.lists import NOTHING, CodeList

NEIGHBOURS = REFERENCE / "neighbours.csv"
LOCATED = frozenset({"place", "port", "airport"})
OWN, NEXT_DOOR, ELSEWHERE = 0, 1, 2


@cache
def neighbours(country: str) -> frozenset[str]:
    """Return the countries that touch a country, or lie across a near sea."""
    found = (row["neighbours"].split() for row in read_rows(NEIGHBOURS) if row["country"] == country)
    return frozenset(next(found, ()))


def favour_near(codes: CodeList, home: str, uses: Mapping[str, int] = NOTHING) -> Favour:
    """Favour, among what fits equally well, the places of a country, its neighbours' known ones, and the usual ones."""
    if codes.name not in LOCATED:
        return alike
    near = neighbours(home)

    def favour(code: str) -> tuple[int, int]:
        """Return how near a place lies, and how often it is used."""
        country = codes.attribute(code, "country", "") if codes.name == "airport" else code[:2]
        used = uses.get(code, 0)
        if country == home:
            return OWN, -used
        is_known = used > 0 or code in codes.prominent
        return (NEXT_DOOR if country in near and is_known else ELSEWHERE), -used

    return favour
