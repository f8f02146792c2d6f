"""What a number stands for where no dimension says it: a leg of routes, a country in any part, a place on the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opencen.analysis.measures.tables import Table, Value, ibis

BETWEEN = ">"
PARTS = "|"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the cases behind a number: its words, the list of its codes, and which rows it means."""

    label: str | Promise
    codelist: str
    condition: Callable[[Table, str], Value]


def _has_leg(table: Table, code: str) -> Value:
    """Return the condition that a route goes from one country straight to the next."""
    first, _between, second = code.partition(BETWEEN)
    count = table.legs.length()
    pairs = table.legs[0 : count - 1].zip(table.legs[1:count])
    found = pairs.filter(lambda pair: (pair["f1"]["country"] == first) & (pair["f2"]["country"] == second))
    return (count > 1) & (found.length() > 0)


def _names_country(table: Table, code: str) -> Value:
    """Return the condition that a case names a country in any part."""
    named = table.legs.filter(lambda leg: leg["country"] == code).length() > 0
    others = [(table[name] == code).fill_null(False) for name in ("country", "goods_origin")]
    return named.fill_null(False) | others[0] | others[1]


def _is_place(table: Table, code: str) -> Value:
    """Return the condition that goods were found at a place, told apart to about a kilometre."""
    locode, latitude, longitude, precision = (*code.split(PARTS), "", "", "", "")[:4]
    found = ibis.literal(True)
    for values, said in ((table.locode, locode), (table.place_precision, precision)):
        found = found & (values == said if said else values.isnull())
    for values, said in ((table.latitude.round(2), latitude), (table.longitude.round(2), longitude)):
        found = found & (values == _degrees(said) if said else values.isnull())
    return found


def _degrees(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return float("inf")  # nowhere


WAYS = {
    "leg": Way(_("Leg"), "country", _has_leg),
    "involved": Way(_("Country"), "country", _names_country),
    "spot": Way(_("Place"), "place", _is_place),
}


def split_way(name: str, code: str) -> tuple[str, ...]:
    """Return the codes that a way names, for its words."""
    return tuple(code.split(BETWEEN)) if name == "leg" else (code.split(PARTS)[0] or code.replace(PARTS, " ").strip(),)
