"""What the values of a whole column prove: the order of its dates, its decimal mark, the weekday beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opencen.formats.dates import date_readings, weekday_of
from opencen.formats.tables import Cell, write_cell

WEEKDAY_SHARE = 0.6
FEWEST = 3


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """How many dates of a column prove which order.

    `dmy` and `mdy` are proven by a month that does not exist or by a weekday; `agrees` and `contradicts` count the
    weekdays beside the dates; `is_turned` says that the spreadsheet seems to have read the dates in the wrong order.
    """

    dmy: int = 0
    mdy: int = 0
    undecided: int = 0
    agrees: int = 0
    contradicts: int = 0
    is_turned: bool = False

    @property
    def order(self) -> str:
        """Return the one order that is proven and that nothing contradicts; empty where none is."""
        if bool(self.dmy) == bool(self.mdy):
            return ""
        return "dmy" if self.dmy else "mdy"

    def __add__(self, other: DateEvidence) -> DateEvidence:
        return DateEvidence(
            self.dmy + other.dmy,
            self.mdy + other.mdy,
            self.undecided + other.undecided,
            self.agrees + other.agrees,
            self.contradicts + other.contradicts,
            self.is_turned or other.is_turned,
        )


def weigh_dates(cells: Sequence[Cell], weekdays: Sequence[Cell] = ()) -> DateEvidence:
    """Weigh the dates of a column, with the weekdays beside them where a column holds them."""
    counts = {"dmy": 0, "mdy": 0, "undecided": 0, "agrees": 0, "contradicts": 0}
    for place, cell in enumerate(cells):
        if not isinstance(cell, str) or not cell:
            continue
        beside = weekdays[place] if place < len(weekdays) else None
        _weigh(date_readings(cell), weekday_of(beside) if isinstance(beside, str) else None, counts)
    return DateEvidence(**counts, is_turned=_seem_turned(cells))


def _weigh(ways: dict[str, str], weekday: int | None, counts: dict[str, int]) -> None:
    days = set(ways.values())
    fitting = {name for name, day in ways.items() if date.fromisoformat(day).weekday() == weekday}
    if weekday is not None and days:
        counts["agrees" if fitting else "contradicts"] += 1
    if len(ways) == 1:
        only = next(iter(ways))
        if only in counts:
            counts[only] += 1
    elif len(days) > 1:
        proven = fitting & {"dmy", "mdy"}
        counts[proven.pop() if len(proven) == 1 else "undecided"] += 1


def _seem_turned(cells: Sequence[Cell]) -> bool:
    """Tell whether a spreadsheet made dates of what it could read month first, and left the rest as texts."""
    real = [cell for cell in cells if isinstance(cell, date | datetime)]
    left = [set(date_readings(cell)) for cell in cells if isinstance(cell, str) and cell]
    texts = [ways for ways in left if ways]
    return len(real) >= FEWEST and len(texts) >= FEWEST and all(cell.day <= 12 for cell in real) and all(
        ways in ({"dmy"}, {"mdy"}) for ways in texts
    )  # fmt: skip


def is_weekday_column(cells: Iterable[Cell]) -> bool:
    """Tell whether a column holds the names of weekdays."""
    filled = [cell for cell in cells if write_cell(cell)]
    named = sum(isinstance(cell, str) and weekday_of(cell) is not None for cell in filled)
    return len(filled) >= FEWEST and named >= len(filled) * WEEKDAY_SHARE


def decimal_marks(texts: Iterable[str]) -> tuple[int, int]:
    """Count the numbers that can only have a decimal comma, and those that can only have a decimal point."""
    commas = points = 0
    for text in texts:
        commas += "," in text and "." not in text and not _is_grouped(text, ",")
        points += "." in text and "," not in text and not _is_grouped(text, ".")
    return commas, points


def _is_grouped(text: str, mark: str) -> bool:
    return text.count(mark) > 1 or len(text.rpartition(mark)[2]) == 3
