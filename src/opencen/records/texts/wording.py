"""Make the sentences: what is wrong first, then what would be right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import translation

from opencen.accounts.queries import office_tree
from opencen.kernel.errors import OpenCenError
from opencen.kernel.languages import comma
from opencen.records.findings import Finding, Suggestion
from opencen.records.texts import writing
from opencen.records.texts.catalogue import text_of

_LIST_KEYS = ("list",)
_RIGHT_TO_LEFT = "ar"
_OF_ANOTHER_ORDER = re.compile(r"[0-9A-Za-z+]")
_NUMBER = re.compile(r"[+(]?[0-9A-Z][0-9A-Z ()./-]{2,30}")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_GLUED = "-\u2060"
"""A hyphen after which no line ends."""
_DATE_KEYS = ("on", "until")
_FIELD_KEYS = ("field",)


class Wording(str):
    """A whole sentence or two; `message` says what is wrong, `right` what would be right."""

    message: str
    right: str

    def __new__(cls, message: str, right: str = "") -> Wording:
        """Join both into the text."""
        made = super().__new__(cls, f"{message} {right}".strip())
        made.message = message
        made.right = right
        return made


class _Missing(dict[str, str]):
    """Write nothing for what a finding from a stored receipt no longer carries."""

    def __missing__(self, key: str) -> str:
        return "…"


def finding_text(finding: Finding, language: str, type: str = "case") -> Wording:
    """Say what a finding means in a language."""
    return _word(finding.code, finding.path, finding.data, language, type)


def error_text(error: OpenCenError, language: str, type: str = "case") -> Wording:
    """Say what an error means in a language."""
    return _word(error.code, error.path, error.data, language, type)


def suggestion_text(suggestion: Suggestion, language: str, type: str = "case") -> str:
    """Say what a suggested correction does, for the button that applies it."""
    values = [str(value) for value in suggestion.patch.values() if value is not None]
    data = {"new_value": " ".join(values), **suggestion.data}
    return _word(suggestion.label, next(iter(suggestion.patch), ""), data, language, type).message


def translate(template: str, language: str, **data: Any) -> str:
    """Fill an English template in a language; data as in findings."""
    with translation.override(language):
        written = translation.gettext(template)
    return written.format_map(_Missing({key: write_value(key, value, language) for key, value in data.items()}))


def _word(code: str, path: str, data: Mapping[str, Any], language: str, type: str) -> Wording:
    text = text_of(code)
    written = _Missing({key: _write_whole(key, value, language, type) for key, value in data.items()})
    if path:
        written.setdefault("field", writing.write_field(path, language, type))
    if isinstance(data.get("list"), str) and isinstance(data.get("value"), str):
        written["value"] = writing.write_code(data["list"], data["value"], language)
    with translation.override(language):
        message = translation.gettext(text.message)
        right = translation.gettext(text.right) if text.right else ""
    filled = message.format_map(written)
    return Wording(filled[:1].upper() + filled[1:], _fill_right(right, written))


def _fill_right(right: str, written: Mapping[str, str]) -> str:
    """Leave the second sentence out where the data for it is not there."""
    if not right:
        return ""
    filled = right.format_map(_Missing(written))
    return "" if "…" in filled and "…" not in right else filled


def write_value(key: str, value: Any, language: str, type: str = "case") -> str:
    """Write one value of a finding's data."""
    if isinstance(value, dict):
        return _write_named(value, language, type)
    if isinstance(value, list | tuple):
        return _enumerate([write_value(key, part, language, type) for part in value], language)
    if isinstance(value, str) and key in _LIST_KEYS:
        return writing.write_list_title(value, language)
    if isinstance(value, str) and key in _DATE_KEYS:
        return writing.write_date(value, language)
    if isinstance(value, str) and key in _FIELD_KEYS:
        return writing.write_field(value, language, type)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return writing.write_decimal(value, language)
    return "" if value is None else str(value)


def _write_whole(key: str, value: Any, language: str, type: str) -> str:
    """Write one value for a sentence in which names and numbers of any direction may stand."""
    if isinstance(value, list | tuple):
        return _enumerate([_write_whole(key, part, language, type) for part in value], language)
    written = write_value(key, value, language, type)
    is_stated = isinstance(value, str) and key not in (*_LIST_KEYS, *_DATE_KEYS, *_FIELD_KEYS)
    return keep_together(written, language) if is_stated else written


def keep_together(text: str, language: str) -> str:
    """Keep a name or number in its own order inside right-to-left text, and a number on one line."""
    if not language.startswith(_RIGHT_TO_LEFT) or not _OF_ANOTHER_ORDER.search(text):
        return text
    if _NUMBER.fullmatch(text):
        text = text.replace(" ", "\u00a0")
    return f"\u2068{_HYPHEN.sub(_GLUED, text)}\u2069"


def _write_named(value: dict[str, Any], language: str, type: str) -> str:
    if "code" in value:
        return writing.write_code(value["list"], value["code"], language)
    if "text" in value:
        return _word(value["text"], "", {}, language, type).message
    if "quantity" in value:
        return writing.write_quantity(Decimal(value["quantity"]), value["unit"], language)
    if "money" in value:
        return f"{value['currency']} {writing.write_decimal(value['money'], language)}"
    if "date" in value:
        return writing.write_date(value["date"], language)
    if "field" in value:
        return writing.write_field(value["field"], language, type)
    found = office_tree().by_code.get(value.get("office", ""))
    return found.label(language) if found else str(value.get("office", ""))


def _enumerate(parts: list[str], language: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    with translation.override(language):
        last = translation.gettext("{first} or {last}")
    return last.format(first=comma(language).join(parts[:-1]), last=parts[-1])
