"""Reads of the legal follow-up, through the lock of the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import orjson

from opencen.accounts.queries import names_of
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.records.documents import documents_of
from opencen.records.models import Record
from opencen.records.texts import translate, write_code
from opencen.seizures.legal.kinds import KINDS, STAGES
from opencen.seizures.legal.models import LegalAct, Proceeding
from opencen.seizures.legal.permissions import READ
from opencen.seizures.legal.register import PROCEEDINGS
from opencen.seizures.legal.state import State, fold, sets_deadline
from opencen.seizures.queries.cases import find_case, log_nominal_read
from opencen.seizures.small_records.base import in_force
from opencen.seizures.small_records.forgetting import Paper, papers_naming_nobody
from opencen.seizures.small_records.parties import party_names
from opencen.seizures.small_records.registers import page_of
from opencen.seizures.small_records.views import ActView, Words, act_views
from opencen.seizures.titles import record_title

VIEWS = ("overdue", "soon", "open", "closed")
SOON_DAYS = 14
PAGE = 50


@dataclass(frozen=True, slots=True)
class ProceedingRow:
    """A proceeding as lists show it."""

    id: UUID
    record_id: UUID
    reference: str
    title: str
    number: int
    item: str
    party: str
    stage: str
    stage_code: str
    outcome: str
    outcome_code: str
    standing: str
    due_on: date | None
    due_for: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ProceedingView:
    """A proceeding with its acts."""

    row: ProceedingRow
    state: State
    acts: tuple[ActView, ...]
    deadlines: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CaseLegal:
    """The legal follow-up of a case, and whom a further proceeding may be about."""

    record: Record
    title: str
    proceedings: tuple[ProceedingView, ...]
    parties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list of proceedings."""

    rows: tuple[ProceedingRow, ...]
    counts: dict[str, int]
    number: int
    has_more: bool


visible_proceedings = PROCEEDINGS.visible
find_proceeding = PROCEEDINGS.find


