"""The machine-readable lines of a document prove themselves: one letter misread, and a check digit fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.errors import Invalid
from opencen.kernel.mrz import MrzReading, read_mrz
from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import field

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


@finding_rule(
    "zone.misread",
    "warning",
    "Line {line} of the machine-readable lines does not prove itself at “{part}”: {found} was read.",
    "Compare it with the document, letter by letter.",
)
def zone_misread(suspect: Any, context: FindingContext) -> Iterator[Finding]:
    """Read each zone and name the first part whose check digit fails, with what it may have been."""
    for document in suspect.documents:
        if not document.mrz:
            continue
        path = f"documents[{document.id}].mrz"
        try:
            reading = read_mrz(document.mrz, today=context.at.date())
        except Invalid:
            yield Finding("zone.misread", "warning", path, {"line": 1, "part": field(path), "found": document.mrz[:9]})
            continue
        if reading.problems:
            yield _finding(path, reading)


def _finding(path: str, reading: MrzReading) -> Finding:
    first = reading.problems[0]
    offers = tuple(
        Suggestion("zone.meant", {path: "\n".join(found.lines)}, data={"would_be": found.would_be})
        for found in reading.suggestions[:3]
    )
    part = field(PARTS.get(first.field, path))
    data = {"line": first.line + 1, "part": part, "found": str(first.data.get("found", ""))}
    return Finding("zone.misread", "warning", path, data, offers)
