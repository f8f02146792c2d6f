"""Links of figures: to the cases behind a number, to the same figure again, to its numbers as a file."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from opencen.accounts.queries import office_tree
from opencen.analysis.grids import plain_member
from opencen.analysis.measures.selection import EMPTY, Selection, read_month, write_month
from opencen.analysis.measures.ways import BETWEEN, PARTS

COUNTED = ("seizure", "offence")
# By which name a view says which page its links reopen; the dashboard where it says none.
PAGE = "@page"
Pairs = list[tuple[str, str]]


def list_url(selection: Selection, narrow: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the list of the cases behind a number; what is empty is asked for by an empty value."""
    more = {name: tuple(values) for name, values in (narrow or {}).items()}
    months = more.pop("month", ())
    filters = {"kind": COUNTED, "state": selection.states, **dict(selection.filters), **more}
    offices = filters.pop("office", selection.offices)
    pairs: Pairs = [(name, "" if code == EMPTY else code) for name, codes in filters.items() for code in codes]
    pairs += [("office", code) for code in with_offices_below(offices)]
    return f"{reverse('cases')}?{urlencode(pairs + _days(selection, months))}"


def with_offices_below(codes: Sequence[str]) -> list[str]:
    """Return the offices named, and all below them: a list asks for each by itself."""
    tree = office_tree()
    heads = [tree.by_code[code].id for code in codes if code in tree.by_code]
    below = {office for head in heads for office in tree.below(head)}
    return sorted(tree.by_id[office].code for office in below)


def _days(selection: Selection, months: Sequence[str]) -> Pairs:
    """Return the period as days; a list knows only the day of the event."""
    if months:
        if months[0] == EMPTY:
            return [("month", ""), *_days(selection, ())]
        month = read_month(months[0])
        return [("month", write_month(month)), *_span(month, month)]
    return _span(selection.since, selection.until) if selection.time == "occurred" else []


def _span(first: date | None, last: date | None) -> Pairs:
    pairs: Pairs = []
    if first:
        pairs.append(("from", first.isoformat()))
    if last:
        pairs.append(("to", last.replace(day=monthrange(last.year, last.month)[1]).isoformat()))
    return pairs


def page_url(selection: Selection, view: Mapping[str, str], figure: str = "") -> str:
    """Return the address that reopens the page as it is, at a figure."""
    pairs = [*selection.to_query(), *((name, value) for name, value in view.items() if value and name != PAGE)]
    if selection.since is None and selection.until is None:
        pairs.append(("all", "1"))
    return f"{view.get(PAGE) or reverse('dashboard')}?{urlencode(pairs)}{f'#{figure}' if figure else ''}"


def download_url(name: str, format: str, selection: Selection, **parameters: str) -> str:
    """Return the address of a figure's numbers as a file."""
    return _with_query(reverse("figure_download", args=[name, format]), selection, parameters)


def picture_url(name: str, selection: Selection, **parameters: str) -> str:
    """Return the address of what a figure's picture is drawn of when it is saved."""
    return _with_query(reverse("figure_picture", args=[name]), selection, parameters)


def _with_query(address: str, selection: Selection, parameters: Mapping[str, str]) -> str:
    pairs = [*selection.to_query(), *((key, value) for key, value in parameters.items() if value)]
    if selection.since is None and selection.until is None:
        pairs.append(("all", "1"))
    return f"{address}?{urlencode(pairs)}"


def cell_url(chosen: Selection, members: Mapping[str, Any]) -> str:
    """Return the page of the cases behind a cell."""
    said = [(name, plain_member(name, member)) for name, member in members.items()]
    pairs = [*chosen.to_query(), *(("in", f"{name}:{EMPTY if code is None else code}") for name, code in said)]
    if chosen.since is None and chosen.until is None:
        pairs.append(("all", "1"))
    return f"{reverse('figure_cell')}?{urlencode(pairs)}"


def way_url(question: str, chosen: Selection, row: Sequence[Any]) -> str:
    """Return the page of the cases behind a row that no dimension names: a leg, a country in any part, a place."""
    if question == "route_legs":
        return cell_url(chosen, {"leg": BETWEEN.join(str(code) for code in row[:2])})
    if question == "involvement":
        return cell_url(chosen, {"involved": row[0]})
    if question == "points":
        return cell_url(chosen, {"spot": PARTS.join("" if part is None else str(part) for part in row[:4])})
    return ""
