"""Legal entity identifiers (ISO 17442): eighteen letters and digits and two check digits."""

from __future__ import annotations

from typing import ClassVar

from opencen.kernel.check_digits._base import ALPHANUMERIC, DIGITS, Identifier, remainder_97


class LegalEntity(Identifier):
    """Check a legal entity identifier."""

    name: ClassVar[str] = "lei"
    shape: ClassVar[tuple[frozenset[str], ...]] = (ALPHANUMERIC,) * 18 + (DIGITS,) * 2
    check_at: ClassVar[tuple[int, int] | None] = (18, 20)

    def check_digits(self, value: str) -> str:
        """Complete the number to a remainder of one modulo 97."""
        return f"{98 - remainder_97(value[:18] + '00'):02d}"

    def _group(self, value: str) -> str:
        return f"{value[:4]} {value[4:8]} {value[8:12]} {value[12:16]} {value[16:]}"
