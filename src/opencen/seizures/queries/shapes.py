"""What pages and the API are given of a case: plain values with their texts in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from opencen.records.texts import Wording
from opencen.seizures.geography import Position


@dataclass(frozen=True, slots=True)
class CaseHead:
    """A case's head as every page shows it."""

    id: UUID
    type: str
    reference: str
    title: str
    state: str
    state_label: str
    is_held: bool
    kind: str
    form: str
    revision: int
    validated_revision: int | None
    office: str
    office_code: str
    unit: str
    author: str
    created_at: datetime
    changed_at: datetime
    validated_at: datetime | None
    quality: int
    warnings: int
    origin: str
    is_own: bool
    batch: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One assessment of a line: what was thought or found, and how much."""

    stage: str
    label: str
    text: str
    basis: str
    note: str
    on: str
    certificate: str
    is_counted: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of goods with everything that was said of it."""

    id: str
    number: int
    role: str
    role_label: str
    commodity: str
    label: str
    path: tuple[str, ...]
    description: str
    stages: tuple[Stage, ...]
    value: Decimal | None
    base_unit: str
    family: str
    quantity: str
    stated: str
    rule: str
    alternatives: tuple[str, ...]
    problem: str
    is_summed: bool
    packages: str
    concealment: str
    concealment_note: str
    is_exceptional: bool
    worth: str
    status: str
    status_on: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LegView:
    """A stop of the route."""

    id: str
    role: str
    role_label: str
    name: str
    country: str
    place: str
    mode: str
    carrier: str
    arrived: str
    departed: str
    position: Position | None


@dataclass(frozen=True, slots=True)
class PartyView:
    """A person or company of a case with its standing; never to the hub."""

    id: str
    is_person: bool
    role: str
    name: str
    standing: str
    standing_label: str
    note: str
    offences: str
    is_minor: bool
    identified: str
    kind: str = ""
    url: str = ""
    is_linked: bool = False


@dataclass(frozen=True, slots=True)
class MediaView:
    """A photo or document of a case; `is_missing` where its file was erased or has not come."""

    id: str
    sha256: str
    kind: str
    kind_label: str
    caption: str
    taken_at: str
    is_releasable: bool
    is_main: bool
    has_preview: bool
    is_missing: bool
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class HoldView:
    """An operational hold."""

    id: UUID
    kind: str
    authority: str
    reason: str
    order_number: str
    until: datetime
    set_by: str
    set_at: datetime
    ended_at: datetime | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class RelationView:
    """Another case that this one belongs with; without reference where it is not for this reader."""

    id: str
    kind: str
    kind_label: str
    record_id: str
    reference: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A reviewer's reason at a field."""

    path: str
    label: str
    text: str
    author: str
    at: datetime
    revision: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in words, with the reason that was given for keeping it."""

    code: str
    level: str
    path: str
    label: str
    text: Wording
    reason: str
    suggestions: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class MissingView:
    """A question that was asked and not answered."""

    path: str
    label: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything a case's page shows."""

    head: CaseHead
    document: dict[str, Any]
    facts: tuple[tuple[str, str, str], ...]
    figures: str
    lines: tuple[LineView, ...]
    route: tuple[LegView, ...]
    distance: int | None
    found_at: Position | None
    parties: tuple[PartyView, ...]
    conveyances: tuple[PartyView, ...]
    linked_people: tuple[PartyView, ...]
    linked_conveyances: tuple[PartyView, ...]
    media: tuple[MediaView, ...]
    holds: tuple[HoldView, ...]
    notes: tuple[NoteView, ...]
    relations: tuple[RelationView, ...]
    findings: tuple[FindingView, ...]
    missing: tuple[MissingView, ...]
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One field that a revision changed, both sides in words."""

    path: str
    label: str
    before: str
    after: str
    is_computed: bool = False


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A revision with what it changed, or an act upon the case."""

    kind: str
    act: str
    text: str
    by: str
    at: datetime
    revision: int | None = None
    changes: tuple[ChangeView, ...] = ()
    is_erased: bool = False
    device_time: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two revisions of a case side by side."""

    head: CaseHead
    before: int
    after: int
    changes: tuple[ChangeView, ...]
    revisions: tuple[int, ...]
