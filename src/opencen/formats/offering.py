"""What would be right in a cell that was refused or waits: readings to choose from, each one click."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from opencen.codelists.catalogue import get_list, resolve
from opencen.formats.mapping import ColumnMap
from opencen.formats.measures import LANGUAGES
from opencen.formats.suggesting import suggest_codes

_NUMBER_AND_WORDS = re.compile(r"(\d(?:[\d.,'\s]*\d)?)\s*([^\d]{2,60})")
MOST = 3
SURE_DECIMALS = 4


def offers_for(found: dict[str, Any], entry: ColumnMap | None, language: str) -> list[tuple[str, str]]:
    """Return (what to write into the cell, what to show) for each reading of a finding."""
    if found["column"] < 0 or found["level"] not in ("error", "question"):
        return []
    if found["code"] == "code.unknown":
        return list(_codes(str(found["data"].get("list", "")), str(found["data"].get("value", "")), language))
    if found["code"] == "number.not_a_number" and (measures := list(_measures(found, language))):
        return measures
    readings = found["data"].get("would_be") or []
    texts = [readings] if isinstance(readings, str) else [str(text) for text in readings]
    return [(_writable(text, found["code"], entry), text) for text in texts[:MOST] if text]


def _codes(name: str, text: str, language: str) -> Iterator[tuple[str, str]]:
    if not name or not text:
        return
    for one in suggest_codes(name, text, language):
        known = resolve(name, one.label, LANGUAGES)
        code = one.code if known is None or known.code != one.code else one.label
        yield code, get_list(name).label(one.code, language)


def _measures(found: dict[str, Any], language: str) -> Iterator[tuple[str, str]]:
    """Offer a number with the unit that the words after it may mean."""
    match = _NUMBER_AND_WORDS.fullmatch(str(found["data"].get("value", "")).strip())
    if match is None:
        return
    for code, label in _codes("unit", match[2].strip(" ."), language):
        yield f"{match[1]} {code}", f"{match[1]} {label}"


def _writable(text: str, code: str, entry: ColumnMap | None) -> str:
    """Write a number so that its column reads it in this one way."""
    if not code.startswith("number.") or not text.replace(".", "").lstrip("-").isdigit():
        return text
    whole, point, decimals = text.partition(".")
    mark = "," if entry and entry.decimal == "comma" else "."
    return f"{whole}{mark}{decimals.ljust(SURE_DECIMALS, '0')}" if point else whole
