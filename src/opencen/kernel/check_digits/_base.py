"""What the kinds of identifiers share: shape, check digit, what is wrong, what it may have been."""

from __future__ import annotations

from abc import ABC
from dataclasses import dataclass, field
from typing import Any, ClassVar

from opencen.kernel.errors import Invalid
from opencen.kernel.text import identifier_key

DIGITS = frozenset("0123456789")
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
ALPHANUMERIC = DIGITS | LETTERS
LETTER_VALUES = {letter: 10 + index for index, letter in enumerate(sorted(LETTERS))}

MAX_SUGGESTIONS = 5

# How likely one correction is beside another. Single wrong digits make 79 % of errors, swapped neighbours 10 %
# (J. Verhoeff, Error detecting decimal codes, 1969); the check digit alone is what the officer is told first.
_WRONG_CHECK = 0.25
_WRONG_CHECK_TWICE = 0.002
_MISREAD = (0.2, 0.05, 0.03)
_SWAPPED_DIGITS = 0.1
_SWAPPED_OTHERS = 0.005

# What a tired eye or a scanner takes for one another, the commonest first.
MISREADINGS: dict[str, str] = {
    "0": "ODQ86",
    "1": "IL7",
    "2": "Z7",
    "3": "8",
    "4": "A9",
    "5": "S6",
    "6": "G580",
    "7": "12T",
    "8": "B306",
    "9": "4G",
    "A": "4",
    "B": "8",
    "D": "0O",
    "E": "F",
    "F": "E",
    "G": "69C",
    "C": "G",
    "I": "1L",
    "L": "1I",
    "M": "N",
    "N": "M",
    "O": "0QD",
    "P": "R",
    "Q": "0O",
    "R": "P",
    "S": "5",
    "T": "7",
    "U": "V",
    "V": "UY",
    "Y": "V",
    "Z": "2",
}


