"""Small cells: covered in what is taken away, together with what would give them away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

# A number that rests on fewer cases says something of each of them.
LEAST = 5
# What stands in the place of a covered number.
COVERED = "*"
Cell = tuple[Any, Any]


def cover_cells(cases: Mapping[Cell, int], least: int = LEAST, also: Collection[Cell] = ()) -> set[Cell]:
    """Return the cells to cover: small ones, those named, and in each row and column what would give them away.

    With the totals shown beside, what is covered of a row is the total less the others: one cell alone, or several
    that hold a handful together, take the next smallest with them. Nought covers nothing.
    """
    covered = {cell for cell, count in cases.items() if 0 < count < least} | {cell for cell in also if cases.get(cell)}
    lines = list(_lines(cases))
    while more := {cell for line in lines if (cell := _give_away(line, cases, covered, least)) is not None}:
        covered |= more
    return covered


def _lines(cases: Mapping[Cell, int]) -> Iterator[list[Cell]]:
    """Yield the cells of each row and of each column that hold anything."""
    for side in (0, 1):
        found: dict[Any, list[Cell]] = {}
        for cell, count in cases.items():
            if count:
                found.setdefault(cell[side], []).append(cell)
        yield from found.values()


def _give_away(line: list[Cell], cases: Mapping[Cell, int], covered: set[Cell], least: int) -> Cell | None:
    """Return one further cell to cover where the total of a line would tell what is covered in it."""
    hidden = [cell for cell in line if cell in covered]
    if not hidden or (len(hidden) > 1 and sum(cases[cell] for cell in hidden) >= least):
        return None
    others = [cell for cell in line if cell not in covered]
    return min(others, key=lambda cell: (cases[cell], str(cell)), default=None)
