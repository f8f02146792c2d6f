"""What a zone was before one letter of it was misread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opencen.kernel.mrz.shapes import (
    Check,
    Field,
    MrzProblem,
    Shape,
    Span,
    check_digit,
    cut,
    find_problems,
    wrong_places,
)

# The pairs that scanners and tired eyes take for one another, the commonest first.
LOOKALIKES = {
    "0": "ODQ",
    "O": "0",
    "D": "0",
    "Q": "0",
    "1": "IL",
    "I": "1",
    "L": "1",
    "8": "B",
    "B": "8",
    "5": "S",
    "S": "5",
    "2": "Z",
    "Z": "2",
    "6": "G",
    "G": "6",
}
MAX_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class MrzSuggestion:
    """Offer what the zone may have been: its lines, why, the field, and each change as (line, place, was, would be)."""

    reason: str
    field: str
    lines: tuple[str, ...]
    changes: tuple[tuple[int, int, str, str], ...]
    would_be: str


def suggest(shape: Shape, lines: tuple[str, ...], problems: list[MrzProblem]) -> list[MrzSuggestion]:
    """Offer the zones that one misread letter explains, the surest first; where none does, the check digit itself."""
    if not problems:
        return []
    read, changes = _read_by_shape(shape, lines)
    if read is None:
        return []
    left = find_problems(shape, read)
    if not left:
        return [_suggestion(shape, lines, read, "mrz.misread")] if changes else []
    others = sorted(_one_letter(shape, read, left), key=lambda other: _rank(read, other))
    found = [_suggestion(shape, lines, other, "mrz.misread") for other in others]
    if not found and not changes and (corrected := _corrected_checks(shape, read, left)) is not None:
        found = [_suggestion(shape, lines, corrected, "mrz.check_digit_wrong")]
    unique = {suggestion.lines: suggestion for suggestion in reversed(found)}
    return list(reversed(unique.values()))[:MAX_SUGGESTIONS]


def _read_by_shape(shape: Shape, lines: tuple[str, ...]) -> tuple[tuple[str, ...] | None, int]:
    """Read letters where only digits may stand, and the reverse, as what they look like; None where nothing does."""
    changed = 0
    for field, place in list(wrong_places(shape, lines)):
        line = field.at[0]
        sign = next((one for one in LOOKALIKES.get(lines[line][place], "") if one in field.allowed), None)
        if sign is None:
            return None, 0
        lines = _with(lines, line, place, sign)
        changed += 1
    return lines, changed


def _one_letter(shape: Shape, lines: tuple[str, ...], problems: list[MrzProblem]) -> Iterator[tuple[str, ...]]:
    """Yield the zones without a fault that differ in one look-alike of what the failing check digits cover."""
    for field, line, place in _suspected(shape, problems):
        for sign in LOOKALIKES.get(lines[line][place], ""):
            if field is not None and sign not in field.allowed:
                continue
            other = _with(lines, line, place, sign)
            if not find_problems(shape, other):
                yield other


def _rank(lines: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Rank a change: a letter among digits was most likely a digit, a digit least likely a letter."""
    before, after = "".join(lines), "".join(other)
    place = next(at for at, (was, would) in enumerate(zip(before, after, strict=True)) if was != would)
    if before[place].isdigit():
        return 2
    return 0 if before[place - 1].isdigit() and before[place + 1 : place + 2].isdigit() else 1


def _suspected(shape: Shape, problems: list[MrzProblem]) -> Iterator[tuple[Field | None, int, int]]:
    """Yield the places that the failing check digits cover, those of single fields before those of the whole."""
    failing = {problem.field for problem in problems}
    order = sorted((check for check in shape.checks if check.name in failing), key=lambda one: one.name == "composite")
    spans = [span for check in order for span in _covered(shape, check)]
    places = dict.fromkeys((line, place) for line, start, end in spans for place in range(start, end))
    for line, place in places:
        yield _field_at(shape, line, place), line, place


def _covered(shape: Shape, check: Check) -> list[Span]:
    """Return the spans that a check digit covers, with that of a long number."""
    if check.name == "number" and shape.long_number_in:
        return [*check.over, shape.field(shape.long_number_in).at]
    return [*check.over]


def _field_at(shape: Shape, line: int, place: int) -> Field | None:
    for field in shape.fields:
        if field.at[0] == line and field.at[1] <= place < field.at[2]:
            return field
    return None


def _corrected_checks(shape: Shape, lines: tuple[str, ...], problems: list[MrzProblem]) -> tuple[str, ...] | None:
    """Write the failing check digits as computed, where no more than one of a field and the composite fail."""
    single = [problem for problem in problems if problem.field != "composite"]
    if len(single) > 1:
        return None
    for problem in problems:
        if problem.field != "composite":
            lines = _with(lines, problem.line, problem.positions[0], problem.data["expected"])
    for check in shape.checks:
        if check.name == "composite":
            digit = check_digit("".join(cut(lines, span) for span in check.over))
            lines = _with(lines, check.at[0], check.at[1], digit)
    return lines if not find_problems(shape, lines) else None


def _with(lines: tuple[str, ...], line: int, place: int, sign: str) -> tuple[str, ...]:
    changed = lines[line][:place] + sign + lines[line][place + 1 :]
    return (*lines[:line], changed, *lines[line + 1 :])


def _suggestion(shape: Shape, lines: tuple[str, ...], read: tuple[str, ...], reason: str) -> MrzSuggestion:
    changes = tuple(
        (line, place, was, would)
        for line, (before, after) in enumerate(zip(lines, read, strict=True))
        for place, (was, would) in enumerate(zip(before, after, strict=True))
        if was != would
    )
    line, place = changes[0][:2]
    field = _field_at(shape, line, place)
    if field is None:
        name = next((check.name for check in shape.checks if check.at[0] == line and check.at[1] == place), "")
        return MrzSuggestion(reason, name, read, changes, read[line][place])
    return MrzSuggestion(reason, field.name, read, changes, cut(read, field.at).rstrip("<"))
