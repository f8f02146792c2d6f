"""Residual uniqueness: how many persons of the same year share what would leave of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from opencen.records.models import IndexValue, Record
from opencen.release.compiler import Compiled
from opencen.release.profile import band_of

RARE = 5
_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Recognisable:
    """One person who leaves without identity: how many alike there are, with and without the age band."""

    item: str
    nationality: str
    sex: str
    age_band: str
    alike: int
    alike_without_age: int
    is_age_dropped: bool

    @property
    def is_rare(self) -> bool:
        """Tell whether fewer than five share the attributes."""
        return (self.alike_without_age if self.is_age_dropped else self.alike) < RARE


def measure_uniqueness(
    record: Record, document: dict[str, Any], compiled: Compiled, without_age: Sequence[str]
) -> list[Recognisable]:
    """Count, among cases of the same year, section and location type, the persons alike; drop chosen age bands."""
    persons = [p for p in document.get("persons", ()) if p.get("standing") != "cleared"]
    if not persons:
        return []
    others = _persons_alike(record)
    year = record.occurred_on.year if record.occurred_on else None
    found = []
    for person, sent in zip(persons, compiled.document.get("persons", ()), strict=False):
        birth = person.get("birth_year")
        band = band_of(year - birth) if birth and year else person.get("age_band", "")
        sought = (person.get("nationality", ""), person.get("sex", ""))
        alike = [bands for pair, bands in others if pair == sought]
        is_dropped = person["id"] in without_age
        if is_dropped:
            sent.pop("age_band", None)
        count = max(1, sum(other == band for other in alike))
        found.append(Recognisable(person["id"], *sought, band, count, max(1, len(alike)), is_dropped))
    return found


def _persons_alike(record: Record) -> list[tuple[tuple[str, str], str]]:
    """Return ((nationality, sex), age band) of every person in comparable cases, this one included."""
    if record.occurred_on is None:
        return []
    year = record.occurred_on.year
    summary = orjson.loads(record.summary)
    section = str(summary.get("commodity", "")).split(".")[0]
    rows = Record.objects.filter(type=record.type, occurred_on__year=year).values_list("id", "summary")[:_LIMIT]
    ids = []
    for key, text in rows:
        other = orjson.loads(text)
        same_section = str(other.get("commodity", "")).split(".")[0] == section
        if same_section and other.get("location_type") == summary.get("location_type"):
            ids.append(key)
    persons: dict[tuple[Any, str], dict[str, Any]] = {}
    paths = ("persons.nationality", "persons.sex", "persons.birth_year", "persons.age_band")
    for start in range(0, len(ids), 400):
        values = IndexValue.objects.filter(record_id__in=ids[start : start + 400], path__in=paths)
        for value in values:
            kept = value.number if value.number is not None else value.text
            persons.setdefault((value.record_id, value.item), {})[value.path] = kept
    return [_alike(person, year) for person in persons.values()]


def _alike(person: dict[str, Any], year: int) -> tuple[tuple[str, str], str]:
    birth = person.get("persons.birth_year")
    band = band_of(year - int(birth)) if birth else str(person.get("persons.age_band", ""))
    return (str(person.get("persons.nationality", "")), str(person.get("persons.sex", ""))), band
