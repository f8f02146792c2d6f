"""Notice what spreadsheets do to identifiers: numbers cut short, zeros lost. Nothing is put back unasked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from opencen.formats.tables import Cell, write_cell
from opencen.kernel.text import identifier_key
from opencen.records.schema import Annotations

USUAL_SHARE = 0.8
FEWEST = 3
# How identifiers look, whether or not their check digit fits.
SHAPES = {
    "iso6346": re.compile(r"[A-Z]{3}[UJZR]\d{6,7}"),
    "imo": re.compile(r"IMO\d{7}"),
    "s10": re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}"),
    "iata_awb": re.compile(r"\d{11}"),
    "vin": re.compile(r"(?=.*\d)(?=.*[A-Z])[A-HJ-NPR-Z0-9]{17}"),
}
_BETWEEN = re.compile(r"\s*[/;\n|]\s*")


def looks_like(identifier: str, text: str) -> bool:
    """Tell whether a text has the shape of an identifier of a kind."""
    shape = SHAPES.get(identifier)
    return shape is not None and bool(shape.fullmatch(identifier_key(text)))


def parts_of_kinds(text: str) -> list[str]:
    """Take a cell apart where one of its parts is an identifier by its shape; else it is one value."""
    parts = [part for part in _BETWEEN.split(text) if part]
    is_several = len(parts) > 1 and any(looks_like(kind, part) for kind in SHAPES for part in parts)
    return parts if is_several else [text] if text else []


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
