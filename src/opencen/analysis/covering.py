"""Covering an answer on its way out: on how many cases each number rests, and which of them are not shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from opencen.analysis.answers import Answer, Value
from opencen.analysis.grids import plain_member
from opencen.analysis.measures.protection import ALL, COVERED, LEAST, Cell, cover_cells
from opencen.analysis.measures.reader import Reader

NUMBERS = frozenset({"count", "share", "days", "quantity", "change"})
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layer:
    """Numbers that add up along rows and columns: the cases that each cell rests on, and where it stands."""

    cases: Mapping[Cell, int]
    spots: Mapping[Cell, tuple[Spot, ...]]
    also: Collection[Cell] = ()
    # The cases of the rows and columns added up, where their totals are shown, by cells with ALL in them.
    totals: Mapping[Cell, int] = field(default_factory=dict)

    def cover(self) -> set[Cell]:
        """Return the cells that are covered, totals among them."""
        return cover_cells(self.cases, also=self.also, totals=self.totals)


def cover_answer(answer: Answer, layers: Iterable[Layer], cases: int) -> Answer:
    """Put an asterisk for every number that rests on a handful of cases, or would give one away."""
    covered = [(layer, layer.cover()) for layer in layers]
    spots = {spot for layer, cells in covered for cell in cells for spot in layer.spots.get(cell, ())}
    sums = {cell for _layer, cells in covered for cell in cells if ALL in cell}
    rows = tuple(
        tuple(COVERED if (place, index) in spots else value for index, value in enumerate(row))
        for place, row in enumerate(answer.rows)
    )
    totals = answer.totals
    if answer.base != "offices":  # offices and months are no cases
        totals = {name: _cover_total(name, value, cases, bool(spots)) for name, value in totals.items()}
    if (ALL, ALL) in sums:
        totals = dict.fromkeys(totals, COVERED)
    details = {
        **answer.details,
        **_cover_sums(answer, sums),
        "covered": len(spots) + len(sums),
        "covered_spots": sorted(spots),
    }
    return replace(answer, rows=rows, totals=totals, details=details)


def _cover_sums(answer: Answer, covered: Collection[Cell]) -> dict[str, list[Value]]:
    """Cover the totals of rows and columns of a grid that shows them."""
    found = {}
    for name, members, whole in (
        ("row_totals", "rows", lambda member: (member, ALL)),
        ("column_totals", "columns", lambda member: (ALL, member)),
    ):
        if name in answer.details:
            pairs = zip(answer.details[members], answer.details[name], strict=True)
            found[name] = [COVERED if whole(member) in covered else value for member, value in pairs]
    return found


def _cover_total(name: str, value: Value, cases: int, is_any_covered: bool) -> Value:
    """Cover a total of a handful, and how much of it is known where that would tell a covered rest."""
    is_small = isinstance(value, int) and 0 < value < LEAST
    return COVERED if is_small or 0 < cases < LEAST or (name == "known" and is_any_covered) else value


def number_columns(answer: Answer, free: Collection[str] = ()) -> list[int]:
    """Return where the numbers stand that rest on cases."""
    return [place for place, column in enumerate(answer.columns) if column.kind in NUMBERS and column.name not in free]


def weigh_rows(
    answer: Answer, counts: Sequence[int], columns: Sequence[int], cells: Sequence[Cell] | None = None
) -> Layer:
    """Weigh the numbers of each row together by the row's cases.

    A count is worth what it says at most, and where all are nought there is nothing to cover.
    """
    named = cells or [(place, "") for place in range(len(answer.rows))]
    cases: dict[Cell, int] = {}
    spots: dict[Cell, tuple[Spot, ...]] = {}
    for place, (row, count, cell) in enumerate(zip(answer.rows, counts, named, strict=True)):
        said = [row[at] for at in columns if answer.columns[at].kind == "count" and row[at]]
        is_told = count and any(row[at] for at in columns)
        cases[cell] = min([count, *(int(value) for value in said)]) if is_told else 0
        spots[cell] = tuple((place, at) for at in columns)
    return Layer(cases, spots)


def weigh_columns(answer: Answer, names: Collection[str]) -> list[Layer]:
    """Weigh columns that count cases themselves, each by its own numbers."""
    found = []
    for at, column in enumerate(answer.columns):
        if column.name in names:
            found.append(weigh_rows(answer, [row[at] or 0 for row in answer.rows], [at]))
    return found


def cases_by(reader: Reader, dimensions: Sequence[str]) -> dict[tuple[Any, ...], int]:
    """Return the cases by members, as addresses write them."""
    return {
        tuple(write_member(name, member) for name, member in zip(dimensions, row[:-1], strict=True)): row[-1]
        for row in reader.tabulate(dimensions, ("cases",))
    }


def write_member(name: str, member: Any) -> Any:
    """Return a member as addresses write it, whether it is written so already or not."""
    return member if isinstance(member, str) else plain_member(name, member)
