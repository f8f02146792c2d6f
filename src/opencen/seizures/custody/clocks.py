"""How long goods of a kind may wait for what, and by how much a weighing may differ: shipped, or set by the country."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

import orjson

from opencen.codelists.catalogue import get_list
from opencen.kernel.errors import NotFound
from opencen.seizures.custody.models import ClockSetting

WHOLE = ("store_hours", "laboratory_hours", "result_days", "inventory_days")
SHARES = ("tolerance_percent", "tolerance_least")
COLUMNS = (*WHOLE, *SHARES)
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clocks:
    """What holds for an exhibit; None where nothing is asked."""

    store_hours: int | None
    laboratory_hours: int | None
    result_days: int | None
    inventory_days: int | None
    tolerance_percent: Decimal
    tolerance_least: Decimal

    def tolerance(self, expected: Decimal, unit: str) -> Decimal:
        """Return by how much a weighing may differ from what is expected; the least one (in kg) is for weights."""
        share = abs(expected) * self.tolerance_percent / 100
        units = get_list("unit")
        if unit not in units or units.attribute(unit, "family") != "mass":
            return share
        return max(share, self.tolerance_least / Decimal(str(units.attribute(unit, "factor"))))


@cache
def shipped() -> dict[str, Row]:
    """Return the shipped values by commodity."""
    text = resources.files("opencen.seizures.custody.data").joinpath("clocks.csv").read_text("utf-8")
    return {row.pop("commodity"): row for row in csv.DictReader(text.splitlines())}


def set_values() -> dict[str, Row]:
    """Return what administrators set, by commodity."""
    return {row.commodity: orjson.loads(row.values) for row in ClockSetting.objects.all()}


def clocks_for(commodity: str, settings: Mapping[str, Row] | None = None) -> Clocks:
    """Return what holds for goods: each value from the nearest code above that says it; "-" says nothing is asked."""
    given = set_values() if settings is None else settings
    known = shipped()
    rows = [row for code in _upwards(_standard(commodity)) for row in (given.get(code, {}), known.get(code, {}))]
    found = {name: next((row[name] for row in rows if row.get(name)), "-") for name in COLUMNS}
    store, laboratory, result, inventory = (_whole(found.get(name)) for name in WHOLE)
    percent, least = (_share(found.get(name)) for name in SHARES)
    return Clocks(store, laboratory, result, inventory, percent, least)


def _whole(value: str | None) -> int | None:
    return None if value in (None, "-") else int(value or 0)


def _share(value: str | None) -> Decimal:
    return Decimal(0) if value in (None, "-") else Decimal(value or 0)


def _standard(commodity: str) -> str:
    try:
        return get_list("commodity").standard(commodity) if commodity else ""
    except NotFound:
        return commodity


def _upwards(code: str) -> list[str]:
    parts = code.split(".") if code else []
    return [".".join(parts[:count]) for count in range(len(parts), -1, -1)]
