"""People by when they were born: read from the typed index of the database, for the text search does not hold it.

Where a name leaves few people, only they are looked at; a year alone reads everybody who was born in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from tantivy import Query

from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid
from opencen.records.models import IndexValue
from opencen.records.search.asking import read_range
from opencen.records.search.schema import SCHEMA

NARROW = 500
"""So many people that fit everything else are looked at by themselves."""
MOST_BORN = 100_000
YOUNGEST = 10
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[./])?(\d{1,2})[./](\d{4})")
_YEARS = re.compile(r"[<>]?=?\d{4}|\d{4}\.\.(?:\d{4})?|\.\.\d{4}")
_BEHIND = "~"  # stands behind every sign of a date


def is_birth_year(text: str) -> bool:
    """Tell whether a bare word may say when somebody was born."""
    return len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= now().year - YOUNGEST


def says_years(value: str) -> bool:
    """Tell whether a question about a birth is of whole years, so that a case that states the year answers it."""
    return _YEARS.fullmatch(value) is not None


def born(path: str, value: str, among: Sequence[UUID] | None) -> Query:
    """Ask for those born on a day, in a month or a year, between two, before or after one; of some alone, or of all."""
    first, last = _bounds(value)
    rows = IndexValue.objects.filter(path=path, text__gte=first, text__lt=last)
    if among is not None:
        rows = rows.filter(record_id__in=among)
    ids = list(rows.values_list("record_id", flat=True)[: MOST_BORN + 1])
    if len(ids) > MOST_BORN:
        raise Invalid("search.too_many_born", path="text", value=value[:40])
    return Query.term_set_query(SCHEMA, "id", [found.hex for found in ids])


def _bounds(value: str) -> tuple[str, str]:
    """Return the first text of a range, and the one that is behind its last."""
    low, high = read_range(value)
    first, last = _iso(low) if low else "", _iso(high) + _BEHIND if high else _BEHIND
    if value.startswith(">") and not value.startswith(">="):
        first += _BEHIND
    if value.startswith("<") and not value.startswith("<="):
        last = last.removesuffix(_BEHIND)
    return first, last


def _iso(text: str) -> str:
    """Write a date of any precision as the index holds it; the day may stand first."""
    if match := _DATE.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise Invalid("search.date_unreadable", path="text", value=text[:40])
    return "-".join([f"{int(year):04}", *(f"{int(part):02}" for part in (month, day) if part)])
