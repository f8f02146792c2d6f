"""International bank account numbers (ISO 13616): country, two check digits, the country's own number."""

from __future__ import annotations

from typing import ClassVar

from opencen.kernel.check_digits._base import ALPHANUMERIC, DIGITS, LETTERS, Identifier, remainder_97


class BankAccount(Identifier):
    """Check a bank account number; its length is the country's affair."""

    name: ClassVar[str] = "iban"
    shape: ClassVar[tuple[frozenset[str], ...]] = (LETTERS,) * 2 + (DIGITS,) * 2 + (ALPHANUMERIC,) * 30
    check_at: ClassVar[tuple[int, int] | None] = (2, 4)
    prefixes: ClassVar[tuple[str, ...]] = ("IBAN",)

    def check_digits(self, value: str) -> str:
        """Complete the number, its head moved behind, to a remainder of one modulo 97."""
        return f"{98 - remainder_97(value[4:] + value[:2] + '00'):02d}"

    @property
    def lengths(self) -> tuple[int, int]:
        """Return the shortest and the longest length in use."""
        return 15, len(self.shape)

    def _group(self, value: str) -> str:
        return " ".join(value[start : start + 4] for start in range(0, len(value), 4))
