"""Small cells: covered in what is taken away, together with what would give them away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# A number that rests on fewer cases says something of each of them.
LEAST = 5
Cell = tuple[Any, Any]


def cover_cells(cases: Mapping[Cell, int], least: int = LEAST) -> set[Cell]:
    """Return the cells to cover: small ones, and in each row and column with one alone the next smallest with it.

    With the totals shown beside, one covered cell would be the total less the others. Nought covers nothing.
    """
    covered = {cell for cell, count in cases.items() if 0 < count < least}
    while more := _give_aways(cases, covered):
        covered |= more
    return covered


def _give_aways(cases: Mapping[Cell, int], covered: set[Cell]) -> set[Cell]:
    """Return one further cell for each row and column in which a covered one stands alone."""
    more: set[Cell] = set()
    for side in (0, 1):
        for member in {cell[side] for cell in covered}:
            alone = [cell for cell in covered | more if cell[side] == member]
            others = [cell for cell, n in cases.items() if cell[side] == member and n and cell not in alone]
            if len(alone) == 1 and others:
                more.add(min(others, key=lambda cell: (cases[cell], str(cell))))
    return more
