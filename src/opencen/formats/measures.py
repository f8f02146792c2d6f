"""Read numbers and measures as registers write them; what can be read in two ways, or holds two, waits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from opencen.codelists.catalogue import get_list, resolve
from opencen.formats.cells import Reading, refuse
from opencen.formats.mapping import ColumnMap
from opencen.formats.money import read_sum
from opencen.formats.tables import Cell
from opencen.kernel.errors import Invalid
from opencen.kernel.quantities import parse_decimal

LANGUAGES = ("en", "fr", "es", "ar", "pt", "ru")
MAX_DECIMALS = 9
_SEVERAL = re.compile(r"\d\s*(?:-|–|/|;|\bto\b|\bà\b|\bou\b|\bor\b)\s*\d")
_MEASURE = re.compile(r"([+-]?\d(?:[\d.,'’\s]*\d)?)\s*([^\W\d_][^\d+&/;,]*|%)\s*(?:[+&/;,]|\bet\b|\band\b|\by\b|و)?\s*")
_ABOUT = re.compile(
    r"(?:env(?:iron)?\.?|approx(?:\.|imately)?|about|circa|ca\.?|c\.|around|aprox\.?|cerca de|±|~|≈|\+/-|حوالي|نحو)"
    r"\s*(.+)",
    re.IGNORECASE,
)
Measure = tuple[str, str]


def read_number(cell: Cell, text: str, entry: ColumnMap) -> Reading:
    """Read a number, with its unit where the cell states one."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Reading(format(_without_tail(Decimal(text)), "f"))
    if text.startswith("#"):
        return refuse("import.broken_formula", text)
    if about := _ABOUT.fullmatch(text):
        inner = read_number(about[1], about[1].strip(), entry)
        if inner.value is not None:
            return refuse("number.approximate", text, would_be=[about[1].strip() if inner.beside else str(inner.value)])
    measures = read_measures(text, entry)
    if measures:
        return _read_measures(text, measures, entry)
    if _SEVERAL.search(text):
        return refuse("import.several_values", text)
    try:
        return read_sum(text, entry, partial(_number, entry=entry)) or Reading(_number(text, entry))
    except Invalid as error:
        return refuse(error.code, text, **{k: v for k, v in error.data.items() if k != "value"})


def _number(text: str, entry: ColumnMap) -> str:
    return format(parse_decimal(text, {"comma": True, "point": False}.get(entry.decimal)), "f")


def _without_tail(value: Decimal) -> Decimal:
    """Cut what a binary fraction left behind the ninth decimal, which no field keeps."""
    exponent = value.as_tuple().exponent
    return round(value, MAX_DECIMALS) if isinstance(exponent, int) and -exponent > MAX_DECIMALS else value


def read_measures(text: str, entry: ColumnMap) -> list[Measure]:
    """Take a cell apart into (number, unit) as long as all of it is such pairs; else it is none."""
    found: list[Measure] = []
    place = 0
    while place < len(text):
        match = _MEASURE.match(text, place)
        unit = resolve("unit", match[2].strip().rstrip("."), LANGUAGES) if match else None
        if match is None or unit is None:
            return []
        try:
            found.append((_number(match[1], entry), unit.code))
        except Invalid:
            return []
        place = match.end()
    return found


def _read_measures(text: str, measures: Sequence[Measure], entry: ColumnMap) -> Reading:
    (quantity, unit), *more = measures
    if not more:
        stated = entry.beside.get("unit")
        if stated and stated != unit:
            return refuse("import.unit_differs", text, stated=stated)
        return Reading(quantity, beside={"unit": unit})
    same_family = len({family_of(unit) for _, unit in measures}) == 1
    if entry.split == "sum" and same_family:
        return _sum(measures) or refuse("import.two_measures", text, would_be=write_measures(measures))
    if entry.split == "measures" and not same_family:
        return Reading(quantity, beside={"unit": unit}, more=tuple(more))
    return refuse("import.two_measures", text, would_be=write_measures(measures))


def _sum(measures: Sequence[Measure]) -> Reading | None:
    """Add the parts of one weight in the unit of the first."""
    codes = get_list("unit")
    first = measures[0][1]
    factors = [codes.attribute(unit, "factor") for _, unit in measures]
    if any(factor is None for factor in factors):
        return None
    whole = sum(Decimal(number) * Decimal(str(f)) for (number, _), f in zip(measures, factors, strict=True))
    value = (whole / Decimal(str(factors[0]))).normalize()
    return Reading(format(value, "f"), beside={"unit": first})


def family_of(unit: str) -> str:
    """Return the family that a unit belongs to."""
    return str(get_list("unit").attribute(unit, "family", ""))


def write_measures(measures: Sequence[Measure]) -> list[str]:
    """Write measures one by one."""
    return [f"{number} {unit}" for number, unit in measures]
