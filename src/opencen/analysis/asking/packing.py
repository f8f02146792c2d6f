"""Values on their way between two processes: JSON, with a mark on what JSON has no word for; no code travels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from django.utils.functional import Promise

from opencen.analysis.answers import Answer, Column, Note
from opencen.analysis.measures.quality import QualityNumbers
from opencen.analysis.measures.rates import FieldRate, Frame, Rates
from opencen.analysis.measures.selection import Selection
from opencen.records.lock import LockTerms

# The only shapes that are taken apart and put together again.
SHAPES: dict[str, type[Any]] = {
    shape.__name__: shape
    for shape in (Answer, Column, Note, Selection, LockTerms, Frame, Rates, FieldRate, QualityNumbers)
}
_FIELDS = {shape: [one.name for one in fields(shape)] for shape in SHAPES.values()}
_PLAIN = frozenset({str, int, float, bool, type(None)})
_MARK = "@"


def pack(value: Any) -> bytes:
    """Write a value; words that wait for a language are written in the present one."""
    return orjson.dumps(_mark(value))


def unpack(content: bytes) -> Any:
    """Read a value written by `pack`."""
    return _read(orjson.loads(content))


def _mark(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    write = _WRITERS.get(kind)
    if write is not None:
        return write(value)
    if isinstance(value, Promise):
        return str(value)
    if is_dataclass(value) and kind in _FIELDS:
        return {_MARK: kind.__name__, "v": [_mark(getattr(value, name)) for name in _FIELDS[kind]]}
    raise TypeError(f"{kind.__name__} does not travel between processes")


def _mark_all(values: Any) -> list[Any]:
    found = list(values)
    return found if _PLAIN.issuperset(map(type, found)) else [_mark(value) for value in found]


_WRITERS: dict[type[Any], Callable[[Any], Any]] = {
    list: _mark_all,
    tuple: lambda value: {_MARK: "(", "v": _mark_all(value)},
    set: lambda value: {_MARK: "{", "v": _mark_all(value)},
    frozenset: lambda value: {_MARK: "f", "v": _mark_all(value)},
    dict: lambda value: {_MARK: ":", "v": [_mark_all(pair) for pair in value.items()]},
    date: lambda value: {_MARK: "d", "v": value.isoformat()},
    datetime: lambda value: {_MARK: "t", "v": value.isoformat()},
    Decimal: lambda value: {_MARK: "n", "v": str(value)},
    UUID: lambda value: {_MARK: "u", "v": value.hex},
}
_READERS: dict[str, Callable[[Any], Any]] = {
    "(": lambda found: tuple(_read_all(found)),
    "{": lambda found: set(_read_all(found)),
    "f": lambda found: frozenset(_read_all(found)),
    ":": lambda found: {_read(key): _read(value) for key, value in found},
    "d": date.fromisoformat,
    "t": datetime.fromisoformat,
    "n": Decimal,
    "u": UUID,
}


def _read(found: Any) -> Any:
    kind = type(found)
    if kind is dict:
        mark, value = found[_MARK], found["v"]
        read = _READERS.get(mark)
        if read is not None:
            return read(value)
        shape = SHAPES[mark]
        return shape(**dict(zip(_FIELDS[shape], map(_read, value), strict=True)))
    return _read_all(found) if kind is list else found


def _read_all(found: list[Any]) -> list[Any]:
    return found if _PLAIN.issuperset(map(type, found)) else [_read(value) for value in found]
