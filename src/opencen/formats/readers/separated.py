"""Separated text (CSV and its kin); encoding and separator are found by evidence."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from opencen.formats.limits import check_size
from opencen.formats.tables import Table
from opencen.kernel.errors import Invalid
from opencen.kernel.uploads.content import CSV, TEXT, unmarked_utf16

SEPARATORS = ",;\t|"
SAMPLE_ROWS = 60
# Encodings of other scripts with the block that their letters stand in.
OTHER_SCRIPTS = {"cp1256": ("\u0621", "\u064a"), "cp1251": ("\u0400", "\u045f"), "cp1253": ("\u0386", "\u03ce"),
                 "cp1255": ("\u05d0", "\u05ea")}  # fmt: skip
ENCODINGS = ("utf-8", "cp1252", *OTHER_SCRIPTS, "cp1250", "cp850", "utf-16", "utf-16-le", "utf-16-be")
# An accent stands alone among Latin letters; letters of another script stand in words.
_WORD = re.compile(rb"[\x80-\xff]{3,}")
OTHER_SHARE = 0.5
MOST_WORDS = 2000
LONGEST_FIELD = 1_000_000
MOST_LINES_IN_CELL = 200
_END = "\x1e"


class SeparatedReader:
    """Read separated text as one table."""

    name = "separated"
    media_types = frozenset({CSV, TEXT})

    def read(self, path: str, encoding: str = "") -> list[Table]:
        """Return the one table."""
        text, found = decode(Path(path).read_bytes(), encoding)
        separator = find_separator(text)
        csv.field_size_limit(LONGEST_FIELD)
        try:
            rows = list(_rows(text, separator))
        except csv.Error as error:
            raise Invalid("import.unreadable", reason=str(error)[:200]) from None
        width = max((len(row) for row in rows), default=0)
        for row in rows:
            row += [""] * (width - len(row))
        facts = {"encoding": found, "separator": {"\t": "tab"}.get(separator, separator)}
        return [Table("", rows, facts=facts)]


def _rows(text: str, separator: str) -> Iterator[list[Any]]:
    """Yield the rows; a quotation mark that swallows the rows after it is told with its line, not obeyed."""
    known: dict[str, str] = {}
    whole = text if text.endswith(("\n", "\r")) else f"{text}\n"
    reader = csv.reader(chain(io.StringIO(whole, newline=""), [_END]), delimiter=separator)
    line = 1
    for count, row in enumerate(reader, 1):
        if row == [_END]:
            return
        if any(_END in cell or cell.count("\n") > MOST_LINES_IN_CELL for cell in row):
            raise Invalid("import.quote_open", path=f"line {line}", line=line)
        line = reader.line_num + 1
        check_size("", count, len(row))
        yield [known.setdefault(cell, cell) if len(cell) < 80 else cell for cell in row]


def decode(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Decode text: as asked, by its mark, as UTF-16 or UTF-8 where it is that, else by what its letters look like."""
    if encoding in ENCODINGS:
        return content.decode(encoding, "replace"), encoding
    for mark, marked in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(marked, "replace"), marked
    if unmarked := unmarked_utf16(content):
        return content.decode(unmarked, "replace"), unmarked
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        found = _find_encoding(content)
        return content.decode(found, "replace"), found


def _find_encoding(content: bytes) -> str:
    """Tell Latin text, which has an accent here and there, from text with whole words beyond ASCII."""
    beyond = sum(byte >= 0x80 for byte in content)
    in_words = sum(len(word) for word in _WORD.findall(content))
    if in_words <= beyond * OTHER_SHARE:
        return "cp1252"
    words = _WORD.findall(content)[:MOST_WORDS]
    return max(OTHER_SCRIPTS, key=lambda encoding: sum(_fits(word, encoding) for word in words))


def _fits(word: bytes, encoding: str) -> int:
    """Count the letters of a script in a word; a capital after a small letter speaks against it."""
    first, last = OTHER_SCRIPTS[encoding]
    text = word.decode(encoding, "replace")
    letters = sum(first <= letter <= last for letter in text)
    return letters - 2 * sum(a.islower() and b.isupper() for a, b in pairwise(text))


def find_separator(text: str) -> str:
    """Choose the separator that divides most of the first lines into the same number of cells."""
    lines = [line for line in text.splitlines()[:SAMPLE_ROWS] if line.strip()]

    def score(separator: str) -> tuple[float, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        usual = max(set(counts), key=counts.count) if counts else 1
        return (counts.count(usual) / len(counts) if usual > 1 else 0.0, usual)

    return max(SEPARATORS, key=score)


READER = SeparatedReader()
