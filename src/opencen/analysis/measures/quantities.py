"""Quantities: added within one unit family only; mixing families is an error, not a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opencen.analysis.measures.dimensions import dimension, spread_rows
from opencen.analysis.measures.reader import Reader, held_table
from opencen.analysis.measures.tables import Table
from opencen.kernel.errors import Invalid


def quantities_by(reader: Reader, dimensions: Sequence[str], family: str = "") -> list[tuple[Any, ...]]:
    """Return (members, base unit, sum, lines) by dimensions for one family; raise Invalid where several would mix.

    A weight and a count of the same goods are alternative measures of one line: each stands in its own family.
    """
    rows = _measures(reader.cases, dimensions)
    measured = held_table(rows, "measured")
    if family:
        measured = measured.filter(measured.family == family)
    if family in ("", "value"):
        _refuse_mixing(reader, measured, rows)
    keys = [f"by_{name}" for name in dimensions]
    found = measured.group_by([*keys, "base_unit"]).agg(total=measured.quantity.sum(), lines=measured.count())
    return reader.fetch(found, measured=rows)


def cases_measured(reader: Reader, dimensions: Sequence[str], family: str = "") -> dict[tuple[Any, ...], int]:
    """Return by members how many cases were measured in a family: what their quantity rests on."""
    measured = _measures(reader.cases, dimensions)
    if family:
        measured = measured.filter(measured.family == family)
    keys = [f"by_{name}" for name in dimensions]
    counted = measured.group_by(keys).agg(cases=measured.record_id.nunique())
    return {row[:-1]: row[-1] for row in reader.fetch(counted)}


def cases_of_money(reader: Reader, dimensions: Sequence[str], column: str) -> dict[tuple[Any, ...], int]:
    """Return by members how many cases state a value or duties."""
    table = reader.cases.filter(reader.cases[column].notnull())
    return {row[:-1]: row[-1] for row in reader.tabulate_rows(table, dimensions, ("cases",))}


def _measures(table: Table, dimensions: Sequence[str]) -> Table:
    """Return one row for every measure of a line, at most one a family, in nine decimals as the facts hold it."""
    table = spread_rows(table, dimensions)
    members = {f"by_{name}": dimension(name).values(table) for name in dimensions}
    each = table.select("record_id", one=table.measures.unnest(), **members)
    parts = {name: each.one[name] for name in ("family", "base_unit", "quantity")}
    return each.select("record_id", *members, **parts)


def _refuse_mixing(reader: Reader, measured: Table, rows: Table) -> None:
    """Refuse two families, and two currencies of the one that is money."""
    found = reader.fetch(measured.select("family", "base_unit").distinct(), measured=rows)
    families = sorted({row[0] for row in found})
    units = sorted({row[1] for row in found})
    if len(families) > 1:
        raise Invalid("measure.mixed_families", families=families)
    if families == ["value"] and len(units) > 1:
        raise Invalid("measure.mixed_currencies", units=units)


def money_by(reader: Reader, dimensions: Sequence[str], column: str) -> list[tuple[Any, ...]]:
    """Return (members, sum) of value or duties in the country's own money; raise Invalid where several would mix."""
    table = spread_rows(reader.cases, dimensions)
    members = {f"by_{name}": dimension(name).values(table) for name in dimensions}
    stated = table.filter(table[column].notnull())
    units = sorted(row[0] for row in reader.fetch(stated.select("own_currency").distinct()))
    if len(units) > 1:
        raise Invalid("measure.mixed_currencies", units=units)
    rows = table.select(amount=table[column], **members)
    sums = {"total": rows.amount.sum()}
    found = rows.group_by(list(members)).agg(**sums) if members else rows.agg(**sums)
    return reader.fetch(found)


def rates_used(reader: Reader) -> dict[str, Any]:
    """Return the money of a sum, how many lines rest on a stated rate, whose, and how many amounts lack one."""
    table = reader.cases
    is_rated = table.rate_source.notnull()
    counted = table.agg(
        currency=table.own_currency.max(where=table.value_own.notnull() | table.duties_own.notnull()),
        rated=is_rated.sum(),
        unrated=table.unrated.sum(),
    )
    currency, rated, unrated = reader.fetch(counted)[0]
    sources = reader.fetch(table.filter(is_rated).select("rate_source").distinct().order_by("rate_source").limit(4))
    names = tuple(str(row[0]) for row in sources)
    return {"currency": currency or "", "rated": int(rated or 0), "unrated": int(unrated or 0), "sources": names}


def mixed_cells(reader: Reader, dimensions: Sequence[str], family: str = "") -> tuple[tuple[Any, ...], list[str]]:
    """Return the first members whose quantities cannot be added, with their families or currencies."""
    measured = _measures(reader.cases, dimensions)
    if family:
        measured = measured.filter(measured.family == family)
    keys = [f"by_{name}" for name in dimensions]
    kind = measured.base_unit if family == "value" else measured.family
    kinds: dict[tuple[Any, ...], set[str]] = {}
    for row in reader.fetch(measured.select(*keys, kind=kind).distinct()):
        kinds.setdefault(row[:-1], set()).add(row[-1])
    cell = max(kinds, key=lambda members: (len(kinds[members]), str(members)), default=())
    mixed = kinds.get(cell, set())
    # Where no cell is mixed by itself, it is the totals of the table that would add several kinds.
    return cell, sorted(mixed if len(mixed) > 1 else {kind for found in kinds.values() for kind in found})
