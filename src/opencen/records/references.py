"""References: country-office-year-serial, given at acceptance and never again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.conf import settings

from opencen.accounts.queries import office_tree
from opencen.records.intake.work import Work
from opencen.records.models import Serial


def give_references(works: Sequence[Work], year: int) -> None:
    """Give each new record the next serial of its office and year; one query for each office."""
    keys = {id(work): _key(work, year) for work in works}
    wanted = Counter(keys.values())
    next_serial = {key: _take_serials(key, count) for key, count in wanted.items()}
    for work in works:
        key = keys[id(work)]
        work.reference = f"{key}-{next_serial[key]:06d}"
        next_serial[key] += 1


def _key(work: Work, year: int) -> str:
    assert work.office_id is not None
    office = office_tree().by_id[work.office_id]
    prefix = work.domain.document.reference_prefix
    parts = [settings.NODE_COUNTRY, office.code, str(year)]
    return "-".join([*([prefix] if prefix else []), *parts])


def _take_serials(key: str, count: int) -> int:
    """Reserve a run of serials and return its first; the row's lock orders concurrent writers."""
    Serial.objects.get_or_create(key=key)
    serial = Serial.objects.select_for_update().get(key=key)
    first = serial.last + 1
    Serial.objects.filter(key=key).update(last=serial.last + count)
    return first
