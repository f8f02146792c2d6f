"""What pages, API and print are given of an investigation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from opencen.records.types import address_of


@dataclass(frozen=True, slots=True)
class Row:
    """An investigation in a list or on the board."""

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


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board with what stands in it; `total` also counts what is not shown."""

    key: str
    label: str
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A page of the list, or the board."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    total: int
    late: int


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody of the team."""

    user_id: UUID
    name: str
    role: str
    since: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task; `investigation` and `reference` name where it belongs for lists across investigations."""

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


@dataclass(frozen=True, slots=True)
class EntryView:
    """A line of the log, with the words that say what the system noted."""

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


@dataclass(frozen=True, slots=True)
class LinkView:
    """A linked record as the reader may see it."""

    id: UUID
    type: str
    record_id: UUID
    reference: str
    title: str
    state: str
    is_held: bool
    occurred_on: date | None
    note: str

    @property
    def url(self) -> str:
        """Return the address of the record's page."""
        return address_of(self.type, self.record_id)


@dataclass(frozen=True, slots=True)
class OverlapView:
    """What another team holds too, told to the owner: what it is, and whom to call."""

    kind: str
    what: str
    url: str
    owner: str
    office: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of the way: done, current or waiting."""

    key: str
    label: str
    state: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InvestigationView:
    """Everything of one investigation."""

    row: Row
    revision: int
    office: str
    role: str
    document: dict[str, Any]
    facts: tuple[tuple[str, str, str], ...]
    stages: tuple[StageView, ...]
    lead_id: UUID
    opened_by: str
    opened_how: str
    closed_by: str
    team: tuple[MemberView, ...]
    tasks: tuple[TaskView, ...]
    entries: tuple[EntryView, ...]
    links: tuple[LinkView, ...]
    overlaps: tuple[OverlapView, ...]

    @property
    def leads(self) -> bool:
        """Tell whether the reader leads it or deputises."""
        return self.role in ("lead", "deputy")

    @property
    def is_open(self) -> bool:
        """Tell whether it is worked on."""
        return self.row.closed_at is None

    @property
    def open_tasks(self) -> list[TaskView]:
        """Return the tasks still to be done."""
        return [task for task in self.tasks if task.state == "open"]

    @property
    def ended_tasks(self) -> list[TaskView]:
        """Return the tasks that are done or dropped."""
        return [task for task in self.tasks if task.state != "open"]
