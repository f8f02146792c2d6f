"""Keep cells of separated text from waking up as formulas (OWASP, CSV injection)."""

from __future__ import annotations

# Spreadsheets run what begins so; an apostrophe before it keeps it text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guard(value: str) -> str:
    """Keep a value from being read as a formula; a plain negative number is none."""
    if value.startswith(DANGEROUS) and not value[1:].replace(".", "", 1).isdigit():
        return f"'{value}"
    return value
