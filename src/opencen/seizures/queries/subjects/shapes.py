"""What pages are given of a subject: plain values with their texts in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from opencen.seizures.queries.shapes import CaseHead, FindingView, MediaView, MissingView, NoteView


@dataclass(frozen=True, slots=True)
class FactView:
    """One line of the identity: a label, and everything stated under it."""

    label: str
    values: tuple[str, ...]
    is_code: bool = False
    is_doubted: bool = False


@dataclass(frozen=True, slots=True)
class PartView:
    """Somebody or something that belongs to the subject; without address where it is no record one may see."""

    id: str
    role: str
    name: str
    url: str
    share: str
    period: str
    standing: str
    note: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One suspicion in words."""

    id: str
    on: str
    offence: str
    commodity: str
    grounds: str
    modus_operandi: str
    grading: str
    grading_words: str
    source: str
    record_url: str
    record: str


@dataclass(frozen=True, slots=True)
class SightingView:
    """Where and when a means of transport was seen."""

    on: str
    place: str
    bound_for: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class SubjectView:
    """Everything a subject's page shows of its document."""

    head: CaseHead
    document: dict[str, Any]
    other_name: str
    number: str
    number_label: str
    standing: str
    flags: tuple[str, ...]
    patterns: tuple[str, ...]
    facts: tuple[FactView, ...]
    parts: tuple[tuple[str, tuple[PartView, ...]], ...]
    entries: tuple[EntryView, ...]
    sightings: tuple[SightingView, ...]
    keeping: tuple[FactView, ...]
    review_due: bool
    is_ended: bool
    media: tuple[MediaView, ...]
    notes: tuple[NoteView, ...]
    findings: tuple[FindingView, ...]
    missing: tuple[MissingView, ...]
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class CaseOfSubject:
    """A case of a subject: when, what, in which role, where hidden, with which outcome."""

    id: str
    url: str
    reference: str
    on: date | None
    at: str
    goods: str
    role: str
    hidden: str
    outcome: str
    is_cleared: bool
    state: str


@dataclass(frozen=True, slots=True)
class Checks:
    """Finds and clean checks: what was looked at, how often something was found, month by month."""

    declarations: int
    checks: int
    clean: int
    cases: int
    rate: float | None
    low: float
    high: float
    months: tuple[tuple[str, int, int], ...]
    since: str
