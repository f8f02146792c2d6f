"""Air waybill numbers (IATA resolution 600a): airline prefix, serial number of seven digits, check digit."""

from __future__ import annotations

from typing import ClassVar

from opencen.kernel.check_digits._base import DIGITS, Identifier


class AirWaybill(Identifier):
    """Check an air waybill number such as 176-12345675."""

    name: ClassVar[str] = "iata_awb"
    shape: ClassVar[tuple[frozenset[str], ...]] = (DIGITS,) * 11
    check_at: ClassVar[tuple[int, int] | None] = (10, 11)
    prefixes: ClassVar[tuple[str, ...]] = ("MAWB", "AWB")

    def check_digits(self, value: str) -> str:
        """Take the serial number modulo seven."""
        return str(int(value[3:10]) % 7)

    def _group(self, value: str) -> str:
        return f"{value[:3]}-{value[3:]}"
