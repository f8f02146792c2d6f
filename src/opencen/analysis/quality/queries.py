"""How an office does, beside the country: what its page shows, and what would help most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from opencen.accounts.queries import OfficeInfo, office_tree
from opencen.analysis.asking.choosing import open_moment
from opencen.analysis.measures.rates import FieldRate, Frame, Rates
from opencen.analysis.measures.selection import STATES, add_months
from opencen.analysis.permissions import READ_FIGURES
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
_WAITING = (
    ("returned", 5, (("state", "returned"), ("sort", "oldest"))),
    ("waiting", 3, (("waiting", "1"), ("sort", "oldest"))),
    ("incomplete", 2, (("sort", "quality"),)),
)


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
    last = now().date().replace(day=1)
    span = tuple(add_months(last, step - months + 1) for step in range(months))
    tree = office_tree()
    below = tree.below(office.id) if office else None
    frame = Frame(lock_terms(actor), span[0], last, below)
    numbers = open_moment().read_quality(frame, office.code if office else "")
    returned = _returned(actor, span[0])
    lines = tuple(
        OfficeLine(tree.by_id[key], rates, returned.get(key, 0))
        for key, rates in numbers.by_office.items()
        if key in tree.by_id
    )
    return OfficeQuality(
        office=office,
        months=span,
        rates=numbers.rates,
        country=numbers.country,
        by_month=numbers.by_month,
        country_by_month=numbers.country_by_month,
        fields=tuple(sorted(numbers.fields, key=lambda field: -field.silent)),
        country_fields={field.name: field for field in numbers.country_fields},
        offices=tuple(sorted(lines, key=lambda line: (line.rates.completeness or 0, line.office.path))),
        returned=sum(count for key, count in returned.items() if below is None or key in below),
        standing=numbers.standing,
        suggestions=tuple(suggest(actor, below, numbers.fields, numbers.rates, numbers.standing)),
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
    waiting = mine.filter(state__in=("returned", *_OPEN)).aggregate(
        returned=Count("pk", filter=Q(state="returned")),
        waiting=Count("pk", filter=Q(state__in=_OPEN, changed_at__lt=now() - timedelta(days=WAITS_LONG))),
    )
    counts = {**waiting, "incomplete": mine.filter(state__in=STATES, quality__lt=LOW_QUALITY).count()}
    for code, weight, link in _WAITING:
        if count := counts[code]:
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


__all__ = ["Improvement", "OfficeQuality", "offices_in_view", "read_quality"]
