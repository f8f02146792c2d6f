"""Acts of the legal follow-up: each is added; the case is neither amended nor validated anew by any of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.records.documents import documents_of
from opencen.records.media import MediaCopy, open_paper, unseen_media
from opencen.seizures.legal.events import OPENED, READ_PAPER, RECORDED, STANDING
from opencen.seizures.legal.kinds import KINDS
from opencen.seizures.legal.models import LegalAct, Proceeding
from opencen.seizures.legal.permissions import READ, RECORD
from opencen.seizures.legal.queries import find_proceeding, party_names
from opencen.seizures.legal.state import fold
from opencen.seizures.queries.cases import find_case
from opencen.seizures.small_records.base import WITHDRAWN, corrected_among, parts_of, read_time

Given = Mapping[str, Any]
AFTER_THE_END = ("appealed", "paid", "auctioned", WITHDRAWN)


@service(RECORD)
def open_proceeding(
    actor: Actor, *, case_id: UUID, item: str = "", given: Given, at: datetime | None = None
) -> Proceeding:
    """Open a proceeding about a person or company of a case, or about its goods."""
    record = find_case(actor, case_id)
    document = documents_of("case", [(record.id, record.revision)])[record.id]
    if item and item not in party_names(document):
        raise Invalid("legal.party_unknown", path="item")
    number = Proceeding.objects.filter(record_id=record.id).count() + 1
    row = Proceeding.objects.create(
        record_id=record.id, number=number, item=item, created_by=actor.id, created_at=now()
    )
    _add(actor, row, "opened", dict(given), at)
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
    row = find_proceeding(actor, proceeding_id)
    Proceeding.objects.select_for_update().get(pk=row.id)
    if kind not in KINDS or (kind in ("opened", WITHDRAWN) and corrects is None):
        raise NotFound("legal.unknown_act")
    _add(actor, row, kind, dict(given), at, corrects)
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


def _add(
    actor: Actor, row: Proceeding, kind: str, given: dict[str, Any], at: datetime | None, corrects: UUID | None = None
) -> None:
    acts = list(LegalAct.objects.filter(proceeding_id=row.id))
    corrected = corrected_among(acts, corrects, kind)
    moment = corrected.at if corrected and at is None else read_time(at)
    parts = parts_of(KINDS[kind], given)
    public, nominal = orjson.loads(parts["public"]), orjson.loads(parts["nominal"])
    if nominal.get("paper") and unseen_media(actor, {nominal["paper"]}, str(row.record_id)):
        raise NotFound("media.not_found", path="paper")
    if (public.get("amount") or public.get("price") or public.get("floor_price")) and not public.get("currency"):
        raise Invalid("legal.currency_missing", path="currency")
    state = fold(acts)
    if state.stage == "closed" and corrects is None and kind not in AFTER_THE_END:
        raise Conflict("legal.closed")
    if kind == "met" and public.get("deadline") not in {str(due.act) for due in state.dues} and corrects is None:
        raise Invalid("legal.deadline_unknown", path="deadline")
    act = LegalAct.objects.create(
        record_id=row.record_id,
        proceeding=row,
        kind=kind,
        at=moment,
        by=actor.id,
        recorded_at=now(),
        corrects=corrects,
        **parts,
    )
    _project(row, [*acts, act])


def _project(row: Proceeding, acts: list[LegalAct]) -> None:
    """Write what the acts add up to into the columns; a standing that changed is an act that others read."""
    state = fold(acts)
    before = row.standing
    row.stage, row.outcome, row.standing = state.stage, state.outcome, state.standing
    row.due_on, row.due_for = (state.dues[0].until, state.dues[0].name) if state.dues else (None, "")
    row.save()
    if row.item and before != row.standing:
        record_act(
            STANDING, "case", row.record_id, proceeding=str(row.id), item=row.item, standing=row.standing or "open"
        )


@service(READ)
def open_legal_paper(actor: Actor, *, act_id: UUID) -> MediaCopy:
    """Return the scanned paper of an act of a case one sees; who read it stands in the log."""
    act = LegalAct.objects.filter(pk=act_id).first()
    if act is None:
        raise NotFound("legal.not_found")
    row = find_proceeding(actor, act.proceeding_id)
    paper = act.answers.get("paper")
    if not paper:
        raise NotFound("act.not_found")
    record_act(READ_PAPER, row.record.type, row.record_id, proceeding=str(row.id))
    return open_paper(str(paper))
