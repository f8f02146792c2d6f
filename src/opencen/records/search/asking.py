"""`name:value` as queries: a code or its label in any language, an office, a date or a range, a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from tantivy import FieldType, Index, Query

from opencen.accounts.queries import office_tree
from opencen.kernel.errors import Invalid
from opencen.kernel.text import fold
from opencen.records.search.codes import codes_named
from opencen.records.search.columns import Column, find_column
from opencen.records.search.content import number_key
from opencen.records.search.schema import SCHEMA

_SAFE_PATH = re.compile(r"[a-z][a-z0-9_/]*")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_NO = frozenset({"no", "non", "0", "false", "لا", "nao", "não"})
_grammar = Index(SCHEMA)


def between(field: str, lowest: int | None, highest: int | None) -> Query:
    """Ask for a whole number between two."""
    return Query.range_query(SCHEMA, field, FieldType.Unsigned, lowest, highest)


def number_between(column: Column, lowest: Decimal | None, highest: Decimal | None) -> Query:
    """Ask for a number between two; only the index's own grammar reaches a range at a path."""
    if column.kind != "number" or not _SAFE_PATH.fullmatch(column.facet.key):
        raise Invalid("search.unknown_filter", path=f"numbers.{column.facet.name}", name=column.facet.name)
    if lowest is None and highest is None:
        return Query.exists_query(column.field)
    low, high = ("*" if value is None else number_key(float(value)) for value in (lowest, highest))
    return _grammar.parse_query(f"{column.field}:[{low} TO {high}]", ["public"])


def ask_column(kinds: Sequence[str], name: str, value: str, *, reads_nominal: bool) -> Query:
    """Ask for a facet's value: as a code, by a word of its label in any language, an office by its name."""
    column = find_column(kinds, name, reads_nominal=reads_nominal)
    values = {column.to_term(value), column.to_term(value.upper())}
    folded = fold(value)
    if column.facet.name == "office":
        values |= {
            office.id.hex
            for office in office_tree().by_id.values()
            if folded and any(folded in fold(name) for name in office.names)
        }
    if column.facet.codelist:
        values |= codes_named(column.facet.codelist, folded)
    return Query.term_set_query(SCHEMA, column.field, sorted(values))


def ask_number(kinds: Sequence[str], path: str, value: str, *, reads_nominal: bool) -> Query:
    """Ask for a number, or a range of them."""
    column = find_column(kinds, path, reads_nominal=reads_nominal)
    low, high = read_range(value)
    return number_between(column, _number(low), _number(high))


def ask_quality(value: str) -> Query:
    """Ask for how complete a record is, in per cent."""
    low, high = (_number(text) for text in read_range(value.replace("%", "")))
    is_open = value.startswith("<") and high is not None
    top = None if high is None else int(high) - (1 if is_open else 0)
    if top is not None and top < 0:
        return Query.empty_query()
    return between("quality", None if low is None else max(0, int(low) + (1 if value.startswith(">") else 0)), top)


def ask_photos(value: str) -> Query:
    """Ask for records with photos, or without."""
    return between("photos", 0, 0) if fold(value) in _NO else between("photos", 1, None)


def ask_date(part: str, value: str) -> Query:
    """Ask for when something happened: a day, a month, a year, a range, from or to one."""
    low, high = (value, "") if part == "from" else ("", value) if part == "to" else read_range(value)
    first = _span(low)[0] if low else None
    last = _span(high)[1] if high else None
    if value.startswith(">") and first:
        first = _span(low)[1] + timedelta(days=1)
    if value.startswith("<") and last:
        last = _span(high)[0] - timedelta(days=1)
    return between("occurred", first.toordinal() if first else 1, last.toordinal() if last else None)


def read_range(value: str) -> tuple[str, str]:
    """Read `a..b`, `a..`, `..b`, `>a`, `<b` or one value."""
    if ".." in value:
        low, _, high = value.partition("..")
        return low.strip(), high.strip()
    if value.startswith(">"):
        return value.lstrip(">= "), ""
    if value.startswith("<"):
        return "", value.lstrip("<= ")
    return value, value


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise Invalid("search.number_unreadable", path="text", value=text[:40]) from None
    if not found.is_finite() or abs(found) > Decimal("1e15"):
        raise Invalid("search.number_unreadable", path="text", value=text[:40])
    return found


def _span(text: str) -> tuple[date, date]:
    """Return the first and the last day of a date of any precision."""
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in match.groups())
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        if month:
            return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return first, date(year, 12, 31)
    except (ValueError, OverflowError):
        raise Invalid("search.date_unreadable", path="text", value=text[:40]) from None
