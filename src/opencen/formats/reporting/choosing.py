"""Which cases a report is made of: validated, of this node, not held, one for each event; and what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from opencen.codelists.catalogue import get_list
from opencen.formats.format import Exported, formats
from opencen.formats.reporting.profile import Canonical, Report
from opencen.formats.reporting.subject import LEGAL
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, NotFound, TooLarge
from opencen.records.documents import documents_of
from opencen.records.holds import held_among
from opencen.records.lock import visible_to
from opencen.seizures.legal.permissions import READ as READ_LEGAL
from opencen.seizures.legal.queries import answers_of, standings_of, with_standings
from opencen.seizures.same_event import all_event_groups

MAY_REPORT = "case:export"
MAX_CASES = 100_000
KINDS = ("seizure", "offence")
_CHUNK = 400
_NOT_STATED = ("draft", "cancelled")


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a report, both included, and the part of the goods that it is about (empty: all it asks for)."""

    since: date
    until: date
    section: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One case of a report, at the revision that was validated last."""

    id: UUID
    reference: str
    state: str
    revision: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The cases of a report, and how many were left out for which reason."""

    cases: tuple[Chosen, ...]
    left_out: dict[str, int]


def require_reporting(actor: Actor) -> None:
    """Require what a report takes: it says what the courts decided, and leaves out whom they cleared."""
    actor.require(MAY_REPORT)
    actor.require(READ_LEGAL)


def list_reports() -> list[Report]:
    """List the reporting obligations by name."""
    return [found for found in formats().values() if isinstance(found, Report)]


def find_report(name: str) -> Report:
    """Return a reporting obligation, or raise NotFound."""
    found = formats().get(name)
    if not isinstance(found, Report):
        raise NotFound("report.unknown", name=name)
    return found


def choose_cases(actor: Actor, period: Period) -> Choice:
    """Choose the cases of a period that an actor may see and that may be reported."""
    if period.since > period.until:
        raise Invalid("report.period", path="until")
    rows = visible_to(actor).filter(
        type="case", origin=settings.NODE_ID, kind__in=KINDS, occurred_on__range=(period.since, period.until)
    )
    rows = rows.exclude(state__in=_NOT_STATED)
    found = list(
        rows.order_by("occurred_on", "id").values_list("id", "reference", "state", "validated_revision")[
            : MAX_CASES + 1
        ]
    )
    if len(found) > MAX_CASES:
        raise TooLarge("export.too_many", limit=MAX_CASES)
    ready = [Chosen(key, ref or "", state, revision) for key, ref, state, revision in found if revision]
    free = _without_held(ready)
    single = _one_an_event(free)
    left_out = {
        "not_validated": len(found) - len(ready),
        "held": len(ready) - len(free),
        "same_event": len(free) - len(single),
    }
    return Choice(tuple(single), left_out)


def read_cases(choice: Choice) -> Iterator[Exported]:
    """Yield the chosen cases with their documents, as validated."""
    for start in range(0, len(choice.cases), _CHUNK):
        part = choice.cases[start : start + _CHUNK]
        documents = documents_of("case", [(case.id, case.revision) for case in part])
        standings = standings_of([case.id for case in part])
        followed = answers_of([case.id for case in part])
        for case in part:
            if case.id in documents:
                document = with_standings(documents[case.id], standings.get(case.id, {}))
                document = {**document, LEGAL: followed.get(case.id, [])}
                yield Exported(str(case.id), case.reference, case.state, case.revision, document)


def within(document: Canonical, section: str) -> Canonical:
    """Keep the lines that are of a section."""
    if not section:
        return document
    codes = get_list("commodity")
    lines = [
        line
        for line in document.get("lines", ())
        if line.get("commodity") and codes.is_under(codes.standard(line["commodity"]), section)
    ]
    return {**document, "lines": lines}


def _without_held(cases: list[Chosen]) -> list[Chosen]:
    held: set[UUID] = set()
    for start in range(0, len(cases), _CHUNK):
        held |= held_among([case.id for case in cases[start : start + _CHUNK]])
    return [case for case in cases if case.id not in held]


def _one_an_event(cases: list[Chosen]) -> list[Chosen]:
    """Keep the earliest of the cases that are one event: it is reported once."""
    groups = all_event_groups()
    seen: set[UUID] = set()
    kept = []
    for case in cases:
        event = groups.get(case.id, case.id)
        if event not in seen:
            seen.add(event)
            kept.append(case)
    return kept
