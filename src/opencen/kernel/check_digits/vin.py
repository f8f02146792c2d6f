"""Vehicle identification numbers (ISO 3779); the check digit is compulsory in North America and China only."""

from __future__ import annotations

from typing import ClassVar

from opencen.kernel.check_digits._base import ALPHANUMERIC, DIGITS, Identifier, Suggestion

# 49 CFR 565.15(c): letters are counted 1 to 9, without I, O and Q.
_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True))
_VALUES |= {digit: int(digit) for digit in DIGITS}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_WITH_CHECK_DIGIT = frozenset("12345L")


class Vehicle(Identifier):
    """Check a vehicle's number; where its region does not use the check digit, only the shape."""

    name: ClassVar[str] = "vin"
    shape: ClassVar[tuple[frozenset[str], ...]] = (ALPHANUMERIC - frozenset("IOQ"),) * 17
    check_at: ClassVar[tuple[int, int] | None] = (8, 9)
    prefixes: ClassVar[tuple[str, ...]] = ("VIN",)

    def check_digits(self, value: str) -> str | None:
        """Sum the weighted places modulo 11, ten written X; None where the region does not use it."""
        if value[0] not in _WITH_CHECK_DIGIT:
            return None
        total = sum(_VALUES[character] * weight for character, weight in zip(value, _WEIGHTS, strict=True))
        return "0123456789X"[total % 11]

    def _add_check(self, value: str) -> list[tuple[float, Suggestion]]:
        """Offer nothing: nobody leaves out just the check digit, it stands in the middle."""
        return []
