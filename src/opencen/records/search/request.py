"""What is asked of the text search, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from opencen.records.models import Record

EMPTY = ""
"""The facet value of records that do not state it."""

Sort = Literal[
    "newest", "oldest", "changed", "unchanged", "quality", "complete", "reference", "reference_last", "relevance"
]
FacetCount = tuple[str, int]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A list to be answered. Values of one facet are alternatives, facets are all required.

    `filters` maps a facet's name, or any public code, yes/no or indexed text path such as `national.risk`, to
    values; `numbers` maps a number's path to lowest and highest. Without a type all databases are searched.
    """

    type: str = ""
    text: str = ""
    filters: Mapping[str, list[str]] = field(default_factory=dict)
    sort: Sort = "newest"
    offset: int = 0
    limit: int = 50
    facets: tuple[str, ...] = ()
    numbers: Mapping[str, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict)
    occurred_from: date | None = None
    occurred_to: date | None = None
    quality_below: int | None = None
    mine: bool = False
    has_photos: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer: one page of records in order, the exact number of all, and the facets asked for, most frequent first.

    `spelling_forgiven` says that nothing was spelt as typed; `is_behind` that the newest of very many
    changes are not read in yet, so that totals are those of what is.
    """

    ids: list[UUID]
    rows: list[Record]
    total: int
    facets: dict[str, list[FacetCount]]
    took_ms: float
    as_of: datetime
    spelling_forgiven: bool = False
    is_behind: bool = False
