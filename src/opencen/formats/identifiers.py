"""Notice what spreadsheets do to identifiers: numbers cut short, zeros lost. Nothing is put back unasked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from opencen.formats.tables import Cell, write_cell
from opencen.records.schema import Annotations

USUAL_SHARE = 0.8
FEWEST = 3


def usual_width(cells: Iterable[Cell], leaf: Annotations) -> int:
    """Return how many digits the numbers of a column have, where some begin with zero and nearly all agree; else 0."""
    if leaf.codelist or leaf.free_text or leaf.kind not in ("text", "identifier"):
        return 0
    widths: Counter[int] = Counter()
    zeros = 0
    for cell in cells:
        text = write_cell(cell)
        if text.isdigit():
            widths[len(text)] += 1
            zeros += text.startswith("0")
    if zeros < FEWEST:
        return 0
    width, count = widths.most_common(1)[0]
    return width if count >= widths.total() * USUAL_SHARE else 0


def lost_zeros(value: object, width: int) -> str:
    """Return what a number would be with the zeros it lacks; empty where it lacks none."""
    return value.zfill(width) if isinstance(value, str) and value.isdigit() and len(value) < width else ""
