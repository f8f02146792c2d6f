"""How an office does, beside the country: what its page shows, and what would help most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.models import Count

from opencen.accounts.queries import OfficeInfo, office_tree
from opencen.analysis.facts.snapshot import present_snapshot
from opencen.analysis.measures.comparison import ALL_KINDS
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.reporting import is_open, read_reporting
from opencen.analysis.measures.selection import STATES, Selection, add_months
from opencen.analysis.permissions import READ_FIGURES
from opencen.analysis.quality.rates import (
    LEAST_OFFICES,
    FieldRate,
    Frame,
    Rates,
    country_frame,
    rate_all,
    rate_by_month,
    rate_by_office,
    rate_fields,
)
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound
from opencen.records.lock import lock_condition, lock_terms, visible_to
from opencen.records.models import ReviewNote

MONTHS = 12
WAITS_LONG = 14
SLOW_DAYS = 3.0
LOW_QUALITY = 60
_OPEN = ("submitted", "amended")


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office in the table: its rates, what came back to it and what waits."""

    office: OfficeInfo
    rates: Rates
    returned: int


@dataclass(frozen=True, slots=True)
class Improvement:
    """Something that would help, with how many cases (or months) it is about, and what narrows a list to them."""

    code: str
    count: int
    gain: float
    field: str = ""
    link: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeQuality:
    """What the page of one office, or of all offices in view, shows."""

    office: OfficeInfo | None
    months: tuple[date, ...]
    rates: Rates
    country: Rates | None
    by_month: dict[date, Rates]
    country_by_month: dict[date, Rates]
    fields: tuple[FieldRate, ...]
    country_fields: dict[str, FieldRate]
    offices: tuple[OfficeLine, ...]
    returned: int
    standing: tuple[tuple[date, str], ...]
    suggestions: tuple[Improvement, ...]


def offices_in_view(actor: Actor) -> list[OfficeInfo]:
    """List the offices whose records an actor sees, in the order of the tree."""
    every = sorted(office_tree().by_id.values(), key=lambda office: office.path)
    return [office for office in every if actor.office_ids is None or office.id in actor.office_ids]


def chosen_office(actor: Actor, code: str) -> OfficeInfo | None:
    """Return the office asked for; without one, the own of who sees some, and all for who sees all."""
    seen = offices_in_view(actor)
    if code:
        found = next((office for office in seen if office.code == code), None)
        if found is None:
            raise NotFound("office.unknown", value=code)
        return found
    if actor.office_ids is None:
        return None
    return next((office for office in seen if office.id == actor.office_id), seen[0] if seen else None)


def read_quality(actor: Actor, code: str = "", *, months: int = MONTHS) -> OfficeQuality:
    """Read how an office does with everything below it, over the last months, beside the country."""
    actor.require(READ_FIGURES)
    office = chosen_office(actor, code)
    snapshot = present_snapshot()
    last = now().date().replace(day=1)
    span = tuple(add_months(last, step - months + 1) for step in range(months))
    below = office_tree().below(office.id) if office else None
    frame = Frame(lock_terms(actor), span[0], last, below)
    country = country_frame(frame)
    is_shown = office is not None and len(rate_by_office(snapshot, country)) >= LEAST_OFFICES
    returned = _returned(actor, span[0])
    lines = tuple(
        OfficeLine(office_tree().by_id[key], rates, returned.get(key, 0))
        for key, rates in rate_by_office(snapshot, frame).items()
        if key in office_tree().by_id
    )
    fields = tuple(rate_fields(snapshot, frame))
    rates = rate_all(snapshot, frame)
    chosen = Selection(span[0], last, states=STATES, offices=(office.code,) if office else ())
    reader = Reader.of(actor, snapshot, chosen).of_kinds(*ALL_KINDS)
    standing = _standing(reader, office, span)
    counted = sum(count for key, count in returned.items() if below is None or key in below)
    return OfficeQuality(
        office=office,
        months=span,
        rates=rates,
        country=rate_all(snapshot, country) if is_shown else None,
        by_month=rate_by_month(snapshot, frame),
        country_by_month=rate_by_month(snapshot, country) if is_shown else {},
        fields=tuple(sorted(fields, key=lambda field: -field.silent)),
        country_fields={field.name: field for field in rate_fields(snapshot, country)} if is_shown else {},
        offices=tuple(sorted(lines, key=lambda line: (line.rates.completeness or 0, line.office.path))),
        returned=counted,
        standing=standing,
        suggestions=tuple(suggest(actor, below, fields, rates, standing)),
    )


def suggest(
    actor: Actor,
    offices: frozenset[UUID] | None,
    fields: tuple[FieldRate, ...],
    rates: Rates,
    standing: tuple[tuple[date, str], ...],
) -> list[Improvement]:
    """Say what would help most: by how many cases get better with it, those that wait for somebody first."""
    found = [Improvement("field", field.silent, field.silent, field.name) for field in fields if field.silent]
    mine = visible_to(actor).filter(type="case")
    if offices is not None:
        mine = mine.filter(office_id__in=offices)
    long_ago = now() - timedelta(days=WAITS_LONG)
    for code, rows, weight, link in (
        ("returned", mine.filter(state="returned"), 5, (("state", "returned"), ("sort", "oldest"))),
        ("waiting", mine.filter(state__in=_OPEN, changed_at__lt=long_ago), 3, (("waiting", "1"), ("sort", "oldest"))),
        ("incomplete", mine.filter(state__in=STATES, quality__lt=LOW_QUALITY), 2, (("sort", "quality"),)),
    ):
        if count := rows.count():
            found.append(Improvement(code, count, weight * count, link=link))
    gaps = sum(1 for _month, state in standing if state == "missing")
    if gaps:
        found.append(Improvement("months_missing", gaps, 20.0 * gaps))
    if rates.days_to_enter is not None and rates.days_to_enter > SLOW_DAYS:
        found.append(Improvement("slow", round(rates.days_to_enter), float(rates.cases)))
    return sorted(found, key=lambda each: -each.gain)[:6]


def _returned(actor: Actor, since: date) -> dict[UUID, int]:
    """Count by office the cases that a validator returned since a day."""
    start = datetime(since.year, since.month, 1, tzinfo=UTC)
    notes = ReviewNote.objects.filter(lock_condition(lock_terms(actor), "record__"), record__type="case", at__gte=start)
    rows = notes.exclude(record__state="cancelled").values("record__office_id")
    return {row["record__office_id"]: row["n"] for row in rows.annotate(n=Count("record_id", distinct=True)).order_by()}


def _standing(reader: Reader, office: OfficeInfo | None, months: tuple[date, ...]) -> tuple[tuple[date, str], ...]:
    """Tell for each month whether the office reported in time; a district is as late as its latest."""
    if office is None:
        return ()
    reporting = read_reporting(reader, months)
    worst = ("missing", "late", "open", "in_time")
    found = []
    for month in months:
        states = {reporting.standing(each.id, month) for each in reporting.offices}
        usual = "open" if is_open(month) else "missing"
        found.append((month, next((state for state in worst if state in states), usual)))
    return tuple(found)


__all__ = ["Improvement", "OfficeQuality", "offices_in_view", "read_quality"]
