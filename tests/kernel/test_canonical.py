from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencen.kernel.canonical import (
    MAX_DEPTH,
    MAX_WHOLE_NUMBER,
    canonical_json,
    document_digest,
    keyed_digest,
    same_digest,
    sha256_hex,
)
from opencen.kernel.errors import Invalid
from opencen.kernel.partial_dates import PartialDate

KEY = b"0123456789abcdef"


class Colour(StrEnum):
    RED = "red"


@dataclass
class Unwritable:
    name: str = "x"


@pytest.mark.parametrize(
    ("document", "written"),
    [
        ({"b": 1, "a": {"d": None, "c": True}}, b'{"a":{"c":true,"d":null},"b":1}'),
        ({"quantity": Decimal("1.500")}, b'{"quantity":"1.500"}'),
        ({"quantity": Decimal("1E+3")}, b'{"quantity":"1000"}'),
        ({"quantity": Decimal("1E-7")}, b'{"quantity":"0.0000001"}'),
        ({"at": PartialDate.parse("2021-06")}, b'{"at":"2021-06"}'),
        ({"at": datetime(2021, 6, 12, 6, 20, tzinfo=UTC)}, b'{"at":"2021-06-12T06:20:00+00:00"}'),
        ({"on": date(2021, 6, 12)}, b'{"on":"2021-06-12"}'),
        ({"id": UUID(int=1)}, b'{"id":"00000000-0000-0000-0000-000000000001"}'),
        ({"list": ("a", "b")}, b'{"list":["a","b"]}'),
        ({"colour": Colour.RED}, b'{"colour":"red"}'),
        ({"é": "كلمة"}, '{"é":"كلمة"}'.encode()),
        ([], b"[]"),
    ],
)
def test_a_document_has_one_written_form(document: Any, written: bytes) -> None:
    assert canonical_json(document) == written


def nested(depth: int) -> Any:
    return {"a": nested(depth - 1)} if depth else "x"


@pytest.mark.parametrize(
    ("document", "code", "path"),
    [
        ({"lines": [{"quantity": 1.5}]}, "document.binary_fraction", "lines[0].quantity"),
        ({"lines": [float("nan")]}, "document.binary_fraction", "lines[0]"),
        (float("inf"), "document.binary_fraction", ""),
        ({"q": Decimal("NaN")}, "number.not_finite", "q"),
        ({"q": Decimal("Infinity")}, "number.not_finite", "q"),
        ({"n": MAX_WHOLE_NUMBER + 1}, "document.number_too_large", "n"),
        ({"a": {1: "x"}}, "document.key_not_text", "a"),
        ({"at": datetime(2021, 6, 12)}, "date.no_zone", "at"),
        ({"text": "\ud800"}, "document.not_writable", ""),
        ({"x": b"bytes"}, "document.not_writable", ""),
        ({"x": {1, 2}}, "document.not_writable", ""),
        ({"x": Unwritable()}, "document.not_writable", ""),
        (nested(MAX_DEPTH + 1), "document.too_deep", ".".join("a" * MAX_DEPTH)),
    ],
)
def test_what_two_readers_would_read_differently_is_refused_with_its_place(document: Any, code: str, path: str) -> None:
    with pytest.raises(Invalid) as refused:
        canonical_json(document)
    assert (refused.value.code, refused.value.path) == (code, path)


def test_the_deepest_allowed_document_is_written() -> None:
    assert canonical_json(nested(MAX_DEPTH)).count(b"{") == MAX_DEPTH
    assert canonical_json(MAX_WHOLE_NUMBER) == b"9007199254740991"


documents = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_WHOLE_NUMBER, MAX_WHOLE_NUMBER) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(documents)
def test_a_document_read_back_has_the_same_bytes(document: Any) -> None:
    written = canonical_json(document)
    assert json.loads(written) == document
    assert canonical_json(json.loads(written)) == written


@given(st.dictionaries(st.text(), st.integers(0, 9), min_size=2))
def test_the_order_of_keys_never_matters(document: dict[str, int]) -> None:
    assert document_digest(dict(reversed(document.items()))) == document_digest(document)


def test_digests_are_the_published_ones() -> None:
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert document_digest({"a": 1}) == sha256_hex(b'{"a":1}')
    assert keyed_digest(KEY, "Łotfi") == hmac.new(KEY, "Łotfi".encode(), hashlib.sha256).hexdigest()
    assert keyed_digest(KEY, b"x") == keyed_digest(KEY, "x")
    assert keyed_digest(KEY, "x") != keyed_digest(KEY[::-1], "x")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        keyed_digest(b"short", b"x")


def test_digests_are_compared_whole() -> None:
    assert same_digest(sha256_hex(b"a"), sha256_hex(b"a"))
    assert not same_digest(sha256_hex(b"a"), sha256_hex(b"b"))
