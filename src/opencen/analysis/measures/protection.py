"""Small cells: covered in what is taken away, together with what would give them away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from typing import Any

# A number that rests on fewer cases says something of each of them.
LEAST = 5
# What stands in the place of a covered number.
COVERED = "*"
Cell = tuple[Any, Any]


class Whole(Enum):
    """What stands in the place of a member where a row or a column is added up."""

    ALL = "all"


ALL = Whole.ALL


def cover_cells(
    cases: Mapping[Cell, int],
    least: int = LEAST,
    also: Collection[Cell] = (),
    totals: Mapping[Cell, int] | None = None,
) -> set[Cell]:
    """Return the cells to cover: small ones, those named, and in each row and column what would give them away.

    With the totals shown beside, what is covered of a row is the total less the others: one cell alone, or several
    that hold a handful together, take the next smallest with them. Nought covers nothing. Where totals are cells
    themselves (with ALL in the place of a member) they are covered by the same rules, one that could be added up anew
    takes a part with it, and a row that has nothing else to cover takes its total.
    """
    counts = {**cases, **(totals or {})}
    covered = {cell for cell, count in counts.items() if 0 < count < least} | {cell for cell in also if cases.get(cell)}
    lines = list(_lines(counts))
    while more := {cell for line in lines if (cell := _give_away(line, counts, covered, least)) is not None}:
        covered |= more
    return covered


def _lines(counts: Mapping[Cell, int]) -> Iterator[tuple[list[Cell], Cell]]:
    """Yield the cells of each row and of each column that hold anything, each with the cell of their total."""
    for side in (0, 1):
        found: dict[Any, list[Cell]] = {}
        for cell, count in counts.items():
            if count and cell[1 - side] is not ALL:
                found.setdefault(cell[side], []).append(cell)
        for member, line in found.items():
            yield line, ((member, ALL) if side == 0 else (ALL, member))


def _give_away(
    line: tuple[list[Cell], Cell], counts: Mapping[Cell, int], covered: set[Cell], least: int
) -> Cell | None:
    """Return one further cell to cover where a line would tell what is covered in it, or its covered total."""
    parts, total = line
    hidden = [cell for cell in parts if cell in covered]
    if total in covered:
        is_safe = bool(hidden)
    else:
        is_safe = not hidden or (len(hidden) > 1 and sum(counts[cell] for cell in hidden) >= least)
    if is_safe:
        return None
    others = [cell for cell in parts if cell not in covered]
    last = total if counts.get(total) else None
    return min(others, key=lambda cell: (counts[cell], str(cell)), default=last)
