"""The fact tables as Ibis sees them: unbound, so that the same expression runs on any engine."""

from __future__ import annotations

from functools import cache
from typing import Any

from opencen.analysis.facts.columns import TABLES
from opencen.kernel.later import load_later

# Ibis is not typed well enough to say more of its expressions than that they are expressions.
Table = Any
Value = Any
ibis: Any = load_later("ibis")

# What a kind of column is called where it is not its own name.
_KINDS = {
    "moment": "timestamp",
    "quantity": "decimal(38, 9)",
    "texts": "array<string>",
    "legs": "array<struct<role: string, country: string, mode: string>>",
    "persons": "array<struct<nationality: string, sex: string, age_band: string, arrested: boolean>>",
    "sums": "array<struct<currency: string, amount: decimal(38, 9)>>",
    "measures": "array<struct<family: string, base_unit: string, quantity: decimal(38, 9), stage: string>>",
    "national": "map<string, string>",
}


@cache
def fact_table(name: str) -> Table:
    """Return a fact table as an expression."""
    columns = {column.name: ibis.dtype(_KINDS.get(column.kind, column.kind)) for column in TABLES[name]}
    return ibis.table(columns, name=name)


def column_types(name: str) -> dict[str, str]:
    """Return what each column of a fact table is called by Ibis."""
    return {column.name: _KINDS.get(column.kind, column.kind) for column in TABLES[name]}