@dataclass(frozen=True, slots=True)
class IdentifierProblem:
    """Say what is wrong with an identifier: a code, the places in its normalised form, what would be right."""

    code: str
    positions: tuple[int, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Offer what an identifier may have been, why, and which of its places were changed."""

    value: str
    reason: str
    positions: tuple[int, ...]


class Identifier(ABC):
    """Check one kind of identifier.

    `shape` holds the characters allowed at each place; `check_at` the place of the first check digit and the place
    after the last one, or None where the kind has none. Members override what is particular to them.
    """

    name: ClassVar[str]
    shape: ClassVar[tuple[frozenset[str], ...]]
    check_at: ClassVar[tuple[int, int] | None] = None
    prefixes: ClassVar[tuple[str, ...]] = ()

    @property
    def lengths(self) -> tuple[int, int]:
        """Return the shortest and the longest length in letters and digits."""
        return len(self.shape), len(self.shape)

    def normalise(self, text: str) -> str:
        """Reduce what was written to upper-case letters and digits, a label such as `IMO` taken off."""
        key = identifier_key(text)
        for prefix in self.prefixes:
            if key.startswith(prefix) and len(key) > len(prefix):
                return key[len(prefix) :]
        return key

    def is_valid(self, text: str) -> bool:
        """Tell whether shape and check digit hold."""
        return self._find_problem(self.normalise(text)) is None

    def explain(self, text: str) -> IdentifierProblem | None:
        """Say what is wrong, or None."""
        return self._find_problem(self.normalise(text))

    def require(self, text: str, *, path: str = "") -> str:
        """Return the normalised identifier, or raise Invalid with what is wrong."""
        value = self.normalise(text)
        problem = self._find_problem(value)
        if problem is not None:
            raise Invalid(problem.code, path=path, kind=self.name, value=value, **problem.data)
        return value

    def suggest(self, text: str) -> list[Suggestion]:
        """Offer likely corrections, the likeliest first; none for what is valid already."""
        value = self.normalise(text)
        if not value or self._find_problem(value) is None:
            return []
        found = [*self._read_again(value), *self._fit_length(value), *self._repair(value)]
        found.sort(key=lambda pair: -pair[0])
        unique = {suggestion.value: suggestion for _, suggestion in reversed(found)}
        return list(reversed(unique.values()))[:MAX_SUGGESTIONS]

    def format(self, text: str) -> str:
        """Write the identifier grouped as it stands on the object; what is not valid stays as written."""
        value = self.normalise(text)
        return self._group(value) if self._find_problem(value) is None else text.strip()

    def check_digits(self, value: str) -> str | None:
        """Compute the check digits of a value of the right shape, or None where it carries none."""
        return None

    def _group(self, value: str) -> str:
        return value

    def _find_rule_problem(self, value: str) -> IdentifierProblem | None:
        """Say what is wrong beyond shape and check digit."""
        return None

    def _allows_length(self, length: int) -> bool:
        return self.lengths[0] <= length <= self.lengths[1]

    def _find_problem(self, value: str) -> IdentifierProblem | None:
        return self._find_shape_problem(value) or self._find_check_problem(value) or self._find_rule_problem(value)

    def _find_shape_problem(self, value: str) -> IdentifierProblem | None:
        if not value:
            return IdentifierProblem("identifier.empty")
        if not self._allows_length(len(value)):
            return IdentifierProblem("identifier.length", data={"expected": self.lengths, "found": len(value)})
        wrong = self._wrong_places(value)
        if not wrong:
            return None
        allowed = "".join(sorted(self.shape[wrong[0]]))
        return IdentifierProblem("identifier.character", wrong, {"allowed": allowed, "found": value[wrong[0]]})

    def _find_check_problem(self, value: str) -> IdentifierProblem | None:
        if self.check_at is None:
            return None
        start, end = self.check_at
        expected = self.check_digits(value)
        found = value[start:end]
        if expected is None or expected == found:
            return None
        data = {"expected": expected, "found": found}
        return IdentifierProblem("identifier.check_digit", tuple(range(start, end)), data)

    def _wrong_places(self, value: str) -> tuple[int, ...]:
        return tuple(
            place
            for place, (letter, allowed) in enumerate(zip(value, self.shape, strict=False))
            if letter not in allowed
        )

    def _read_again(self, value: str) -> list[tuple[float, Suggestion]]:
        """Read letters that stand where only digits may, and the reverse, as what they look like."""
        wrong = self._wrong_places(value)
        if not wrong or not self._allows_length(len(value)):
            return []
        read = list(value)
        for place in wrong:
            fitting = self._lookalikes(value, place)
            if not fitting:
                return []
            read[place] = fitting[0]
        corrected = "".join(read)
        if self._find_problem(corrected) is None:
            return [(1, Suggestion(corrected, "identifier.misread", wrong))]
        return [
            (weight, Suggestion(again.value, again.reason, tuple(sorted({*wrong, *again.positions}))))
            for weight, again in self._repair(corrected)
        ]

    def _lookalikes(self, value: str, place: int) -> list[str]:
        return [other for other in MISREADINGS.get(value[place], "") if other in self.shape[place]]

    def _repair(self, value: str) -> list[tuple[float, Suggestion]]:
        """Change one thing: two neighbours, one look-alike, or the check digits."""
        if not self._allows_length(len(value)):
            return []
        return [*self._swap_neighbours(value), *self._replace_lookalikes(value), *self._correct_check(value)]

    def _swap_neighbours(self, value: str) -> list[tuple[float, Suggestion]]:
        found = []
        for place in range(len(value) - 1):
            first, second = value[place], value[place + 1]
            swapped = value[:place] + second + first + value[place + 2 :]
            if first != second and self._find_problem(swapped) is None:
                weight = _SWAPPED_DIGITS if {first, second} <= DIGITS else _SWAPPED_OTHERS
                found.append((weight, Suggestion(swapped, "identifier.transposed", (place, place + 1))))
        return found

    def _replace_lookalikes(self, value: str) -> list[tuple[float, Suggestion]]:
        found = []
        for place in range(len(value)):
            if self.check_at and self.check_at[0] <= place < self.check_at[1]:
                continue
            for rank, other in enumerate(self._lookalikes(value, place)):
                read = value[:place] + other + value[place + 1 :]
                if self._find_problem(read) is None:
                    weight = _MISREAD[min(rank, len(_MISREAD) - 1)]
                    found.append((weight, Suggestion(read, "identifier.misread", (place,))))
        return found

    def _correct_check(self, value: str) -> list[tuple[float, Suggestion]]:
        if self.check_at is None or self._wrong_places(value):
            return []
        start, end = self.check_at
        expected = self.check_digits(value)
        if expected is None:
            return []
        corrected = value[:start] + expected + value[end:]
        if self._find_problem(corrected) is not None:
            return []
        differing = sum(one != other for one, other in zip(corrected, value, strict=True))
        weight = _WRONG_CHECK if differing == 1 else _WRONG_CHECK_TWICE
        return [(weight, Suggestion(corrected, "identifier.check_digit", tuple(range(start, end))))]

    def _fit_length(self, value: str) -> list[tuple[float, Suggestion]]:
        """Add missing check digits, or take out a character that was written twice."""
        if self._allows_length(len(value)):
            return []
        return [*self._remove_doubled(value), *self._add_check(value)]

    def _add_check(self, value: str) -> list[tuple[float, Suggestion]]:
        if self.check_at is None:
            return []
        start, end = self.check_at
        with_gap = value[:start] + "0" * (end - start) + value[start:]
        if not self._allows_length(len(with_gap)):
            return []
        return [
            (weight, Suggestion(added.value, "identifier.check_digit_missing", added.positions))
            for weight, added in self._correct_check(with_gap)
        ]

    def _remove_doubled(self, value: str) -> list[tuple[float, Suggestion]]:
        found: list[tuple[float, Suggestion]] = []
        if len(value) != self.lengths[1] + 1:
            return found
        for place in range(1, len(value)):
            shorter = value[:place] + value[place + 1 :]
            if value[place] == value[place - 1] and self._find_problem(shorter) is None:
                found.append((1, Suggestion(shorter, "identifier.doubled", (place - 1,))))
        return found


def remainder_97(value: str) -> int:
    """Return the remainder modulo 97 of letters and digits read as one number (ISO 7064, MOD 97-10)."""
    return int("".join(str(int(character, 36)) for character in value)) % 97
