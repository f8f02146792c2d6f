"""Read a zone as it was typed, pasted or scanned: in any spacing and case, its fillers counted wrongly or confused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from opencen.kernel.errors import Invalid
from opencen.kernel.mrz.repair import MrzSuggestion, suggest
from opencen.kernel.mrz.shapes import (
    ANY,
    FILLER,
    SHAPES,
    TOTALS,
    MrzProblem,
    Shape,
    cut,
    find_problems,
    shape_of,
)
from opencen.kernel.mrz.zone import Zone, is_possible, read_zone

MOST_CHARACTERS = 400
_DOUBLE = str.maketrans({"«": "<<", "《": "<<", "≪": "<<"})
_SINGLE = str.maketrans({"«": "<", "《": "<", "≪": "<"})
_FILLERS = str.maketrans({"‹": "<", "〈": "<", "＜": "<", "˂": "<", "ᐸ": "<", "(": "<", "[": "<", "{": "<"})
_RUN = re.compile("<+")


@dataclass(frozen=True, slots=True)
class MrzReading:
    """A zone as read: its lines, what they say, what is wrong with them, and what they may have been."""

    format: str
    lines: tuple[str, ...]
    zone: Zone
    problems: tuple[MrzProblem, ...]
    suggestions: tuple[MrzSuggestion, ...]

    @property
    def is_valid(self) -> bool:
        """Tell whether every character and every check digit is right."""
        return not self.problems


def read_mrz(text: str, *, today: date) -> MrzReading:
    """Read a zone; what is wrong inside it stands in the reading, what is no zone at all is refused."""
    shape, lines = _take_apart(text)
    problems = find_problems(shape, lines) or _date_problems(shape, lines)
    suggestions = suggest(shape, lines, problems)
    return MrzReading(shape.name, lines, read_zone(shape, lines, today), tuple(problems), tuple(suggestions))


def require_mrz(text: str, *, today: date, path: str = "") -> Zone:
    """Return what a zone says, or raise Invalid with the first thing that is wrong and what it would be."""
    reading = read_mrz(text, today=today)
    for problem in reading.problems:
        would_be = reading.suggestions[0].would_be if reading.suggestions else ""
        raise Invalid(
            problem.code, path=path, part=problem.field, line=problem.line + 1, would_be=would_be, **problem.data
        )
    return reading.zone


def _take_apart(text: str) -> tuple[Shape, tuple[str, ...]]:
    """Find the shape and the lines; the total number of characters decides, not where the line was broken."""
    if not text.strip():
        raise Invalid("mrz.empty")
    if len(text) > MOST_CHARACTERS:
        raise Invalid("mrz.length", found=len(text), expected=list(TOTALS))
    found = 0
    for table in (_DOUBLE, _SINGLE):
        written = [_clean(line, table) for line in text.replace("&lt;", FILLER).splitlines()]
        written = [line for line in written if line]
        joined = "".join(written)
        _refuse_foreign(joined)
        found = found or len(joined)
        shape = shape_of(len(joined), joined[:1])
        if shape is not None:
            return shape, tuple(joined[start : start + shape.width] for start in range(0, len(joined), shape.width))
        if (fitted := _fit_fillers(written)) is not None:
            return fitted
    raise Invalid("mrz.length", found=found, expected=list(TOTALS))


def _clean(line: str, table: dict[int, str]) -> str:
    plain = unicodedata.normalize("NFKC", line.translate(table).translate(_FILLERS))
    return "".join(plain.split()).upper()


def _refuse_foreign(joined: str) -> None:
    foreign = next((sign for sign in joined if sign not in ANY), None)
    if foreign is not None:
        raise Invalid("mrz.foreign_character", found=foreign)


def _fit_fillers(written: list[str]) -> tuple[Shape, tuple[str, ...]] | None:
    """Bring lines to their width where only their longest run of fillers was counted wrongly."""
    for shape in SHAPES:
        if len(written) != shape.lines or shape.name.startswith("MRV") != written[0].startswith("V"):
            continue
        if all(abs(len(line) - shape.width) < 3 or line.count(FILLER) > 1 for line in written):
            fitted = [_fit(line, shape.width) for line in written]
            exact = sum(len(line) == shape.width for line in written)
            lines = tuple(line for line in fitted if line is not None)
            if exact and len(lines) == len(fitted) and _holds(shape, written, lines):
                return shape, lines
    return None


def _holds(shape: Shape, written: list[str], lines: tuple[str, ...]) -> bool:
    """Tell whether fitting was right: in a line with check digits they prove it, a line that is cut off has none."""
    names = shape.field("names").at[0]
    touched = [place for place, line in enumerate(lines) if line != written[place]]
    return touched == [names] or not find_problems(shape, lines)


def _fit(line: str, width: int) -> str | None:
    runs = [match.span() for match in _RUN.finditer(line)]
    if len(line) == width:
        return line
    if not runs:
        return None
    start, end = max(runs, key=lambda run: (run[1] - run[0], run[0]))
    length = end - start + width - len(line)
    return line[:start] + FILLER * length + line[end:] if length >= 1 else None


def _date_problems(shape: Shape, lines: tuple[str, ...]) -> list[MrzProblem]:
    """Say which date no calendar has, though its check digit fits."""
    found = []
    for name in ("birth_date", "expires_on"):
        at = shape.field(name).at
        if not is_possible(cut(lines, at)):
            places = tuple(range(at[1], at[2]))
            found.append(MrzProblem("mrz.date", name, at[0], places, {"found": cut(lines, at)}))
    return found
