"""References: country-office-year-serial, given at acceptance and never again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from opencen.accounts.queries import office_tree
from opencen.records.intake.work import Work
from opencen.records.models import Serial
from opencen.records.types import domain


def give_references(works: Sequence[Work], year: int) -> None:
    """Give each new record the next serial of its office and year; one query for each office."""
    keys = {id(work): _key(work.given.type, work.office_id, year) for work in works}
    wanted = Counter(keys.values())
    next_serial = {key: _take_serials(key, count) for key, count in wanted.items()}
    for work in works:
        key = keys[id(work)]
        work.reference = f"{key}-{next_serial[key]:06d}"
        next_serial[key] += 1


def take_reference(kind: str, office_id: UUID, year: int) -> str:
    """Give one record the next serial of its office and year."""
    key = _key(kind, office_id, year)
    return f"{key}-{_take_serials(key, 1):06d}"


def _key(kind: str, office_id: UUID | None, year: int) -> str:
    assert office_id is not None
    office = office_tree().by_id[office_id]
    prefix = domain(kind).document.reference_prefix
    country = office.country if office.kind == "partner" else settings.NODE_COUNTRY
    return "-".join([*([prefix] if prefix else []), country, office.code, str(year)])


def _take_serials(key: str, count: int) -> int:
    """Reserve a run of serials and return its first; the row's lock orders concurrent writers."""
    Serial.objects.get_or_create(key=key)
    serial = Serial.objects.select_for_update().get(key=key)
    first = serial.last + 1
    Serial.objects.filter(key=key).update(last=serial.last + count)
    return first
