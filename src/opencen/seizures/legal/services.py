"""Acts of the legal follow-up: each is added; the case is neither amended nor validated anew by any of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.log.service import record_act, service
from opencen.records.media import MediaCopy, open_paper
from opencen.seizures.legal.events import OPENED, READ_PAPER, RECORDED
from opencen.seizures.legal.models import Proceeding
from opencen.seizures.legal.permissions import READ, RECORD
from opencen.seizures.legal.register import BEGINS, PROCEEDINGS
from opencen.seizures.queries.cases import find_case
from opencen.seizures.small_records.parties import parties_of
from opencen.seizures.small_records.registers import Said

Given = Mapping[str, Any]


@service(RECORD)
def open_proceeding(
    actor: Actor, *, case_id: UUID, item: str = "", given: Given, at: datetime | None = None
) -> Proceeding:
    """Open a proceeding about a person or company of a case, or about its goods."""
    record = find_case(actor, case_id)
    if item and item not in parties_of(record):
        raise Invalid("legal.party_unknown", path="item")
    number = Proceeding.objects.filter(record_id=record.id).count() + 1
    row = PROCEEDINGS.begin(actor, record, Said(BEGINS, given, at), number=number, item=item)
    record_act(OPENED, record.type, record.id, proceeding=str(row.id), number=number)
    return row


@service(RECORD)
def record_legal(
    actor: Actor,
    *,
    proceeding_id: UUID,
    kind: str,
    given: Given,
    at: datetime | None = None,
    corrects: UUID | None = None,
) -> Proceeding:
    """Record an act of a proceeding, or correct one."""
    row, _act = PROCEEDINGS.follow(actor, proceeding_id, Said(kind, given, at, corrects))
    record_act(
        RECORDED,
        row.record.type,
        row.record_id,
        proceeding=str(row.id),
        number=row.number,
        kind=kind,
        corrects=str(corrects or ""),
    )
    return row


@service(READ)
def open_legal_paper(actor: Actor, *, act_id: UUID) -> MediaCopy:
    """Return the scanned paper of an act of a case one sees; who read it stands in the log."""
    row, paper = PROCEEDINGS.find_paper(actor, act_id)
    record_act(READ_PAPER, row.record.type, row.record_id, proceeding=str(row.id))
    return open_paper(paper)
