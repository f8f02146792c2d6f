"""Postal items (UPU standard S10): service, serial number, check digit, country."""

from __future__ import annotations

from typing import ClassVar

from opencen.kernel.check_digits._base import DIGITS, LETTERS, Identifier

_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


class PostalItem(Identifier):
    """Check a postal item number such as RR 123 456 785 GB."""

    name: ClassVar[str] = "s10"
    shape: ClassVar[tuple[frozenset[str], ...]] = (LETTERS,) * 2 + (DIGITS,) * 9 + (LETTERS,) * 2
    check_at: ClassVar[tuple[int, int] | None] = (10, 11)

    def check_digits(self, value: str) -> str:
        """Take the weighted sum of eight digits from 11 (modulo 11); ten is written 0 and eleven 5."""
        total = sum(int(digit) * weight for digit, weight in zip(value[2:10], _WEIGHTS, strict=True))
        return {10: "0", 11: "5"}.get(11 - total % 11, str(11 - total % 11))

    def _group(self, value: str) -> str:
        return f"{value[:2]} {value[2:5]} {value[5:8]} {value[8:11]} {value[11:]}"
