"""Answers about investigations."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema

from opencen.api.answers.records import Document


class InvestigationRow(Schema):
    """An investigation in a list."""

    id: UUID
    reference: str
    title: str
    area: str
    area_label: str
    template: str
    stage: str
    stage_label: str
    due: date | None
    is_late: bool
    lead: str
    open_tasks: int
    late_tasks: int
    opened_at: datetime
    closed_at: datetime | None


class InvestigationList(Schema):
    """One page of investigations and how many there are."""

    total: int
    late: int
    rows: list[InvestigationRow]


class MemberAnswer(Schema):
    """Somebody of the team."""

    user_id: UUID
    name: str
    role: str
    since: datetime
    ended_at: datetime | None


class TaskAnswer(Schema):
    """A task."""

    id: UUID
    title: str
    text: str
    assignee_id: UUID
    assignee: str
    due: date | None
    is_late: bool
    state: str
    result: str
    given_by: str
    given_at: datetime
    ended_by: str
    ended_at: datetime | None
    investigation: UUID
    reference: str


class EntryAnswer(Schema):
    """A line of the log."""

    id: UUID
    kind: str
    at: datetime
    written_at: datetime
    by: str
    text: str
    party: str
    channel: str
    direction: str
    corrects: UUID | None
    is_erased: bool
    words: str


class LinkAnswer(Schema):
    """A linked record that the caller may see."""

    id: UUID
    type: str
    record_id: UUID
    reference: str
    title: str
    state: str
    is_held: bool
    occurred_on: date | None
    note: str
    url: str


class OverlapAnswer(Schema):
    """What another team holds too, told to the owner."""

    kind: str
    what: str
    url: str
    owner: str
    office: str
    at: datetime


class InvestigationStage(Schema):
    """A stage of the way and what it still asks for."""

    key: str
    label: str
    state: str
    lacks: list[str]


class InvestigationAnswer(Schema):
    """Everything of one investigation."""

    row: InvestigationRow
    revision: int
    office: str
    role: str
    document: Document
    stages: list[InvestigationStage]
    lead_id: UUID
    opened_by: str
    opened_how: str
    closed_by: str
    team: list[MemberAnswer]
    tasks: list[TaskAnswer]
    entries: list[EntryAnswer]
    links: list[LinkAnswer]
    overlaps: list[OverlapAnswer]


class InvestigationOpened(Schema):
    """The investigation that was opened."""

    id: UUID
    reference: str | None


class InvestigationState(Schema):
    """Where an investigation stands after an act."""

    id: UUID
    stage: str
    stage_due: date | None
    closed_at: datetime | None


class MadeAnswer(Schema):
    """The id of what was made or changed."""

    id: UUID


class InvestigationNotice(Schema):
    """What one was told."""

    kind: str
    investigation: UUID
    reference: str | None
    task: UUID | None
    at: datetime


class SeenAnswer(Schema):
    """How many notices were marked as seen."""

    seen: int


class RuleAnswer(Schema):
    """A rule that opens investigations."""

    id: UUID
    name: str
    commodity: str
    quantity: Decimal | None
    unit: str
    template: str
    lead_id: UUID
    is_on: bool


class NotOpenedAnswer(Schema):
    """What a rule could not open: the code that says why, and the case for who may see it."""

    event: UUID
    rule: str
    at: datetime
    problem: str
    reference: str
    url: str


class OpeningAnswer(Schema):
    """Whether it was opened now, or the code that says why it still could not."""

    is_opened: bool
    problem: str


class TemplateStage(Schema):
    """A stage of a template."""

    key: str
    label: str
    days: int | None
    required: list[str]


class TemplateAnswer(Schema):
    """A template by offence area."""

    name: str
    label: str
    area: str
    is_own: bool
    stages: list[TemplateStage]
