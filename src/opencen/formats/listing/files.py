"""Files of a list: one row a record, the same columns and words as on the page, in the same order."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import orjson
import xlsxwriter
from django.utils.translation import get_language_bidi

from opencen.formats.columnar import StoredColumn, write_columnar
from opencen.formats.guarding import guard
from opencen.formats.listing.columns import ListColumn, Value
from opencen.seizures.geography import Position

SHEET_ROWS = 1_048_575


@dataclass(frozen=True, slots=True)
class ListRow:
    """One record as a file holds it."""

    id: str
    words: dict[str, Value]
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class ListFile:
    """One kind of file that a list leaves as."""

    name: str
    title: str
    extension: str
    content_type: str
    write: Callable[[BinaryIO, Sequence[ListColumn], Iterable[ListRow]], int]
    is_placed: bool = False


def _write_csv(stream: BinaryIO, columns: Sequence[ListColumn], rows: Iterable[ListRow]) -> int:
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([guard(str(column.label)) for column in columns])
    count = 0
    for row in rows:
        writer.writerow([_plain(row.words[column.name]) for column in columns])
        count += 1
    text.detach()
    return count


def _plain(value: Value) -> str:
    return guard(value) if isinstance(value, str) else "" if value is None else str(value)


def _write_xlsx(stream: BinaryIO, columns: Sequence[ListColumn], rows: Iterable[ListRow]) -> int:
    spool = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(spool, options)
    sheet = book.add_worksheet()
    if get_language_bidi():
        sheet.right_to_left()
    bold = book.add_format({"bold": True})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, str(column.label), bold)
    sheet.freeze_panes(1, 1)
    count = 0
    for row in rows:
        count += 1
        if count > SHEET_ROWS:
            raise OverflowError
        for place, column in enumerate(columns):
            value = row.words[column.name]
            if isinstance(value, int):
                sheet.write_number(count, place, value)
            elif value:
                sheet.write_string(count, place, value)
    sheet.autofilter(0, 0, max(1, count), len(columns) - 1)
    book.close()
    stream.write(spool.getvalue())
    return count


def _write_json(stream: BinaryIO, columns: Sequence[ListColumn], rows: Iterable[ListRow]) -> int:
    return _write_items(stream, b"[", b"]", (orjson.dumps({"id": row.id, **row.words}) for row in rows))


def _write_geojson(stream: BinaryIO, columns: Sequence[ListColumn], rows: Iterable[ListRow]) -> int:
    features = (orjson.dumps(_feature(row)) for row in rows)
    return _write_items(stream, b'{"type":"FeatureCollection","features":[', b"]}", features)


def _feature(row: ListRow) -> dict[str, Any]:
    at = row.position
    geometry = {"type": "Point", "coordinates": [at.longitude, at.latitude]} if at else None
    properties = {**row.words, "precision": at.precision if at else None}
    return {"type": "Feature", "id": row.id, "geometry": geometry, "properties": properties}


def _write_items(stream: BinaryIO, first: bytes, last: bytes, items: Iterator[bytes]) -> int:
    stream.write(first)
    count = 0
    for item in items:
        stream.write((b",\n" if count else b"\n") + item)
        count += 1
    stream.write(b"\n" + last + b"\n")
    return count


def _write_parquet(stream: BinaryIO, columns: Sequence[ListColumn], rows: Iterable[ListRow]) -> int:
    kinds = {"number": "int64", "text": "string"}
    stored = [StoredColumn(column.name, kinds[column.kind], str(column.label)) for column in columns]
    first = StoredColumn("id", is_required=True)
    return write_columnar(stream, [first, *stored], ({"id": row.id, **row.words} for row in rows))


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST_FILES = {
    found.name: found
    for found in (
        ListFile("xlsx", "Excel", "xlsx", XLSX, _write_xlsx),
        ListFile("csv", "CSV", "csv", "text/csv; charset=utf-8", _write_csv),
        ListFile("json", "JSON", "json", "application/json", _write_json),
        ListFile("parquet", "Parquet", "parquet", "application/vnd.apache.parquet", _write_parquet),
        ListFile("geojson", "GeoJSON", "geojson", "application/geo+json", _write_geojson, is_placed=True),
    )
}
