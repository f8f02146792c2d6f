"""References: country-office-year-serial, given at acceptance and never again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import count
from uuid import UUID

from django.conf import settings
from django.db import connection

from opencen.accounts.queries import office_tree
from opencen.records.types import domain


def take_references(wanted: Sequence[tuple[str, UUID]], year: int) -> list[str]:
    """Give each (type, office) of a batch the next serial of its office and year; one query for each office."""
    keys = [_key(kind, office_id, year) for kind, office_id in wanted]
    serials = {key: count(_take_serials(key, many)) for key, many in Counter(keys).items()}
    return [f"{key}-{next(serials[key]):06d}" for key in keys]


def take_listed(wanted: Sequence[tuple[str, str]]) -> list[str]:
    """Give each (type, origin) of records from published lists its next serial: `S-UN-000123`."""
    keys = [
        "-".join(part for part in (domain(kind).document.reference_prefix, origin.partition(":")[2].upper()) if part)
        for kind, origin in wanted
    ]
    serials = {key: count(_take_serials(key, many)) for key, many in Counter(keys).items()}
    return [f"{key}-{next(serials[key]):06d}" for key in keys]


def take_reference(kind: str, office_id: UUID, year: int) -> str:
    """Give one record the next serial of its office and year."""
    key = _key(kind, office_id, year)
    return f"{key}-{_take_serials(key, 1):06d}"


def _key(kind: str, office_id: UUID, year: int) -> str:
    office = office_tree().by_id[office_id]
    prefix = domain(kind).document.reference_prefix
    country = office.country if office.kind == "partner" else settings.NODE_COUNTRY
    return "-".join([*([prefix] if prefix else []), country, office.code, str(year)])


def _take_serials(key: str, count: int) -> int:
    """Reserve a run of serials and return its first; the row's lock orders concurrent writers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_serial (key, last) VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET last = records_serial.last + excluded.last RETURNING last",
            [key, count],
        )
        last: int = cursor.fetchone()[0]
    return last - count + 1
