"""Small cells are covered together with what would give them away."""

from __future__ import annotations

import random

import pytest

from opencen.analysis.measures.protection import ALL, cover_cells


@pytest.mark.parametrize("seed", range(40))
def test_no_covered_cell_can_be_worked_out_from_a_total(seed: int):
    dice = random.Random(seed)
    cells = {(row, column): dice.choice((0, 1, 3, 7, 20, 90)) for row in "abcd" for column in range(5)}
    covered = cover_cells(cells)
    assert {cell for cell, count in cells.items() if 0 < count < 5} <= covered
    assert not any(cells[cell] == 0 for cell in covered)
    for side in (0, 1):
        for member in {cell[side] for cell in cells}:
            line = [cell for cell in cells if cell[side] == member and cells[cell]]
            hidden = [cell for cell in line if cell in covered]
            assert len(hidden) != 1 or len(line) == 1


@pytest.mark.parametrize("seed", range(60))
def test_no_covered_cell_and_no_covered_total_stands_alone_in_what_adds_up(seed: int):
    dice = random.Random(seed)
    cells = {(row, column): dice.choice((0, 0, 1, 3, 7, 20, 90)) for row in "abcd" for column in range(4)}
    totals: dict[tuple[object, object], int] = {(ALL, ALL): sum(cells.values())}
    for (row, column), count in cells.items():
        for cell in ((row, ALL), (ALL, column)):
            totals[cell] = totals.get(cell, 0) + count
    covered = cover_cells(cells, totals=totals)
    whole = {**cells, **totals}
    assert {cell for cell, count in whole.items() if 0 < count < 5} <= covered
    assert not any(whole[cell] == 0 for cell in covered)
    for side in (0, 1):
        for member in {cell[side] for cell in whole}:
            line = [cell for cell in whole if cell[side] == member and whole[cell]]
            hidden = [cell for cell in line if cell in covered]
            if len(hidden) == 1:  # a table in which nothing else could be covered
                assert hidden == [(ALL, ALL)]
                assert whole[hidden[0]] < 5


def test_a_row_with_nothing_else_to_cover_covers_its_total():
    cells = {("a", 1): 2, ("b", 1): 40, ("b", 2): 50}
    totals = {("a", ALL): 2, ("b", ALL): 90, (ALL, 1): 42, (ALL, 2): 50, (ALL, ALL): 92}
    assert cover_cells(cells, totals=totals) >= {("a", 1), ("a", ALL), ("b", ALL)}


def test_where_nothing_is_small_nothing_is_covered():
    assert cover_cells({("a", 1): 5, ("b", 1): 0, ("a", 2): 100}) == set()


def test_a_small_cell_takes_the_next_smallest_of_its_row_with_it():
    assert cover_cells({("a", 1): 2, ("a", 2): 9, ("a", 3): 30, ("b", 1): 40, ("b", 2): 50, ("b", 3): 60}) == {
        ("a", 1), ("a", 2), ("b", 1), ("b", 2),
    }  # fmt: skip
