"""Members of dimensions in answers: their order, and the way to their records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from opencen.analysis.measures.selection import EMPTY

UNKNOWN = "unknown"
Row = tuple[Any, ...]


def order_by_value(rows: Iterable[Row], value: int) -> list[Row]:
    """Order rows by a value, the largest first; unknown and empty stand last, and stay."""
    return sorted(rows, key=lambda row: (is_silent(row[0]), -(row[value] or 0), str(row[0])))


def is_silent(member: Any) -> bool:
    """Tell whether a member says nothing: unknown, or empty."""
    return member in (None, UNKNOWN)


def link_to(parameter: str, member: Any) -> dict[str, tuple[str, ...]]:
    """Return what narrows a list to one member of a dimension."""
    return {parameter: (EMPTY if member is None else str(member),)}


def order_members(totals: dict[Any, int]) -> list[Any]:
    """Order members by their totals, the silent ones last."""
    return [row[0] for row in order_by_value(totals.items(), 1)]


def lay_out(rows: Sequence[Row]) -> tuple[list[Any], list[Any], dict[tuple[Any, Any], int]]:
    """Lay (row, column, value) out as a grid: ordered rows, ordered columns and the cells."""
    across: dict[Any, int] = {}
    down: dict[Any, int] = {}
    for row, column, value in rows:
        down[row] = down.get(row, 0) + value
        across[column] = across.get(column, 0) + value
    return order_members(down), order_members(across), {(row, column): value for row, column, value in rows}
