"""The log of an investigation: contacts, decisions, notes and communications, and what the system adds to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from opencen.investigations.access import find_open, read_text
from opencen.investigations.events import NOTED
from opencen.investigations.models import Entry, Investigation
from opencen.investigations.permissions import RECORD_INVESTIGATIONS
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, NotFound
from opencen.log.service import record_act, service

WRITTEN = ("contact", "decision", "communication", "note")
CHANNELS = ("", "telephone", "letter", "e_mail", "meeting", "message")
DIRECTIONS = ("", "in", "out")
LONGEST = 8000
EARLIEST = 1900


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What somebody writes into the log: when it was, with whom, by which way."""

    kind: str
    text: str
    at: datetime | None = None
    party: str = ""
    channel: str = ""
    direction: str = ""
    corrects: UUID | None = None


@service(RECORD_INVESTIGATIONS)
def write_entry(actor: Actor, *, investigation_id: UUID, entry: NewEntry) -> Entry:
    """Write a line into the log; it stays as it is, and a correction is another line that names it."""
    investigation = find_open(actor, investigation_id)
    for path, value, allowed in (
        ("kind", entry.kind, WRITTEN),
        ("channel", entry.channel, CHANNELS),
        ("direction", entry.direction, DIRECTIONS),
    ):
        if value not in allowed:
            raise Invalid("investigation.entry_kind", path=path, value=value[:40])
    at = entry.at or now()
    if at.year < EARLIEST:
        raise Invalid("investigation.date_needed", path="at")
    if at > now() + timedelta(minutes=5):
        raise Invalid("investigation.entry_future", path="at")
    if entry.corrects is not None:
        known = Entry.objects.filter(pk=entry.corrects, investigation=investigation, kind__in=WRITTEN)
        if not known.exists():
            raise NotFound("investigation.entry_unknown", path="corrects")
    row = Entry.objects.create(
        investigation=investigation,
        kind=entry.kind,
        at=at,
        written_at=now(),
        by=actor.id,
        text=read_text(entry.text, "text", LONGEST),
        party=read_text(entry.party, "party", 200, is_needed=False),
        channel=entry.channel,
        direction=entry.direction,
        corrects=entry.corrects,
    )
    record_act(NOTED, "investigation", investigation.pk, entry=str(row.id), kind=row.kind)
    return row


def add_line(investigation: Investigation, actor: Actor, kind: str, text: str = "", **data: Any) -> None:
    """Add what the system notes of an act to the log; data holds ids, keys and days."""
    at = now()
    Entry.objects.create(
        investigation=investigation,
        kind=kind,
        at=at,
        written_at=at,
        by=actor.id,
        text=text,
        data=orjson.dumps(data, option=orjson.OPT_SORT_KEYS, default=str).decode(),
    )
