"""The change on the year before as figures show it, with the note on who is compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opencen.analysis.answers import Note
from opencen.analysis.measures.comparison import compare_years, is_comparable
from opencen.analysis.measures.reader import Reader


def compare_members(
    reader: Reader, dimension: str, measure: str, asked: Sequence[str] = ()
) -> tuple[dict[Any, float | None], float | None, tuple[Note, ...]]:
    """Return the change of every member and of the whole as shares, with the note on who is compared."""
    if not is_comparable(reader.selection):
        return {}, None, ()
    found = compare_years(reader)
    changes = {member: change.share for member, change in found.changes(dimension, measure, asked).items()}
    if dimension == "office":  # an office that did not report in both years has no change, rather than a large one
        changes = {member: share for member, share in changes.items() if member in found.offices}
    note = Note("comparison.offices", {"count": len(found.offices)})
    return changes, found.total(measure).share, (note,)
