"""The shapes of the five zones: where each field stands, what may stand there, what its check digits cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

FILLER = "<"
DIGITS = frozenset("0123456789")
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
ANY = DIGITS | LETTERS | {FILLER}

Span = tuple[int, int, int]
"""A line, the first place and the place after the last."""

_ALLOWED = {
    "text": ANY,
    "letters": LETTERS | {FILLER},
    "digits": DIGITS | {FILLER},
    "check": DIGITS | {FILLER},
    "sex": frozenset("MFX") | {FILLER},
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, where it stands, and what may stand there."""

    name: str
    at: Span
    kind: str = "text"

    @property
    def allowed(self) -> frozenset[str]:
        """Return the characters that may stand in the field."""
        return _ALLOWED[self.kind]


@dataclass(frozen=True, slots=True)
class Check:
    """One check digit: its own field, the name of what it guards, and the places it is computed over."""

    name: str
    at: Span
    over: tuple[Span, ...]
    may_be_filler: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of zone."""

    name: str
    lines: int
    width: int
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    long_number_in: str = ""

    def field(self, name: str) -> Field:
        """Return a field by its name."""
        return next(found for found in self.fields if found.name == name)

    def has(self, name: str) -> bool:
        """Tell whether the zone has such a field."""
        return any(found.name == name for found in self.fields)


@dataclass(frozen=True, slots=True)
class MrzProblem:
    """Say what is wrong with a zone: a code, the field, the line and places, and what would be right."""

    code: str
    field: str
    line: int
    positions: tuple[int, ...]
    data: dict[str, Any] = made(default_factory=dict)


def _fields(*rows: tuple[str, Span, str]) -> tuple[Field, ...]:
    return tuple(Field(name, at, kind) for name, at, kind in rows)


def _two_lines(name: str, width: int, *, is_visa: bool, personal: bool = False) -> Shape:
    """Make the shape of passports, cards of two lines and visas: they differ in what ends the second line."""
    end = width if is_visa else width - 1
    optional_end = end - 1 if personal else end
    fields = [
        ("document_code", (0, 0, 2), "letters"),
        ("issuer", (0, 2, 5), "letters"),
        ("names", (0, 5, width), "letters"),
        ("number", (1, 0, 9), "text"),
        ("nationality", (1, 10, 13), "letters"),
        ("birth_date", (1, 13, 19), "digits"),
        ("sex", (1, 20, 21), "sex"),
        ("expires_on", (1, 21, 27), "digits"),
        ("optional", (1, 28, optional_end), "text"),
    ]
    checks = [
        Check("number", (1, 9, 10), ((1, 0, 9),)),
        Check("birth_date", (1, 19, 20), ((1, 13, 19),)),
        Check("expires_on", (1, 27, 28), ((1, 21, 27),)),
    ]
    if personal:
        checks.append(Check("optional", (1, 42, 43), ((1, 28, 42),), may_be_filler=True))
    if not is_visa:
        checks.append(Check("composite", (1, end, width), ((1, 0, 10), (1, 13, 20), (1, 21, end))))
    long_number = "" if is_visa or personal else "optional"
    return Shape(name, 2, width, _fields(*fields), tuple(checks), long_number)


TD1 = Shape(
    "TD1",
    3,
    30,
    _fields(
        ("document_code", (0, 0, 2), "letters"),
        ("issuer", (0, 2, 5), "letters"),
        ("number", (0, 5, 14), "text"),
        ("optional", (0, 15, 30), "text"),
        ("birth_date", (1, 0, 6), "digits"),
        ("sex", (1, 7, 8), "sex"),
        ("expires_on", (1, 8, 14), "digits"),
        ("nationality", (1, 15, 18), "letters"),
        ("optional_2", (1, 18, 29), "text"),
        ("names", (2, 0, 30), "letters"),
    ),
    (
        Check("number", (0, 14, 15), ((0, 5, 14),)),
        Check("birth_date", (1, 6, 7), ((1, 0, 6),)),
        Check("expires_on", (1, 14, 15), ((1, 8, 14),)),
        Check("composite", (1, 29, 30), ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29))),
    ),
    "optional",
)
TD2 = _two_lines("TD2", 36, is_visa=False)
TD3 = _two_lines("TD3", 44, is_visa=False, personal=True)
MRV_A = _two_lines("MRV-A", 44, is_visa=True)
MRV_B = _two_lines("MRV-B", 36, is_visa=True)
SHAPES = (TD1, TD2, TD3, MRV_A, MRV_B)
TOTALS = tuple(sorted({shape.lines * shape.width for shape in SHAPES}))


def shape_of(total: int, first: str) -> Shape | None:
    """Return the shape of a zone by its number of characters and its first letter."""
    if total == TD1.lines * TD1.width:
        return TD1
    if total == TD3.lines * TD3.width:
        return MRV_A if first == "V" else TD3
    if total == TD2.lines * TD2.width:
        return MRV_B if first == "V" else TD2
    return None


def cut(lines: tuple[str, ...], span: Span) -> str:
    """Return what stands at a span."""
    line, start, end = span
    return lines[line][start:end]


def check_digit(text: str) -> str:
    """Compute a check digit: digits as they are, letters from ten up, fillers nought; weights 7, 3, 1, modulo 10."""
    total = sum((0 if sign == FILLER else int(sign, 36)) * (7, 3, 1)[place % 3] for place, sign in enumerate(text))
    return str(total % 10)


def long_number(shape: Shape, lines: tuple[str, ...]) -> tuple[str, str, str] | None:
    """Return a document number too long for its field: (the whole number, its check digit, what stands behind it).

    A filler in place of the check digit says that the number goes on in the optional data, up to a filler, its last
    character being the check digit.
    """
    if not shape.long_number_in:
        return None
    check = next(found for found in shape.checks if found.name == "number")
    rest, _, behind = cut(lines, shape.field(shape.long_number_in).at).partition(FILLER)
    head = cut(lines, shape.field("number").at)
    if cut(lines, check.at) != FILLER or len(rest) < 2 or FILLER in head:
        return None
    return head + rest[:-1], rest[-1], behind


def find_problems(shape: Shape, lines: tuple[str, ...]) -> list[MrzProblem]:
    """Say everything that is wrong: characters that cannot stand where they stand, then check digits."""
    return [*_character_problems(shape, lines), *_check_problems(shape, lines)]


def wrong_places(shape: Shape, lines: tuple[str, ...]) -> Iterator[tuple[Field, int]]:
    """Yield the places whose character may not stand there, check digits included."""
    places = [*shape.fields, *(Field(check.name, check.at, "check") for check in shape.checks)]
    for found in sorted(places, key=lambda one: one.at):
        start = found.at[1]
        for offset, sign in enumerate(cut(lines, found.at)):
            if sign not in found.allowed:
                yield found, start + offset


def _character_problems(shape: Shape, lines: tuple[str, ...]) -> list[MrzProblem]:
    by_field: dict[str, list[int]] = {}
    fields: dict[str, Field] = {}
    for found, place in wrong_places(shape, lines):
        by_field.setdefault(found.name, []).append(place)
        fields.setdefault(found.name, found)
    problems = []
    for name, places in by_field.items():
        line = fields[name].at[0]
        data = {"found": lines[line][places[0]]}
        problems.append(MrzProblem("mrz.character", name, line, tuple(places), data))
    return problems


def _check_problems(shape: Shape, lines: tuple[str, ...]) -> list[MrzProblem]:
    return [problem for check in shape.checks if (problem := _check_problem(shape, lines, check)) is not None]


def _check_problem(shape: Shape, lines: tuple[str, ...], check: Check) -> MrzProblem | None:
    found = cut(lines, check.at)
    covered = "".join(cut(lines, span) for span in check.over)
    line, start, _ = check.at
    if any(sign not in ANY for sign in covered):
        return None
    if check.name == "number" and (number := long_number(shape, lines)) is not None:
        covered, found = number[0], number[1]
        line, start = shape.field(shape.long_number_in).at[0], shape.field(shape.long_number_in).at[1]
        start += len(number[0]) - 9
    expected = check_digit(covered)
    is_empty = not covered.strip(FILLER)
    if found == expected or (found == FILLER and is_empty and (check.may_be_filler or check.name == "birth_date")):
        return None
    return MrzProblem("mrz.check_digit", check.name, line, (start,), {"expected": expected, "found": found})
