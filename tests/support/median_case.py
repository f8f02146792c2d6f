"""A median full case: several lines, persons, route and assessment, as measured throughout."""

from __future__ import annotations

from typing import Any

from tests import make

COMMODITIES = (
    ("drugs.cocaine.hydrochloride", "12.4"),
    ("drugs.cannabis.resin", "86.42"),
    ("drugs.cannabis.herbal", "3.5"),
)


def median_case(number: int) -> dict[str, Any]:
    """State a case with three lines, two persons and three places on its route; each number is another case."""
    lines = [
        make.line(id=f"l{place}", commodity=commodity, quantity=f"{float(amount) + number % 97:.2f}")
        for place, (commodity, amount) in enumerate(COMMODITIES)
    ]
    return make.case_document(
        lines=lines,
        detected_at=f"2026-{number % 9 + 1:02d}-{number % 27 + 1:02d}T{number % 24:02d}:20+01:00",
    )
