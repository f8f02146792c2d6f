"""Controls: checks that found nothing, one by one or as a day's tally."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from opencen.accounts.queries import names_of, office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.log.service import record_act, service
from opencen.records.effective import effective_schema
from opencen.records.events import NOMINAL_READ
from opencen.records.lock import visible_to
from opencen.records.models import Record, Revision
from opencen.records.showing import show_revision
from opencen.records.texts import write_at, write_date, write_field
from opencen.seizures.permissions import READ_CONTROLS
from opencen.seizures.titles import control_title


@dataclass(frozen=True, slots=True)
class ControlRow:
    """One control in a list."""

    id: UUID
    reference: str
    title: str
    office: str
    count: int
    result: str
    at: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ControlView:
    """One control with everything it states."""

    row: ControlRow
    author: str
    document: dict[str, Any]
    facts: tuple[tuple[str, str, str], ...]


def get_control(actor: Actor, control_id: UUID) -> ControlView:
    """Return one control, or raise NotFound; that a person read it is logged."""
    effective_schema("control")
    record = visible_to(actor).filter(pk=control_id, type="control").first()
    if record is None:
        raise NotFound("record.not_found")
    revision = Revision.objects.get(record_id=record.id, number=record.revision)
    document = show_revision(actor, revision, "control")
    if actor.kind == "user":
        _log_read(actor, record=record)
    author = names_of([record.author_id]).get(record.author_id, "")
    facts = tuple(
        (name, write_field(name, actor.language, "control"), write_at(name, value, actor.language, "control"))
        for name, value in document.items()
        if name != "national"
    )
    return ControlView(_row(record, actor.language), author, document, facts)


@service(READ_CONTROLS)
def _log_read(actor: Actor, *, record: Record) -> None:
    record_act(NOMINAL_READ, record.type, record.id, revision=record.revision)


def _row(record: Record, language: str) -> ControlRow:
    summary = orjson.loads(record.summary)
    office = office_tree().by_id.get(record.office_id)
    return ControlRow(
        id=record.id,
        reference=record.reference or "",
        title=control_title(summary, language),
        office=office.name if office else "",
        count=int(summary.get("count") or 1),
        result=summary.get("result") or "none",
        at=write_date(summary["at"], language) if summary.get("at") else "",
        created_at=record.created_at,
    )