def list_proceedings(actor: Actor, view: str = "overdue", offset: int = 0, limit: int = PAGE) -> Page:
    """List proceedings by what is due, or by whether they are open."""
    today, rows = now().date(), visible_proceedings(actor)
    chosen = {
        "overdue": rows.filter(due_on__lt=today).order_by("due_on", "id"),
        "soon": rows.filter(due_on__range=(today, today + timedelta(days=SOON_DAYS))).order_by("due_on", "id"),
        "open": rows.exclude(stage="closed").order_by("-created_at", "id"),
        "closed": rows.filter(stage="closed").order_by("-created_at", "id"),
    }
    counts = {name: found.count() for name, found in chosen.items()}
    found, has_more = page_of(chosen.get(view, chosen["overdue"]), offset, limit)
    parties = _parties_among(found, actor)
    listed = tuple(_row(one, parties.get(one.id, ""), actor.language) for one in found)
    return Page(listed, counts, offset // limit + 1, has_more)


def proceedings_due(actor: Actor, limit: int) -> list[ProceedingRow]:
    """List proceedings with a deadline that has passed or ends in two weeks, the nearest first."""
    last = now().date() + timedelta(days=SOON_DAYS)
    rows = visible_proceedings(actor).filter(due_on__lte=last).order_by("due_on", "id")
    return [_row(row, "", actor.language) for row in rows.select_related("record")[:limit]]


def case_legal(actor: Actor, case_id: UUID) -> CaseLegal:
    """Return the legal follow-up of a case with every act; reading the names is logged."""
    actor.require(READ)
    record = find_case(actor, case_id)
    if actor.kind == "user":
        log_nominal_read(actor, record=record)
    document = documents_of("case", [(record.id, record.revision)])[record.id]
    parties = party_names(document)
    rows = list(Proceeding.objects.filter(record_id=record.id).select_related("record").order_by("number"))
    acts: dict[UUID, list[LegalAct]] = {row.id: [] for row in rows}
    for act in LegalAct.objects.filter(record_id=record.id):
        acts[act.proceeding_id].append(act)
    words = _words(actor, [act for listed in acts.values() for act in listed], parties)
    views = tuple(
        ProceedingView(
            _row(row, parties.get(row.item, ""), actor.language),
            fold(acts[row.id]),
            tuple(act_views(acts[row.id], KINDS, words)),
            words.named,
        )
        for row in rows
    )
    title = record_title("case", orjson.loads(record.summary), actor.language)
    return CaseLegal(record, title, views, tuple(parties.items()))


def unnamed_papers(actor: Actor, case_id: UUID) -> list[Paper]:
    """List the papers of a case read through the lock that no erasure of a person takes: their acts name nobody."""
    return papers_naming_nobody(PROCEEDINGS, actor, case_id)


def view_proceeding(actor: Actor, proceeding_id: UUID) -> ProceedingView:
    """Return one proceeding with its acts; reading the names is logged."""
    row = find_proceeding(actor, proceeding_id)
    found = case_legal(actor, row.record_id)
    return next(view for view in found.proceedings if view.row.id == row.id)


def _words(actor: Actor, acts: list[LegalAct], parties: dict[str, str]) -> Words:
    """Return what ids in acts stand for: who recorded, the parties, and deadlines by what has to be done."""
    deadlines = {str(act.id): str(act.answers.get("what") or "") for act in acts if sets_deadline(act)}
    words = {name: what or translate(KINDS["deadline"].label, actor.language) for name, what in deadlines.items()}
    return Words(actor.language, names_of({act.by for act in acts}), parties | words)


def rows_of_case(actor: Actor, case_id: UUID, document: dict[str, Any], reference: str) -> tuple[ProceedingRow, ...]:
    """List the proceedings of a case that was read through the lock, in one query."""
    if not actor.may(READ):
        return ()
    parties = party_names(document)
    rows = Proceeding.objects.filter(record_id=case_id).order_by("number")
    return tuple(_plain_row(row, reference, "", parties.get(row.item, ""), actor.language) for row in rows)


def standings_of(record_ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """Return what decisions mean for the parties of records: record to item id to standing."""
    found: dict[UUID, dict[str, str]] = {}
    rows = Proceeding.objects.filter(record_id__in=list(record_ids)).exclude(standing="").exclude(item="")
    for record_id, item, standing in rows.order_by("number").values_list("record_id", "item", "standing"):
        found.setdefault(record_id, {})[item] = standing
    return found


def with_standings(document: dict[str, Any], standings: dict[str, str]) -> dict[str, Any]:
    """Return a case's document with its parties' standing as the courts decided."""
    if not standings:
        return document
    changed = {
        name: [{**item, "standing": standings.get(item["id"], item.get("standing"))} for item in document[name]]
        for name in ("persons", "companies")
        if document.get(name)
    }
    return {**document, **changed}


def answers_of(record_ids: Iterable[UUID]) -> dict[UUID, list[tuple[str, dict[str, Any], bool]]]:
    """Return the acts in force of records as (kind, answers, nominal or not), for reports made of visible cases."""
    acts: dict[UUID, list[LegalAct]] = {}
    for act in LegalAct.objects.filter(record_id__in=list(record_ids)):
        acts.setdefault(act.proceeding_id, []).append(act)
    found: dict[UUID, list[tuple[str, dict[str, Any], bool]]] = {}
    for listed in acts.values():
        for act in in_force(listed):
            parts = found.setdefault(act.record_id, [])
            parts.append((act.kind, orjson.loads(act.public), False))
            parts.append((act.kind, orjson.loads(act.nominal), True))
    return found


def _parties_among(rows: list[Proceeding], actor: Actor) -> dict[UUID, str]:
    heads = {row.record_id: row.record for row in rows if row.item}
    documents = documents_of("case", [(head.id, head.revision) for head in heads.values()]) if heads else {}
    return {row.id: party_names(documents.get(row.record_id, {})).get(row.item, "") for row in rows if row.item}


def _row(row: Proceeding, party: str, language: str) -> ProceedingRow:
    record = row.record
    title = record_title(record.type, orjson.loads(record.summary), language)
    return _plain_row(row, record.reference or "", title, party, language)


def _plain_row(row: Proceeding, reference: str, title: str, party: str, language: str) -> ProceedingRow:
    return ProceedingRow(
        id=row.id,
        record_id=row.record_id,
        reference=reference,
        title=title,
        number=row.number,
        item=row.item,
        party=party,
        stage_code=row.stage,
        outcome_code=row.outcome,
        stage=translate(dict(STAGES).get(row.stage, row.stage), language) if row.stage else "",
        outcome=write_code("outcome", row.outcome, language) if row.outcome else "",
        standing=row.standing,
        due_on=row.due_on,
        due_for=row.due_for,
        is_overdue=row.due_on is not None and row.due_on < now().date(),
    )
