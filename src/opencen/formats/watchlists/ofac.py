"""The OFAC list of specially designated nationals: SDN, ALT and ADD as CSV, `-0-` for nothing, a mark at the end."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from opencen.formats.watchlists.guarding import check_bytes, read_text
from opencen.formats.watchlists.listed import Craft, Listed, ListedKind, ListedName, ListedPlace, ParsedList
from opencen.formats.watchlists.remarks import Remarks, read_remarks
from opencen.kernel.errors import Invalid

NAME = "ofac"
FILES = ("sdn", "alt", "add")
_COLUMNS = {"sdn": 12, "alt": 5, "add": 6}
_END = "\x1a"
_NOTHING = "-0-"
_USES = {"aka": "alias", "fka": "former", "nka": "now"}
_KINDS: dict[str, ListedKind] = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft"}

Row = list[str]


def parse(files: Mapping[str, bytes]) -> ParsedList:
    """Read the three files together: every alias and address must find its entry."""
    if missing := [name for name in FILES if name not in files]:
        raise Invalid("watchlist.file_missing", path="file", missing=", ".join(missing))
    rows = {name: _rows(name, files[name]) for name in FILES}
    keys = {row[0] for row in rows["sdn"]}
    if len(keys) != len(rows["sdn"]):
        raise Invalid("watchlist.repeated_id", path="file", count=len(rows["sdn"]) - len(keys))
    aliases, addresses = (_by_entry(name, rows[name], keys) for name in ("alt", "add"))
    entries = tuple(_entry(row, aliases[row[0]], addresses[row[0]]) for row in rows["sdn"])
    return ParsedList(NAME, entries, counts={name: len(rows[name]) for name in FILES})


def kind_of_file(content: bytes) -> str:
    """Tell which of the three files it is by the columns of its first row; empty for none of them."""
    first = next(csv.reader(io.StringIO(content[:20_000].decode("utf-8", "replace"))), [])
    return next((name for name, width in _COLUMNS.items() if len(first) == width), "")


def _rows(name: str, content: bytes) -> list[Row]:
    check_bytes(content)
    text = read_text(content)
    body, mark, behind = text.rpartition(_END)
    if not mark or behind.strip():
        raise Invalid("watchlist.truncated", path=name, line=text.count("\n") + 1)
    found = []
    for number, row in enumerate(_cells(name, body), start=1):
        if len(row) != _COLUMNS[name]:
            code = "watchlist.version" if number == 1 else "watchlist.truncated"
            raise Invalid(code, path=name, line=number, found=len(row), expected=_COLUMNS[name])
        found.append(["" if cell.strip() == _NOTHING else cell.strip() for cell in row])
        if not found[-1][0].isdigit():
            raise Invalid("watchlist.version", path=name, line=number, found=found[-1][0][:40], expected="id")
    if not found:
        raise Invalid("watchlist.empty", path=name)
    return found


def _cells(name: str, body: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(body, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error:
        raise Invalid("watchlist.truncated", path=name, line=reader.line_num) from None


def _by_entry(name: str, rows: list[Row], keys: set[str]) -> dict[str, list[Row]]:
    """Group rows by the entry they belong to; one that belongs to none says that a file is cut off."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    if strangers := set(found) - keys:
        raise Invalid("watchlist.unresolved", path=name, count=len(strangers), first=min(strangers))
    return found


def _entry(row: Row, aliases: list[Row], addresses: list[Row]) -> Listed:
    key, name, kind_text, programmes, title = row[:5]
    said = read_remarks(row[11])
    kind = _KINDS.get(kind_text, "company")
    others = [_alias(alias, kind) for alias in aliases]
    return Listed(
        key=key,
        kind=kind,
        names=(_name(name, "main", kind), *others, *_with_parts(said.names, kind)),
        reference=f"SDN {key}",
        programmes=tuple(part.strip("[] ") for part in programmes.split("] [") if part.strip("[] ")),
        sex=said.sex,  # type: ignore[arg-type]  # male, female or nothing
        titles=(title,) if title else (),
        births=tuple(said.births),
        birth_places=tuple(said.birth_places),
        nationalities=tuple(said.nationalities),
        citizenships=tuple(said.citizenships),
        documents=tuple(said.documents),
        addresses=tuple(_address(address) for address in addresses),
        phones=tuple(said.phones),
        emails=tuple(said.emails),
        websites=tuple(said.websites),
        accounts=tuple(said.accounts),
        established=said.established,
        linked_to=tuple(said.linked_to),
        craft=_craft(row, said) if kind in ("vessel", "aircraft") else None,
        remarks=row[11],
        unread=(*said.unread, *_further(kind, said)),
    )


def _further(kind: ListedKind, said: Remarks) -> Iterator[str]:
    """Yield facts of a ship or aircraft that have no place of their own, or stand with somebody who is none."""
    is_craft = kind in ("vessel", "aircraft")
    for label, values in said.craft.items():
        kept = label == "former_flags" if is_craft else False
        one = is_craft and label in Craft.__slots__ and not kept
        yield from (f"{label.replace('_', ' ')} {value}" for value in values[1 if one else 0 :] if not kept)


def _name(text: str, use: Any, kind: ListedKind, key: str = "") -> ListedName:
    family, comma, given = text.partition(",")
    if kind != "person" or not comma:
        return ListedName(text, use, quality="good", key=key)
    return ListedName(text, use, family.strip(), given.strip(), "good", key=key)


def _alias(row: Row, kind: ListedKind) -> ListedName:
    return _name(row[3], _USES.get(row[2], "alias"), kind, row[1])


def _with_parts(names: list[ListedName], kind: ListedKind) -> Iterator[ListedName]:
    for name in names:
        family, comma, given = name.text.partition(",")
        is_parted = kind == "person" and bool(comma)
        yield ListedName(
            name.text, name.use, family.strip() if is_parted else "", given.strip() if is_parted else "", "low"
        )


def _address(row: Row) -> ListedPlace:
    return ListedPlace(key=row[1], street=row[2], city=row[3], country=row[4], note=row[5])


def _craft(row: Row, said: Remarks) -> Craft:
    def first(name: str) -> str:
        return said.craft.get(name, [""])[0]

    return Craft(
        imo=first("imo"),
        mmsi=first("mmsi"),
        call_sign=row[5] or first("call_sign"),
        type=row[6] or first("type"),
        tonnage=row[7],
        gross_tonnage=row[8],
        flag=row[9] or first("flag"),
        former_flags=tuple(said.craft.get("former_flags", ())),
        owner=row[10],
        operator=first("operator"),
        model=first("model"),
        serial=first("serial"),
        construction_number=first("construction_number"),
        manufactured=first("manufactured"),
        tail_number=first("tail_number"),
    )
