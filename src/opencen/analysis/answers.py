"""What a question answers with: codes and numbers, with base, time and notes; words are made at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.utils.functional import Promise

from opencen.analysis.measures.dimensions import dimension

ColumnKind = Literal[
    "code",
    "country",
    "office",
    "month",
    "year",
    "state",
    "text",
    "count",
    "share",
    "days",
    "quantity",
    "change",
    "place",
]
Link = Mapping[str, tuple[str, ...]]
Value = Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer: a dimension's members (None: empty) or a measure's values."""

    name: str
    label: str | Promise
    kind: ColumnKind
    codelist: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader of the figure must know, as a code with its numbers."""

    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The numbers of one figure. `links` holds, beside each row, what narrows a list to the row's records."""

    question: str
    base: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    as_of: datetime
    totals: Mapping[str, Value] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    links: tuple[Link | None, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


def member_column(name: str) -> Column:
    """Return the column of a dimension's members."""
    found = dimension(name)
    return Column(name, found.label, found.kind, found.codelist)
