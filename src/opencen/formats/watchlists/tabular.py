"""A plain CSV of one row an entry, read by a mapping: which column says what, as TOML.

kind = "person"                 # or a column: kind_column = "Type" with [kinds] "Individual" = "person"
key = "ID"
delimiter = ";"
joined = "|"                    # parts several values of one cell
[columns]
"Full name" = "name"            # name, alias, birth_date, birth_place, nationality, passport, identity, tax, ...
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from opencen.formats.watchlists.guarding import check_bytes, read_text
from opencen.formats.watchlists.listed import (
    Craft,
    Listed,
    ListedBirth,
    ListedDocument,
    ListedKind,
    ListedName,
    ListedPlace,
    ParsedList,
)
from opencen.formats.watchlists.remarks import read_date
from opencen.kernel.errors import Invalid
from opencen.kernel.partial_dates import PartialDate

NAME = "csv"
FILES = ("csv", "mapping")
_KINDS = ("person", "company", "vessel", "aircraft")
_DOCUMENTS = {
    "passport": "Passport",
    "identity": "National ID",
    "tax": "Tax number",
    "registration": "Registration number",
    "lei": "LEI",
}
_CRAFT = ("imo", "mmsi", "call_sign", "flag", "owner", "tail_number")
TARGETS = frozenset(
    (
        "key", "name", "alias", "former_name", "birth_date", "birth_place", "nationality", "sex", "title", "reference",
        "programme", "listed_on", "address", "city", "country", "phone", "email", "website", "remarks",
        *_DOCUMENTS, *_CRAFT,
    )
)  # fmt: skip
Values = dict[str, list[str]]


def parse(files: Mapping[str, bytes]) -> ParsedList:
    """Read every row by the mapping; a column that is not mapped is kept with the remarks."""
    if missing := [name for name in FILES if name not in files]:
        raise Invalid("watchlist.file_missing", path="file", missing=", ".join(missing))
    mapping = read_mapping(files["mapping"])
    check_bytes(files["csv"])
    reader = csv.reader(io.StringIO(read_text(files["csv"]), newline=""), delimiter=mapping["delimiter"], strict=True)
    try:
        rows = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        raise Invalid("watchlist.truncated", path="file", line=reader.line_num) from None
    if len(rows) < 2:
        raise Invalid("watchlist.empty", path="file")
    header = [name.strip() for name in rows[0]]
    if missing := [name for name in (*mapping["columns"], mapping["key"]) if name not in header]:
        raise Invalid("watchlist.version", path="file", found=", ".join(header)[:200], expected=", ".join(missing))
    entries = [_entry(number, header, row, mapping) for number, row in enumerate(rows[1:], start=2)]
    keys = {entry.key for entry in entries}
    if len(keys) != len(entries):
        raise Invalid("watchlist.repeated_id", path="file", count=len(entries) - len(keys))
    return ParsedList(NAME, tuple(entries), counts={"rows": len(entries)})


def read_mapping(content: bytes) -> dict[str, Any]:
    """Read and check a mapping."""
    try:
        found = tomllib.loads(read_text(content))
    except tomllib.TOMLDecodeError as error:
        raise Invalid("watchlist.mapping_unreadable", path="mapping", reason=str(error)[:200]) from None
    columns = found.get("columns")
    if not isinstance(columns, dict) or not isinstance(found.get("key"), str) or "name" not in columns.values():
        raise Invalid("watchlist.mapping_incomplete", path="mapping")
    if unknown := sorted(str(target) for target in columns.values() if target not in TARGETS):
        raise Invalid("watchlist.mapping_target", path="mapping", found=unknown[0], known=", ".join(sorted(TARGETS)))
    kinds = found.get("kinds", {})
    if {found.get("kind", "person"), *kinds.values()} - set(_KINDS):
        raise Invalid("watchlist.mapping_kind", path="mapping", known=", ".join(_KINDS))
    return {
        "key": found["key"],
        "columns": columns,
        "kind": found.get("kind", "person"),
        "kind_column": str(found.get("kind_column", "")),
        "kinds": kinds,
        "delimiter": str(found.get("delimiter", ","))[:1] or ",",
        "joined": str(found.get("joined", "")),
    }


def _entry(number: int, header: list[str], row: list[str], mapping: dict[str, Any]) -> Listed:
    if len(row) != len(header):
        raise Invalid("watchlist.truncated", path="file", line=number)
    cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
    values: Values = {}
    for column, target in mapping["columns"].items():
        parts = cells[column].split(mapping["joined"]) if mapping["joined"] else [cells[column]]
        values.setdefault(target, []).extend(part.strip() for part in parts if part.strip())
    key = cells[mapping["key"]]
    if not key or not values.get("name"):
        raise Invalid("watchlist.row_incomplete", path="file", line=number)
    taken = {*mapping["columns"], mapping["key"], mapping["kind_column"]}
    unread = tuple(f"{name}: {value}" for name, value in cells.items() if value and name not in taken)
    kind: ListedKind = mapping["kinds"].get(cells.get(mapping["kind_column"], ""), mapping["kind"])
    return _listed(key, kind, values, unread)


def _listed(key: str, kind: ListedKind, values: Values, unread: tuple[str, ...]) -> Listed:
    def first(name: str) -> str:
        return values.get(name, [""])[0]

    place = ListedPlace(street=first("address"), city=first("city"), country=first("country"))
    uses: dict[str, Any] = {"name": "main", "alias": "alias", "former_name": "former"}
    births = [_birth(text) for text in values.get("birth_date", ())]
    craft: dict[str, Any] = {name: first(name) for name in _CRAFT}
    sex: Any = {"m": "male", "f": "female"}.get(first("sex")[:1].lower(), "")
    return Listed(
        key=key,
        kind=kind,
        names=tuple(ListedName(text, uses[use], quality="good") for use in uses for text in values.get(use, ())),
        reference=first("reference"),
        programmes=tuple(values.get("programme", ())),
        listed_on=first("listed_on"),
        sex=sex,
        titles=tuple(values.get("title", ())),
        births=tuple(births),
        birth_places=tuple(ListedPlace(city=text) for text in values.get("birth_place", ())),
        nationalities=tuple(values.get("nationality", ())),
        documents=tuple(
            ListedDocument(label, text) for name, label in _DOCUMENTS.items() for text in values.get(name, ())
        ),
        addresses=(place,) if place != ListedPlace() else (),
        phones=tuple(values.get("phone", ())),
        emails=tuple(values.get("email", ())),
        websites=tuple(values.get("website", ())),
        craft=replace(Craft(), **craft) if kind in ("vessel", "aircraft") else None,
        remarks="\n".join(values.get("remarks", ())),
        unread=unread,
    )


def _birth(text: str) -> ListedBirth:
    """Read a date; what is none is kept as a note."""
    try:
        PartialDate.parse(text)
    except Invalid:
        at = read_date(text)
        return ListedBirth(at, note="" if at else text)
    return ListedBirth(text)
