"""Pages of lists: offset and limit, the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from ninja import Schema
from pydantic import Field

LARGEST_PAGE = 200
DEEPEST = 10_000


class PageQuery(Schema):
    """Which part of a list."""

    offset: int = Field(0, ge=0, le=DEEPEST)
    limit: int = Field(50, ge=1, le=LARGEST_PAGE)


def page_json(rows: Iterable[Any], total: int, asked: PageQuery) -> dict[str, Any]:
    """Return one page with the number of all."""
    return {"total": total, "offset": asked.offset, "limit": asked.limit, "rows": [plain(row) for row in rows]}


def part_of(rows: Sequence[Any], asked: PageQuery) -> dict[str, Any]:
    """Cut a page out of a whole list."""
    return page_json(rows[asked.offset : asked.offset + asked.limit], len(rows), asked)


def plain(row: Any) -> Any:
    """Return a view as plain values."""
    return asdict(row) if is_dataclass(row) and not isinstance(row, type) else row
