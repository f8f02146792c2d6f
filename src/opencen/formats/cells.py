"""What a cell says once it is read, and what was found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SHOWN = 80


@dataclass(frozen=True, slots=True)
class Issue:
    """What was found in a cell: `level` question means that the row waits for an answer."""

    code: str
    level: str
    column: int
    path: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What a cell says: the value (None: nothing), and what was found on the way.

    `beside` are values for the fields around it that the same cell states; `more` are further measures of the
    same goods, as (quantity, unit); `items` are values for further items of the list.
    """

    value: Any = None
    code: str = ""
    level: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    is_touch: bool = False
    beside: dict[str, str] = field(default_factory=dict)
    more: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Bring spellings of one value together: spaces and capitals do not tell values apart."""
    return " ".join(text.replace("\xa0", " ").split()).casefold()


def refuse(code: str, text: str, **data: Any) -> Reading:
    """Say why a cell cannot be read."""
    return Reading(None, code, "error", {"value": text[:SHOWN], **data})
