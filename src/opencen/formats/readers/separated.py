"""Separated text (CSV and its kin); encoding and separator are found by evidence."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from opencen.formats.tables import Table
from opencen.kernel.errors import Invalid
from opencen.kernel.uploads.content import CSV, TEXT

SEPARATORS = ",;\t|"
SAMPLE_ROWS = 60
OTHER_SCRIPTS = ["cp1256", "cp1251", "cp1253", "cp1255"]
LATIN_SHARE = 0.3


class SeparatedReader:
    """Read separated text as one table."""

    name = "separated"
    media_types = frozenset({CSV, TEXT})

    def read(self, path: str) -> list[Table]:
        """Return the one table."""
        text, encoding = decode(Path(path).read_bytes())
        separator = find_separator(text)
        csv.field_size_limit(1_000_000)
        try:
            rows: list[list[Any]] = list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
        except csv.Error as error:
            raise Invalid("import.unreadable", reason=str(error)[:200]) from None
        width = max((len(row) for row in rows), default=0)
        padded = [row + [""] * (width - len(row)) for row in rows]
        facts = {"encoding": encoding, "separator": {"\t": "tab"}.get(separator, separator)}
        return [Table("", padded, facts=facts)]


def decode(content: bytes) -> tuple[str, str]:
    """Decode text: by its mark, as UTF-8 where it is that, else by what its letters look like."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = _find_encoding(content)
        return content.decode(encoding, "replace"), encoding


def _find_encoding(content: bytes) -> str:
    """Tell Latin text, which has an accent here and there, from text wholly in letters beyond ASCII."""
    beyond = sum(byte >= 0x80 for byte in content)
    letters = sum(0x41 <= byte <= 0x7A for byte in content)
    if beyond <= letters * LATIN_SHARE:
        return "cp1252"
    best = from_bytes(content, cp_isolation=OTHER_SCRIPTS).best()
    return best.encoding if best else "cp1252"


def find_separator(text: str) -> str:
    """Choose the separator that divides most of the first lines into the same number of cells."""
    lines = [line for line in text.splitlines()[:SAMPLE_ROWS] if line.strip()]

    def score(separator: str) -> tuple[float, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        usual = max(set(counts), key=counts.count) if counts else 1
        return (counts.count(usual) / len(counts) if usual > 1 else 0.0, usual)

    return max(SEPARATORS, key=score)


READER = SeparatedReader()
