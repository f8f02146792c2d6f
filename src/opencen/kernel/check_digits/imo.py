"""IMO ship numbers (resolution A.1117(30)): six digits and a check digit, for the life of the hull."""

from __future__ import annotations

from typing import ClassVar

from opencen.kernel.check_digits._base import DIGITS, Identifier


class Vessel(Identifier):
    """Check a ship's number such as IMO 9074729."""

    name: ClassVar[str] = "imo"
    shape: ClassVar[tuple[frozenset[str], ...]] = (DIGITS - {"0"},) + (DIGITS,) * 6
    check_at: ClassVar[tuple[int, int] | None] = (6, 7)
    prefixes: ClassVar[tuple[str, ...]] = ("IMONO", "IMO")

    def check_digits(self, value: str) -> str:
        """Sum six digits weighted seven to two; the last digit of the sum."""
        return str(sum(int(digit) * (7 - place) for place, digit in enumerate(value[:6])) % 10)

    def _group(self, value: str) -> str:
        return f"IMO {value}"
