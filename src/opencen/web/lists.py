"""Lists of records: the request in the address, the answer as facets, chips and pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opencen.accounts.queries import office_tree
from opencen.codelists.catalogue import get_list
from opencen.records.facets import Facet
from opencen.records.search.address import PAGE as PAGE
from opencen.records.search.address import request_of
from opencen.records.search.request import SearchRequest, SearchResult

SHOWN = 8
LIST_LABELS = {"un": gettext_lazy("United Nations"), "ofac": "OFAC"}
"""Published lists that ship with a name; every other is called as it was named here."""
SORTS = {
    "newest": gettext_lazy("Newest first"),
    "oldest": gettext_lazy("Oldest first"),
    "changed": gettext_lazy("Last changed first"),
    "quality": gettext_lazy("Least complete first"),
    "relevance": gettext_lazy("Best match first"),
}
SORTED_BY_HEAD = {
    "": ("reference", "reference_last"),
    "at": ("oldest", "newest"),
    "quality": ("quality", "complete"),
}
"""The columns that a list is sorted by, upwards and downwards; the record's own column has no name."""
SWITCHES = {
    "mine": gettext_lazy("My own"),
    "has_photos": gettext_lazy("With photos"),
    "waiting": gettext_lazy("Waiting for review"),
}


@dataclass(frozen=True, slots=True)
class Address:
    """A list's address: makes the links that add, remove or change one part of it."""

    query: QueryDict

    def with_value(self, name: str, value: str) -> str:
        """Return the address with one more value of a filter, at the first page."""
        changed = self._copy()
        changed.appendlist(name, value)
        return f"?{changed.urlencode()}"

    def without_value(self, name: str, value: str = "") -> str:
        """Return the address without a value, or without the whole filter."""
        changed = self._copy()
        kept = [found for found in changed.getlist(name) if value and found != value]
        changed.setlist(name, kept)
        if not kept:
            changed.pop(name, None)
        return f"?{changed.urlencode()}"

    def with_only(self, name: str, value: str) -> str:
        """Return the address with one value in the place of a part's present ones; none where it is empty."""
        changed = self._copy()
        changed.pop(name, None)
        if value:
            changed[name] = value
        return f"?{changed.urlencode()}"

    def at_page(self, number: int) -> str:
        """Return the address of another page."""
        changed = self._copy()
        changed["page"] = str(number)
        return f"?{changed.urlencode()}"

    def _copy(self) -> QueryDict:
        changed = self.query.copy()
        changed.pop("page", None)
        return changed


def read_request(query: QueryDict, kind: str, facets: Iterable[Facet]) -> SearchRequest:
    """Read a list's address; what it does not know is left out rather than guessed."""
    return request_of(dict(query.lists()), kind, [facet.name for facet in facets])


def value_label(facet: Facet, value: str, language: str) -> str:
    """Return a facet value in words; what is empty is said so."""
    if facet.name == "list":
        return str(LIST_LABELS.get(value, value)) if value else _("recorded by officers")
    if not value:
        return _("empty")
    if facet.name == "office":
        office = next((o for o in office_tree().by_id.values() if value in (str(o.id), o.id.hex, o.code)), None)
        return office.name if office else value
    if facet.codelist:
        codes = get_list(facet.codelist)
        return codes.label(value, language) if value in codes.codes else value
    return value


def facet_panels(
    facets: Sequence[Facet], result: SearchResult, query: QueryDict, language: str
) -> list[dict[str, Any]]:
    """Return the facets as the page shows them: chosen values first, then the most frequent."""
    address = Address(query)
    panels = []
    for facet in facets:
        counts = dict(result.facets.get(facet.name, ()))
        chosen = query.getlist(facet.name)
        order = [*chosen, *(value for value in counts if value not in chosen)]
        if facet.name == "list" and not any(order):
            continue  # no list is loaded
        limit = 400 if query.get("all") == facet.name else SHOWN + len(chosen)
        options = [
            {
                "label": value_label(facet, value, language),
                "count": counts.get(value, 0),
                "selected": value in chosen,
                "url": address.without_value(facet.name, value)
                if value in chosen
                else address.with_value(facet.name, value),
            }
            for value in order[:limit]
        ]
        if options:
            more = address.with_value("all", facet.name) if len(order) > limit else ""
            clear = address.without_value(facet.name) if chosen else ""
            panels.append(
                {"name": facet.name, "label": _(facet.label), "options": options, "more_url": more, "clear_url": clear}
            )
    return panels


def sort_of_head(name: str, sort: str, query: QueryDict) -> dict[str, str]:
    """Return where a column's head leads: sorted upwards first, then the other way; how it is sorted now."""
    if name not in SORTED_BY_HEAD:
        return {"url": "", "sorted": ""}
    upwards, downwards = SORTED_BY_HEAD[name]
    following = downwards if sort == upwards else upwards
    state = {upwards: "ascending", downwards: "descending"}.get(sort, "")
    return {"url": Address(query).with_only("sort", following), "sorted": state}


def chips_of(facets: Sequence[Facet], query: QueryDict, language: str) -> list[dict[str, str]]:
    """Return the filters in use, each with the address without it."""
    address = Address(query)
    chips = [
        {
            "label": _(facet.label),
            "value": value_label(facet, value, language),
            "remove_url": address.without_value(facet.name, value),
        }
        for facet in facets
        for value in query.getlist(facet.name)
    ]
    for name, label in (("q", _("Text")), ("from", _("From")), ("to", _("To"))):
        if query.get(name):
            chips.append({"label": label, "value": query.get(name, ""), "remove_url": address.without_value(name)})
    chips += [
        {"label": "", "value": str(label), "remove_url": address.without_value(name)}
        for name, label in SWITCHES.items()
        if name in query
    ]
    return chips


def pages_of(request: SearchRequest, result: SearchResult, query: QueryDict) -> dict[str, Any]:
    """Return where in the list one is."""
    number = request.offset // PAGE + 1
    last = min(request.offset + PAGE, result.total)
    address = Address(query)
    return {
        "first": min(request.offset + 1, result.total),
        "last": last,
        "total": result.total,
        "previous_url": address.at_page(number - 1) if number > 1 else "",
        "next_url": address.at_page(number + 1) if last < result.total else "",
    }
