"""Two dimensions against each other: the cells, their order, and the way to the records of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opencen.accounts.queries import office_tree
from opencen.analysis.answers import Answer, Column, Link, member_column
from opencen.analysis.measures.members import lay_out, link_to
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.selection import EMPTY, write_month

# By which name a list of cases is narrowed to a member of a dimension; by the others a list cannot be narrowed.
LISTED = {
    "section": "commodity",
    "flow": "commodity",
    "commodity": "commodity",
    "concealment": "concealment",
    "concealment_place": "concealment",
    **{name: name for name in ("kind", "form", "location_type", "direction", "detection_method", "mode")},
    **{name: name for name in ("departure", "destination", "month", "office")},
}


def link_cell(members: Mapping[str, Any]) -> Link | None:
    """Return what narrows a list to a cell; None where a list cannot be narrowed to all of its dimensions."""
    narrow: dict[str, tuple[str, ...]] = {}
    for name, member in members.items():
        parameter = LISTED.get(name)
        if parameter is None or parameter in narrow:
            return None
        narrow |= link_to(parameter, plain_member(name, member))
    return narrow


def plain_member(name: str, member: Any) -> Any:
    """Return a member as addresses write it: a month as 2026-06, an office by its code."""
    if member is None:
        return None
    if name == "month":
        return write_month(member)
    if name == "office":
        found = office_tree().by_id.get(member)
        return found.code if found else str(member)
    return member


def answer_grid(reader: Reader, question: Any, down: str, across: str, measured: Column) -> Answer:
    """Count seizures by two dimensions, each seizure in one cell, zeros among them."""
    counted = [row for row in reader.tabulate((down, across), ("seizures",)) if row[2]]
    rows, columns, cells = lay_out(counted)
    pairs = [(row, column) for row in rows for column in columns]
    return Answer(
        question.name,
        question.base,
        (member_column(down), member_column(across), measured),
        tuple((*pair, cells.get(pair, 0)) for pair in pairs),
        reader.snapshot.as_of,
        totals={"seizures": sum(cells.values())},
        links=tuple(link_cell({down: pair[0], across: pair[1]}) for pair in pairs),
        details={"rows": rows, "columns": columns, "down": down, "across": across},
    )


def members_filter(name: str, member: str) -> tuple[str, str]:
    """Return a member as the narrowing of a cell."""
    return name, member or EMPTY
