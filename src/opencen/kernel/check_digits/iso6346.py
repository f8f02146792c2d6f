"""Freight container numbers (ISO 6346): owner, category, serial number, check digit."""

from __future__ import annotations

from typing import ClassVar

from opencen.kernel.check_digits._base import DIGITS, LETTERS, Identifier

# Letters count from 10 up, multiples of 11 left out (ISO 6346:2022, annex A).
_VALUES = dict(zip(sorted(LETTERS), [n for n in range(10, 39) if n % 11], strict=True)) | {d: int(d) for d in DIGITS}


class Container(Identifier):
    """Check a container number such as OCLU 302618 0."""

    name: ClassVar[str] = "iso6346"
    shape: ClassVar[tuple[frozenset[str], ...]] = (LETTERS,) * 3 + (frozenset("UJZ"),) + (DIGITS,) * 7
    check_at: ClassVar[tuple[int, int] | None] = (10, 11)

    def check_digits(self, value: str) -> str:
        """Sum the first ten places weighted by powers of two, modulo 11; ten is written 0."""
        total = sum(_VALUES[character] << place for place, character in enumerate(value[:10]))
        return str(total % 11 % 10)

    def _group(self, value: str) -> str:
        return f"{value[:4]} {value[4:10]} {value[10]}"
