"""Read an official file: recognise it, take its rows, keep what was refused with its reason."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from opencen.codelists.official.formats import Format
from opencen.codelists.official.known import BY_HEADER, UNLOCODE
from opencen.codelists.official.rows import OfficialRow, RefusedRow, RowError
from opencen.kernel.errors import Invalid, NotFound, TooLarge

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 300_000
LONGEST_CODE, LONGEST_LABEL, LONGEST_CELL = 120, 1000, 20_000
MOST_REFUSED_SHARE = 0.2
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNLOCODE_ROW = re.compile(r'[^,]{0,3},"?[A-Z]{2}"?,')


@dataclass(frozen=True)
class OfficialFile:
    """Hold what an official file says: each code once, and the rows that were refused."""

    format: Format
    name: str
    digest: str
    rows: Mapping[str, OfficialRow]
    refused: tuple[RefusedRow, ...]
    doubtful: tuple[RefusedRow, ...] = ()


def read_file(path: Path) -> OfficialFile:
    """Read an official file; one that is none, is cut off or is no text at all is refused as a whole."""
    content = _read_bytes(path)
    text = _decode(content)
    known, lines = _recognise(text)
    rows: dict[str, OfficialRow] = {}
    refused: list[RefusedRow] = []
    doubtful: list[RefusedRow] = []
    for line, cells in _read_rows(known, lines):
        try:
            if not cells:
                raise RowError("columns", known.name)
            row = _check(known.read(cells))
        except RowError as error:
            refused.append(RefusedRow(line, error.reason, error.value[:80]))
            continue
        rows[row.code] = _join(rows.get(row.code), row)
        if row.doubt:
            doubtful.append(RefusedRow(line, row.doubt, row.code))
    _check_whole(known, rows, refused)
    return OfficialFile(known, path.name, hashlib.sha256(content).hexdigest(), rows, tuple(refused), tuple(doubtful))


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise TooLarge("codelist.file_too_large", bytes=size, most=MOST_BYTES)
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        raise NotFound("codelist.file_missing", name=path.name) from None
    if not content.strip():
        raise Invalid("codelist.file_empty", name=path.name)
    return content


def _decode(content: bytes) -> str:
    """Read bytes as UTF-8, or as the Western code page that UN/LOCODE comes in."""
    if b"\x00" in content:
        raise Invalid("codelist.file_not_text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _recognise(text: str) -> tuple[Format, list[str]]:
    """Tell the format by the header; UN/LOCODE has none and is told by its first row."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header = _read_header(lines[0])
    if header in BY_HEADER:
        return BY_HEADER[header], lines
    if _UNLOCODE_ROW.match(lines[0]) and len(header) in (11, 12):
        return UNLOCODE, ["", *lines]
    raise Invalid("codelist.file_unknown", header=[cell[:40] for cell in header[:12]])


def _read_header(line: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip() for cell in next(csv.reader([line], strict=True), []))
    except csv.Error:
        return (line,)


def _parse(lines: list[str], start: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, strict=True)
    try:
        for cells in reader:
            yield start + reader.line_num - 1, cells
    except csv.Error as error:
        raise Invalid("codelist.file_broken", line=start + reader.line_num - 1, reason=str(error)) from error


def _read_rows(known: Format, lines: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows below the header as cells by column; rows of another width are given up by their reader."""
    width = len(known.header)
    offset = 0 if known is UNLOCODE else 1
    for count, (line, cells) in enumerate(_parse(lines[1:], 1 + offset)):
        if count > MOST_ROWS:
            raise TooLarge("codelist.file_too_long", most=MOST_ROWS)
        if not any(cells) or (known is UNLOCODE and len(cells) > 3 and cells[3].startswith(".")):
            continue
        padded = [*cells, *[""] * (width - len(cells))] if known is UNLOCODE else cells
        named = dict(zip(known.header, (cell.strip() for cell in padded), strict=False))
        yield line, named if len(padded) == width else {}


def _check(row: OfficialRow) -> OfficialRow:
    """Check what every code must have, whatever the file."""
    label = next(iter(row.labels.values()), "")
    if not row.code:
        raise RowError("code_missing", label)
    if not label:
        raise RowError("label_missing", row.code)
    if len(row.code) > LONGEST_CODE or len(label) > LONGEST_LABEL:
        raise RowError("too_long", row.code)
    values = [row.code, label, *row.aliases, *(str(value) for value in row.attributes.values())]
    if any(_CONTROL.search(value) or len(value) > LONGEST_CELL for value in values):
        raise RowError("not_text", row.code)
    return row


def _join(earlier: OfficialRow | None, row: OfficialRow) -> OfficialRow:
    """Join two rows of one code: a language each, or the same thing said for several countries."""
    if earlier is None:
        return row
    aliases = tuple(dict.fromkeys((*earlier.aliases, *row.aliases)))
    is_retired = earlier.is_retired and row.is_retired
    ends = None if earlier.valid_to is None or row.valid_to is None else max(earlier.valid_to, row.valid_to)
    labels = {**row.labels, **earlier.labels}
    return replace(earlier, labels=labels, aliases=aliases, is_retired=is_retired, valid_to=ends)


def _check_whole(known: Format, rows: Mapping[str, OfficialRow], refused: list[RefusedRow]) -> None:
    """Refuse a file that is cut off or of which too much cannot be read."""
    if len(rows) < known.least:
        raise Invalid("codelist.file_truncated", format=known.name, found=len(rows), least=known.least)
    if len(refused) > MOST_REFUSED_SHARE * (len(rows) + len(refused)):
        raise Invalid("codelist.file_mostly_refused", format=known.name, refused=len(refused), taken=len(rows))
