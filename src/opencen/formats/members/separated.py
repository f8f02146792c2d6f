"""Separated text (CSV): one row a line of goods, in the reader's words; nothing in it can wake up as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from opencen.codelists.catalogue import get_list
from opencen.formats.format import Exported
from opencen.formats.guarding import guard
from opencen.records.effective import EffectiveSchema
from opencen.records.paths import annotations_at
from opencen.records.texts import write_path

HEADS = ("reference", "state", "revision")
CASE = ("kind", "detected_at", "country", "office", "location_type", "direction", "procedure", "detection_method")
LINE = ("role", "commodity", "quantity", "unit", "basis", "concealment.place", "goods_origin", "hs_code")


class SeparatedText:
    """Write public fields, a row for each line of goods."""

    name = "csv"
    title = "CSV"
    extension = "csv"
    content_type = "text/csv; charset=utf-8"
    types: tuple[str, ...] = ("case",)

    def write(self, stream: BinaryIO, records: Iterable[Exported], schema: EffectiveSchema, language: str) -> int:
        """Write the rows; a byte order mark tells spreadsheets that it is UTF-8."""
        text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text)
        paths = [*CASE, *(f"lines.{path}" for path in LINE)]
        writer.writerow([*HEADS, *(guard(write_path(path, language, schema.type.name)) for path in paths)])
        count = 0
        for record in records:
            count += 1
            head = [record.reference, record.state, str(record.revision)]
            case = [_cell(record.document, path, path, schema, language) for path in CASE]
            for line in record.document.get("lines") or [{}]:
                cells = [_cell(line, path, f"lines.{path}", schema, language) for path in LINE]
                writer.writerow([guard(cell) for cell in (*head, *case, *cells)])
        text.detach()
        return count


def _cell(part: dict[str, Any], path: str, full: str, schema: EffectiveSchema, language: str) -> str:
    current: Any = part
    for name in path.split("."):
        current = current.get(name) if isinstance(current, dict) else None
    if current is None:
        return ""
    leaf = annotations_at(schema.tree, full)
    return get_list(leaf.codelist).label(str(current), language) if leaf and leaf.codelist else str(current)


FORMAT = SeparatedText()
