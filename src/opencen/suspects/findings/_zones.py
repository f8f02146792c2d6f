"""What both rules of the machine-readable zone need: its reading, and what its parts are called in the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.errors import Invalid
from opencen.kernel.mrz import MrzReading, read_mrz
from opencen.records.findings import FindingContext, Suggestion
from opencen.records.texts.values import field, text

PARTS = {
    "number": "documents.number",
    "birth_date": "births.date",
    "expires_on": "documents.expires",
    "issuer": "documents.country",
    "names": "names.text",
    "nationality": "nationalities",
    "sex": "sex",
    "document_code": "documents.kind",
}
UNNAMED = ("optional", "optional_2", "composite")
"""Parts of the zone that no field of the form takes."""


def read_zones(suspect: Any, context: FindingContext) -> Iterator[tuple[str, MrzReading | Invalid]]:
    """Yield (path, reading) of every zone; the refusal where it is no zone at all."""
    for document in suspect.documents:
        if document.mrz:
            path = f"documents[{document.id}].mrz"
            try:
                yield path, read_mrz(document.mrz, today=context.at.date())
            except Invalid as refusal:
                yield path, refusal


def part_of(reading: MrzReading, path: str) -> dict[str, Any]:
    """Name the part of the zone at which the first thing is wrong."""
    part = reading.problems[0].field
    if part in PARTS:
        return field(PARTS[part])
    return text(f"mrz.part.{part}") if part in UNNAMED else field(path)


def offers_of(reading: MrzReading, path: str) -> tuple[Suggestion, ...]:
    """Offer what the zone may have been."""
    return tuple(
        Suggestion("zone.meant", {path: "\n".join(found.lines)}, data={"would_be": found.would_be})
        for found in reading.suggestions[:3]
    )
