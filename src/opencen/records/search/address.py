"""A list's address as a request: what pages, saved searches and exports have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args
from urllib.parse import parse_qs, parse_qsl, urlencode

from opencen.kernel.text import whole_number
from opencen.records.search.columns import facets_of
from opencen.records.search.language import LONGEST_TEXT
from opencen.records.search.request import SearchRequest, Sort

PAGE = 50
DEEPEST_PAGE = 200
LEFT_OUT = frozenset({"page", "all", "format", "what"})


def clean_query(query: str) -> str:
    """Return an address's question without what only says where in the answer one is."""
    pairs = [(name, value) for name, value in parse_qsl(query.lstrip("?")) if name not in LEFT_OUT]
    return urlencode(pairs)


def read_address(query: str, kind: str) -> SearchRequest:
    """Read a list's address."""
    return request_of(parse_qs(query.lstrip("?"), keep_blank_values=True), kind)


def request_of(values: Mapping[str, Sequence[str]], kind: str, facets: Sequence[str] = ()) -> SearchRequest:
    """Read the values of an address; what it does not know is left out rather than guessed."""
    names = {*facets_of(kind), *facets}
    page = _first(values, "page")
    number = max(1, whole_number(page, 1, DEEPEST_PAGE))
    sort = _first(values, "sort")
    return SearchRequest(
        type=kind,
        text=_first(values, "q").strip()[:LONGEST_TEXT],
        filters={name: list(found) for name, found in values.items() if name in names or "national." in name},
        sort=sort if sort in get_args(Sort) else "newest",  # type: ignore[arg-type]  # one of its own values
        offset=(number - 1) * PAGE,
        limit=PAGE,
        facets=tuple(facets),
        occurred_from=_day(_first(values, "from")),
        occurred_to=_day(_first(values, "to")),
        mine="mine" in values,
        has_photos="has_photos" in values or _first(values, "view") == "gallery",
        waiting="waiting" in values,
    )


def _first(values: Mapping[str, Sequence[str]], name: str) -> str:
    found = values.get(name)
    return found[-1] if found else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
