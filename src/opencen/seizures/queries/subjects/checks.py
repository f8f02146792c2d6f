"""Finds and clean checks of a company or means of transport: what speaks against it beside what speaks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import sqrt
from typing import Any

from django.db.models import Q

from opencen.kernel.actor import Actor
from opencen.kernel.text import fold, identifier_key
from opencen.records.lock import visible_to
from opencen.records.models import IndexValue, Record
from opencen.records.titles import head_summary
from opencen.records.types import domain_names
from opencen.seizures.queries.subjects.shapes import CaseOfSubject, Checks

MOST = 5000
MONTHS = 30
_Z = 1.96
Document = Mapping[str, Any]


def checks_of(
    actor: Actor, kind: str, document: Document, cases: Sequence[CaseOfSubject], total: int = 0
) -> Checks | None:
    """Count the checks that name the subject and those stated of it; nothing where nobody ever checked it.

    `cases` are the newest of the subject's cases, `total` how many there are.
    """
    if kind == "suspect":
        return None
    controls = list(_controls(actor, kind, document))
    stated = document.get("clean", ())
    declared = sum(period.get("declarations") or 0 for period in stated)
    counts = [int(head_summary(row).get("count") or 1) for row in controls]
    nothing = [n for n, row in zip(counts, controls, strict=True) if row.kind == "none"]
    checked = sum(counts) + sum(period.get("checks") or 0 for period in stated)
    clean = sum(nothing) + sum((period.get("checks") or 0) - (period.get("found") or 0) for period in stated)
    found = checked - clean
    if not checked and not declared:
        return None
    low, high = _interval(found, checked)
    since = min((period["since"] for period in stated if period.get("since")), default="")
    months = _months(zip(controls, counts, strict=True), cases)
    rate = found / checked if checked else None
    return Checks(declared, checked, clean, max(total, len(cases)), rate, low, high, months, since)


def _controls(actor: Actor, kind: str, document: Document) -> Iterator[Record]:
    if "control" not in domain_names() or not actor.may("control:read"):
        return
    named = Q()
    for path, values in _keys(kind, document):
        named |= Q(path=path, text__in=values)
    if named:
        stating = IndexValue.objects.filter(named).values("record_id")
        yield from visible_to(actor).filter(type="control", pk__in=stating).exclude(state="cancelled")[:MOST]


def _keys(kind: str, document: Document) -> Iterator[tuple[str, list[str]]]:
    """Yield where checks name such a subject, and how its names or numbers stand in the index."""
    if kind == "company":
        names = [fold(name["text"])[:200] for name in document.get("names", ()) if name.get("text")]
        if names:
            yield "consignee", names
        return
    for path in ("plate", "container"):
        if document.get(path):
            yield path, [identifier_key(document[path])]


def _interval(found: int, checked: int) -> tuple[float, float]:
    """Return the interval in which the rate lies in 19 of 20 cases (Wilson)."""
    if not checked:
        return 0.0, 1.0
    share, square = found / checked, _Z * _Z
    middle = share + square / (2 * checked)
    half = _Z * sqrt(share * (1 - share) / checked + square / (4 * checked * checked))
    whole = 1 + square / checked
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def _months(controls: Any, cases: Sequence[CaseOfSubject]) -> tuple[tuple[str, int, int], ...]:
    """Return (month, clean checks, cases) of the last months in which anything happened."""
    clean: Counter[str] = Counter()
    for row, count in controls:
        if row.occurred_on and row.kind == "none":
            clean[f"{row.occurred_on:%Y-%m}"] += count
    found = Counter(f"{case.on:%Y-%m}" for case in cases if case.on)
    stated = sorted({*clean, *found})
    if not stated:
        return ()
    last = date.fromisoformat(f"{stated[-1]}-01")
    names = list(_before(last, MONTHS))
    first = max(0, names.index(stated[0])) if stated[0] in names else 0
    return tuple((name, clean[name], found[name]) for name in names[first:])


def _before(last: date, count: int) -> Iterator[str]:
    number = last.year * 12 + last.month - 1
    for one in range(number - count + 1, number + 1):
        yield f"{one // 12:04d}-{one % 12 + 1:02d}"
