"""What several rules ask of a case; documents come as models, so values are Decimals and lists."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.kernel.errors import Invalid
from opencen.kernel.partial_dates import PartialDate
from opencen.kernel.quantities import convert
from opencen.seizures.quantities import unit_of


def under(codelist: str, value: str | None, *ancestors: str) -> bool:
    """Tell whether a code is one of the ancestors or below it."""
    return value is not None and any(get_list(codelist).is_under(value, ancestor) for ancestor in ancestors)


def date_of(stated: str | None) -> PartialDate | None:
    """Read a date that the schema has accepted; a moment without zone was refused before."""
    if not stated:
        return None
    try:
        return PartialDate.parse(stated)
    except Invalid:
        return None


def quantities_of(line: Any) -> Iterator[tuple[str, Any]]:
    """Yield (path, statement) for a line and every part of it that states a quantity with a unit."""
    path = f"lines[{line.id}]"
    if line.quantity is not None and line.unit:
        yield path, line
    for name in ("measures", "assessments"):
        for part in getattr(line, name):
            if part.quantity is not None and part.unit:
                yield f"{path}.{name}[{part.id}]", part


def in_unit(quantity: Decimal, unit: str, to: str) -> Decimal | None:
    """Convert a quantity, or return None where the two units cannot be converted."""
    first, second = unit_of(unit), unit_of(to)
    if first is None or second is None or first.family != second.family:
        return None
    if first.factor is None or second.factor is None or quantity < 0:
        return None
    return convert(quantity, first, second)


def country_of(leg: Any) -> str:
    """Return the country of a stop of the route: as stated, else that of its place."""
    return leg.country or (get_list("place").attribute(leg.place, "country", "") if leg.place else "") or ""


def is_known(value: str | None) -> bool:
    """Tell whether a code says something: neither empty nor unknown nor not applicable."""
    return value not in (None, "", "unknown", "not_applicable")
