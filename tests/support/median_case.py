"""A median full case: several lines and places on its route, as measured throughout."""

from __future__ import annotations

from typing import Any

from tests import make

COMMODITIES = (
    ("drugs.cocaine.hydrochloride", "12.4"),
    ("drugs.cannabis.resin", "86.42"),
    ("drugs.cannabis.herbal", "3.5"),
)
LETTERS = "0123456789A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ"


def container_number(number: int) -> str:
    """Make a container number with its check digit (ISO 6346)."""
    text = f"OCLU{number % 1_000_000:06d}"
    total = sum(LETTERS.index(char) * 2**place for place, char in enumerate(text))
    return f"{text}{total % 11 % 10}"


def median_case(number: int) -> dict[str, Any]:
    """State a case with three lines and three places on its route; each number is another case."""
    lines = [
        make.line(id=f"l{place}", commodity=commodity, quantity=f"{float(amount) + number % 97:.2f}")
        for place, (commodity, amount) in enumerate(COMMODITIES)
    ]
    day = f"2026-{number % 9 + 1:02d}-{number % 27 + 1:02d}T{number % 24:02d}:20+01:00"
    document = make.case_document(lines=lines, detected_at=day)
    consignment = document["consignments"][0]
    consignment["bill_of_lading"] = f"OCLGYE{number:07d}"
    consignment["containers"][0]["number"] = container_number(number)
    return document
