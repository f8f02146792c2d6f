"""JSON lines: one record a line, whole, as the schema publishes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import orjson

from opencen.formats.format import Exported, Incoming
from opencen.kernel.errors import Invalid
from opencen.records.effective import EffectiveSchema

MAX_LINE = 4_000_000


class JsonLines:
    """Write and read records as JSON lines."""

    name = "jsonl"
    title = "JSON lines"
    extension = "jsonl"
    content_type = "application/x-ndjson"
    types: tuple[str, ...] = ()
    extensions = (".jsonl", ".ndjson")

    def write(self, stream: BinaryIO, records: Iterable[Exported], schema: EffectiveSchema, language: str) -> int:
        """Write one object a record."""
        count = 0
        for record in records:
            line = {
                "type": schema.type.name,
                "schema_version": schema.type.version,
                "id": record.id,
                "reference": record.reference,
                "state": record.state,
                "revision": record.revision,
                "document": record.document,
            }
            stream.write(orjson.dumps(line) + b"\n")
            count += 1
        return count

    def recognises(self, path: Path) -> bool:
        """Tell whether the file's first line is an object."""
        with path.open("rb") as file:
            return file.read(64).lstrip().startswith(b"{")

    def read(self, path: Path, schema: EffectiveSchema) -> Iterator[Incoming]:
        """Yield one record a line."""
        with path.open("rb") as file:
            for number, text in enumerate(file, 1):
                if text.strip():
                    yield _incoming(text, number)


def _incoming(text: bytes, number: int) -> Incoming:
    place = f"line {number}"
    if len(text) > MAX_LINE:
        raise Invalid("import.line_too_long", path=place, limit=MAX_LINE)
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Invalid("import.not_json", path=place, reason=str(error)) from None
    if not isinstance(found, dict) or not isinstance(found.get("document"), dict):
        raise Invalid("import.no_document", path=place)
    revision, reasons = found.get("revision"), found.get("reasons")
    return Incoming(
        place,
        str(found.get("id") or ""),
        revision if isinstance(revision, int) else None,
        found["document"],
        {str(k): str(v) for k, v in reasons.items()} if isinstance(reasons, dict) else {},
    )


FORMAT = JsonLines()
