"""Searching records over the API: the same request, lock and facets as the lists of the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from pydantic import Field

from opencen.accounts.queries import office_tree
from opencen.api.pages import PageQuery
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.records.effective import effective_schema
from opencen.records.holds import held_among
from opencen.records.search.columns import facets_of
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest, SearchResult, Sort
from opencen.records.titles import record_title

MOST_FILTERS = 40
NUMBER = "number."


class RecordQuery(PageQuery):
    """What is searched for."""

    q: str = Field("", max_length=200, description="Words, in any language of the lists; misspellings are forgiven.")
    sort: Sort = "newest"
    facets: str = Field("", max_length=1000, description="Facets to count, by commas; `all` for every one.")
    since: date | None = Field(None, alias="from", description="First day of the event.")
    until: date | None = Field(None, alias="to", description="Last day of the event.")
    quality_below: int | None = Field(None, ge=0, le=101)
    mine: bool = False
    has_photos: bool = False
    waiting: bool = False


OWN = frozenset((*RecordQuery.model_fields, "from", "to"))


def search_json(actor: Actor, kind: str, asked: RecordQuery, query: QueryDict) -> dict[str, Any]:
    """Search and answer with plain values."""
    effective_schema(kind)
    actor.require(f"{kind}:read")
    return answer_search(actor, read_search(kind, asked, query))


def answer_search(actor: Actor, request: SearchRequest) -> dict[str, Any]:
    """Answer one request with plain values."""
    result = search(actor, request)
    held = held_among(result.ids)
    return {
        "total": result.total,
        "offset": request.offset,
        "limit": request.limit,
        "as_of": result.as_of,
        "spelling_forgiven": result.spelling_forgiven,
        "is_behind": result.is_behind,
        "rows": [_row(record, actor, record.id in held) for record in result.rows],
        "facets": _facets(result),
    }


def read_search(kind: str, asked: RecordQuery, query: QueryDict) -> SearchRequest:
    """Make the request; a parameter that is no filter is an error, never silently left out."""
    names = [name for name in query if name not in OWN]
    if len(names) > MOST_FILTERS:
        raise Invalid("search.unknown_filter", path="filters", name=names[MOST_FILTERS][:96])
    filters = {name: query.getlist(name)[:200] for name in names if not name.startswith(NUMBER)}
    numbers = {name.removeprefix(NUMBER): _range(name, str(query[name])) for name in names if name.startswith(NUMBER)}
    facets = tuple(facets_of(kind)) if asked.facets == "all" else tuple(filter(None, asked.facets.split(",")))
    return SearchRequest(
        type=kind,
        text=asked.q,
        filters=filters,
        numbers=numbers,
        sort=asked.sort,
        offset=asked.offset,
        limit=asked.limit,
        facets=facets,
        occurred_from=asked.since,
        occurred_to=asked.until,
        quality_below=asked.quality_below,
        mine=asked.mine,
        has_photos=asked.has_photos,
        waiting=asked.waiting,
    )


def _range(name: str, text: str) -> tuple[Decimal | None, Decimal | None]:
    """Read `10..20`, `10..` or `..20`."""
    low, dots, high = text.partition("..")
    try:
        return (Decimal(low) if low else None), (Decimal(high) if high else None) if dots else Decimal(low)
    except InvalidOperation:
        raise Invalid("request.invalid", path=name, value=text[:40]) from None


def _row(record: Any, actor: Actor, is_held: bool) -> dict[str, Any]:
    office = office_tree().by_id.get(record.office_id)
    return {
        "id": record.id,
        "type": record.type,
        "reference": record.reference,
        "title": record_title(record, actor.language),
        "state": record.state,
        "is_held": is_held,
        "revision": record.revision,
        "origin": record.origin,
        "office": office.code if office else None,
        "occurred_on": record.occurred_on,
        "changed_at": record.changed_at,
        "quality": record.quality,
        "warnings": record.warnings,
    }


def _facets(result: SearchResult) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [{"value": value, "count": count} for value, count in counts] for name, counts in result.facets.items()
    }
