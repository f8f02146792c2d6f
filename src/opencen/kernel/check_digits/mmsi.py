"""Maritime mobile service identities (ITU-R M.585): nine digits around a country's identification digits."""

from __future__ import annotations

import re
from typing import ClassVar

from opencen.kernel.check_digits._base import DIGITS, Identifier, IdentifierProblem

# Ship; group; coast station; rescue aircraft; handheld; craft of a mother ship; aid to navigation; then free-form
# distress devices. Identification digits of countries run from 201 to 775.
_COUNTRY = r"(?:20[1-9]|2[1-9]\d|[3-6]\d\d|7[0-6]\d|77[0-5])"
_KINDS = re.compile(rf"(?:(?:|0|00|111|8|98|99){_COUNTRY}|97[024])\d*")


class MaritimeStation(Identifier):
    """Check the shape of a station's identity; it has no check digit."""

    name: ClassVar[str] = "mmsi"
    shape: ClassVar[tuple[frozenset[str], ...]] = (DIGITS,) * 9
    prefixes: ClassVar[tuple[str, ...]] = ("MMSI",)

    def _find_rule_problem(self, value: str) -> IdentifierProblem | None:
        if _KINDS.fullmatch(value):
            return None
        return IdentifierProblem("identifier.country_digits", (0, 1, 2), {"found": value[:3]})
