"""One way to write a document as bytes, and the digests that stand on it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from opencen.kernel.errors import Invalid
from opencen.kernel.partial_dates import PartialDate

# Whole numbers beyond this are not the same number in every reader (RFC 8785, RFC 7493).
MAX_WHOLE_NUMBER = 2**53 - 1
MAX_DEPTH = 64
_MIN_KEY_LENGTH = 16
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_SUBCLASS | orjson.OPT_PASSTHROUGH_DATACLASS
_SAFE = frozenset({str, bool, type(None), PartialDate, UUID, date})


def canonical_json(obj: Any) -> bytes:
    """Write a document as UTF-8 JSON with sorted keys and no spaces; the same document, the same bytes.

    Decimals are written as plain strings. Binary fractions are refused: they are not what anybody stated.
    """
    _check(obj, "", 0)
    try:
        return orjson.dumps(obj, default=_write, option=_OPTIONS)
    except orjson.JSONEncodeError as error:
        raise Invalid("document.not_writable", reason=str(error)) from None


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of bytes in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def document_digest(obj: Any) -> str:
    """Return the SHA-256 of a document's canonical form."""
    return sha256_hex(canonical_json(obj))


def keyed_digest(key: bytes, data: bytes | str) -> str:
    """Return the HMAC-SHA256 of content, so that who has no key cannot guess the content from it."""
    if len(key) < _MIN_KEY_LENGTH:
        raise ValueError(f"a digest key has at least {_MIN_KEY_LENGTH} bytes")
    return hmac.new(key, data.encode() if isinstance(data, str) else data, hashlib.sha256).hexdigest()


def same_digest(one: str, other: str) -> bool:
    """Compare two digests in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def write_decimal(value: Decimal) -> str:
    """Write a decimal as plain digits, its trailing zeros kept and no exponent."""
    if not value.is_finite():
        raise Invalid("number.not_finite", value=str(value))
    return format(value, "f")


def _check(value: Any, path: str, depth: int) -> None:
    """Refuse what two readers would not read alike, and say where it stands."""
    # The types themselves first: to ask for the abstract ones takes ten times as long, and documents are large.
    if type(value) is dict or isinstance(value, Mapping):
        _check_depth(path, depth)
        for key, item in value.items():
            if not isinstance(key, str):
                raise Invalid("document.key_not_text", path=path, key=repr(key))
            if type(item) not in _SAFE:
                _check(item, f"{path}.{key}" if path else key, depth + 1)
    elif type(value) is list or (
        isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray | memoryview)
    ):
        _check_depth(path, depth)
        for index, item in enumerate(value):
            if type(item) not in _SAFE:
                _check(item, f"{path}[{index}]", depth + 1)
    else:
        _check_value(value, path)


def _check_depth(path: str, depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise Invalid("document.too_deep", path=path, limit=MAX_DEPTH)


def _check_value(value: Any, path: str) -> None:
    if isinstance(value, float):
        raise Invalid("document.binary_fraction", path=path, value=repr(value))
    if isinstance(value, int) and abs(value) > MAX_WHOLE_NUMBER:
        raise Invalid("document.number_too_large", path=path, limit=MAX_WHOLE_NUMBER)
    if isinstance(value, Decimal) and not value.is_finite():
        raise Invalid("number.not_finite", path=path, value=str(value))
    if isinstance(value, datetime) and value.tzinfo is None:
        raise Invalid("date.no_zone", path=path, value=value.isoformat())


def _write(value: Any) -> Any:
    """Write the values that JSON has no form for."""
    if isinstance(value, Decimal):
        return write_decimal(value)
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return list(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")
