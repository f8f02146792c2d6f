"""Pairs of cases that are likely one event entered twice, each with why; both are seen by who asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

import orjson

from opencen.accounts.queries import office_tree
from opencen.kernel.actor import Actor
from opencen.records.lock import visible_to
from opencen.records.models import IndexValue, Record
from opencen.records.texts import write_path
from opencen.seizures.identifiers import EVENT_PATHS
from opencen.seizures.models import ToldApart
from opencen.seizures.titles import record_title

Pair = tuple[UUID, UUID]

SAME_DAYS = timedelta(days=2)
# Two weights of three digits and more that agree on neighbouring days are hardly two weights.
_TELLING_DIGITS = 3
_MOST_CASES = 5000
_MOST_OF_A_NUMBER = 12
_CHUNK = 400
_NOT_STATED = ("draft", "cancelled")


@dataclass(frozen=True, slots=True)
class DoubleSide:
    """One of two cases."""

    id: UUID
    reference: str
    title: str
    office: str
    on: date
    state: str


@dataclass(frozen=True, slots=True)
class Double:
    """Two cases that may be one event: the earlier entered first, the numbers they share, and whether goods agree."""

    first: DoubleSide
    second: DoubleSide
    numbers: tuple[str, ...]
    same_goods: bool

    @property
    def weight(self) -> int:
        """Order pairs: a shared number says more than goods that agree."""
        return 3 * len(self.numbers) + self.same_goods


def find_doubles(
    actor: Actor, *, since: date, offices: frozenset[UUID] | None = None, limit: int = 20
) -> tuple[list[Double], int]:
    """Find likely double entries since a day, with a case of the offices in each: the likeliest, and how many."""
    rows = visible_to(actor).filter(type="case", occurred_on__gte=since).exclude(state__in=_NOT_STATED)
    cases = {row.id: row for row in rows.order_by("-occurred_on", "-id")[:_MOST_CASES]}
    numbers = _sharing(cases)
    goods = set(_same_goods(cases.values()))
    pairs = [
        pair
        for pair in {*numbers, *goods}
        if offices is None or cases[pair[0]].office_id in offices or cases[pair[1]].office_id in offices
    ]
    settled = _settled(pairs)
    found = [
        _double(actor, cases, pair, numbers.get(pair, set()), same_goods=pair in goods)
        for pair in pairs
        if pair not in settled
    ]
    found.sort(key=lambda double: (-double.weight, -double.second.on.toordinal(), str(double.second.id)))
    return found[:limit], len(found)


def _sharing(cases: dict[UUID, Record]) -> dict[Pair, set[str]]:
    """Return the pairs of the same days that share a number, with the paths of the numbers."""
    behind: dict[tuple[str, str], list[UUID]] = {}
    ids = list(cases)
    for start in range(0, len(ids), _CHUNK):
        part = IndexValue.objects.filter(record_id__in=ids[start : start + _CHUNK], path__in=EVENT_PATHS)
        for path, text, record_id in part.values_list("path", "text", "record_id"):
            behind.setdefault((path, text), []).append(record_id)
    found: dict[Pair, set[str]] = {}
    for (path, _text), holders in behind.items():
        if len(holders) <= _MOST_OF_A_NUMBER:
            for pair in _near(holders, cases, SAME_DAYS):
                found.setdefault(pair, set()).add(path)
    return found


def _same_goods(cases: Iterable[Record]) -> Iterator[Pair]:
    """Yield the pairs of neighbouring days whose goods and whose quantity to three digits are the same."""
    alike: dict[Any, list[UUID]] = {}
    known: dict[UUID, Record] = {}
    for case in cases:
        summary = orjson.loads(case.summary)
        value = str(summary.get("value") or "")
        if summary.get("commodity") and len(value.replace(".", "").strip("0")) >= _TELLING_DIGITS:
            key = (summary["commodity"], value, summary.get("measure"), summary.get("location_type"))
            alike.setdefault(key, []).append(case.id)
            known[case.id] = case
    for holders in alike.values():
        if 1 < len(holders) <= _MOST_OF_A_NUMBER:
            yield from _near(holders, known, timedelta(days=1))


def _near(holders: Sequence[UUID], cases: dict[UUID, Record], days: timedelta) -> Iterator[Pair]:
    """Yield the pairs among some cases that lie within some days."""
    for one, other in combinations(sorted(set(holders)), 2):
        first, second = cases[one].occurred_on, cases[other].occurred_on
        if first and second and abs(first - second) <= days:
            yield one, other


def _settled(pairs: Sequence[Pair]) -> set[Pair]:
    """Return the pairs that are related already, in whatever way, or were told apart."""
    ids = sorted({case_id for pair in pairs for case_id in pair})
    found: set[Pair] = set()
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        relations = IndexValue.objects.filter(path="relations.record", record_id__in=part)
        for owner, text in relations.values_list("record_id", "text"):
            if other := _as_id(text):
                found.add(ordered(owner, other))
        found.update(ToldApart.objects.filter(first__in=part).values_list("first", "second"))
    return found


def ordered(one: UUID, other: UUID) -> Pair:
    """Return two ids, the smaller first."""
    return (one, other) if one < other else (other, one)


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _double(actor: Actor, cases: dict[UUID, Record], pair: Pair, paths: set[str], *, same_goods: bool) -> Double:
    first, second = sorted((cases[pair[0]], cases[pair[1]]), key=lambda case: case.created_at)
    labels = tuple(write_path(path, actor.language, "case") for path in EVENT_PATHS if path in paths)
    return Double(_side(actor, first), _side(actor, second), labels, same_goods)


def _side(actor: Actor, case: Record) -> DoubleSide:
    office = office_tree().by_id.get(case.office_id)
    title = record_title(case.type, orjson.loads(case.summary), actor.language)
    on = case.occurred_on or case.created_at.date()
    return DoubleSide(case.id, case.reference or "", title, office.name if office else "", on, case.state)
