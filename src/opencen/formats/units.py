"""One record that rows of a file state, with the cells that its values came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from opencen.formats.cells import Issue
from opencen.formats.placing import PER_ROW, Canonical


@dataclass(slots=True)
class Unit:
    """One record that rows state: where it comes from, what it says, and what was found while reading."""

    record_id: UUID
    numbers: list[int] = field(default_factory=list)
    base: int | None = None
    document: Canonical = field(default_factory=dict)
    issues: list[tuple[int, Issue]] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    blanks: dict[str, tuple[int, int]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def add(self, number: int, code: str, level: str, column: int = -1, path: str = "", **data: Any) -> None:
        """Keep what was found in a row."""
        self.issues.append((number, Issue(code, level, column, path, data)))

    def cell_of(self, path: str) -> tuple[int, int]:
        """Return the row and column that a path's value came from, or the empty cell it would have come from.

        A group leads to its first cell, a field of a line that no column gives to the line's row; 0 and -1 are none.
        """
        if path in self.blanks and path not in self.places:
            return self.blanks[path]
        around = path
        while around:
            if around in self.places:
                return self.places[around]
            around = around.rpartition(".")[0]
        item, bracket, _ = path.partition("]")
        rows = {row for at, (row, _) in self.places.items() if at.startswith(f"{item}].")} if bracket else set()
        return (rows.pop(), -1) if item.startswith(f"{PER_ROW}[") and len(rows) == 1 else (0, -1)

    def has(self, level: str) -> bool:
        """Tell whether an issue of a level was found."""
        return any(issue.level == level for _, issue in self.issues)
