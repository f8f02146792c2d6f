"""Reads of exhibits, through the lock of the case they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from opencen.accounts.queries import names_of
from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.records.documents import documents_of
from opencen.records.findings import Finding
from opencen.records.models import Record
from opencen.records.texts import amount, finding_text, write_quantity
from opencen.seizures.custody.clocks import clocks_for
from opencen.seizures.custody.kinds import KINDS
from opencen.seizures.custody.labels import read_label, write_label
from opencen.seizures.custody.models import CustodyAct, Exhibit
from opencen.seizures.custody.permissions import READ
from opencen.seizures.custody.register import EXHIBITS, sampled_at, state_of
from opencen.seizures.custody.state import Due, State, dues_of, in_unit
from opencen.seizures.quantities import PARTIAL, normalised_line
from opencen.seizures.queries.cases import find_case, log_nominal_read
from opencen.seizures.small_records.forgetting import Paper, papers_naming_nobody
from opencen.seizures.small_records.parties import parties_of
from opencen.seizures.small_records.registers import page_of
from opencen.seizures.small_records.views import ActView, Words, act_views
from opencen.seizures.titles import record_title

VIEWS = ("overdue", "off", "held", "out", "ended")
PAGE = 50
SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ExhibitRow:
    """An exhibit as lists show it."""

    id: UUID
    record_id: UUID
    reference: str
    title: str
    number: str
    label: str
    status: str
    place: str
    holder: str
    seal: str
    amount: str
    present: Decimal
    unit: str
    due_at: datetime | None
    due_for: str
    is_overdue: bool
    problems: int
    is_sample: bool
    line: str


@dataclass(frozen=True, slots=True)
class ExhibitView:
    """An exhibit with everything that was done to it."""

    row: ExhibitRow
    state: State
    amounts: dict[str, str]
    dues: tuple[Due, ...]
    problems: tuple[Any, ...]
    acts: tuple[ActView, ...]
    parties: tuple[tuple[str, str], ...]
    samples: tuple[ExhibitRow, ...]
    parent: ExhibitRow | None


@dataclass(frozen=True, slots=True)
class LineChoice:
    """A line of goods that exhibits belong to."""

    id: str
    label: str
    commodity: str
    unit: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list of exhibits."""

    rows: tuple[ExhibitRow, ...]
    counts: dict[str, int]
    number: int
    has_more: bool


visible_exhibits = EXHIBITS.visible
find_exhibit = EXHIBITS.find


def find_by_label(actor: Actor, text: str) -> UUID | None:
    """Return the exhibit that a label code names, where one may see it; nothing for any other text."""
    code = read_label(text)
    if not code or not actor.may(READ):
        return None
    return visible_exhibits(actor).filter(label=code).values_list("id", flat=True).first()


def list_exhibits(actor: Actor, view: str = "overdue", offset: int = 0, limit: int = PAGE) -> Page:
    """List exhibits: the overdue by their date, those that do not agree, or by where they are."""
    rows = visible_exhibits(actor)
    chosen = {
        "overdue": rows.filter(due_at__lt=now()).order_by("due_at", "id"),
        "off": rows.filter(problems__gt=0).order_by("-created_at", "id"),
    }.get(view) or rows.filter(status=view).order_by("-created_at", "id")
    counts = {
        "overdue": rows.filter(due_at__lt=now()).count(),
        "off": rows.filter(problems__gt=0).count(),
        **{name: rows.filter(status=name).count() for name in VIEWS[2:]},
    }
    found, has_more = page_of(chosen, offset, limit)
    return Page(tuple(_listed(exhibit, actor.language) for exhibit in found), counts, offset // limit + 1, has_more)


def exhibit_row(actor: Actor, exhibit_id: UUID) -> ExhibitRow:
    """Return an exhibit of a case one sees as lists show it."""
    return _listed(find_exhibit(actor, exhibit_id), actor.language)


def exhibits_due(actor: Actor, limit: int) -> list[ExhibitRow]:
    """List exhibits that are overdue or due within a day, the longest overdue first."""
    rows = visible_exhibits(actor).filter(due_at__lt=now() + SOON).order_by("due_at", "id")
    return [_listed(exhibit, actor.language) for exhibit in rows.select_related("record")[:limit]]


def exhibits_of(actor: Actor, record: Record) -> tuple[ExhibitRow, ...]:
    """List the exhibits of a case that was read through the lock, in the order they were taken in."""
    return exhibits_of_case(actor, record.id, record.reference or "")


def exhibits_of_case(actor: Actor, case_id: UUID, reference: str) -> tuple[ExhibitRow, ...]:
    """List the exhibits of a case that was read through the lock, in one query."""
    if not actor.may(READ):
        return ()
    rows = Exhibit.objects.filter(record_id=case_id).order_by("created_at", "number")
    return tuple(_row(exhibit, reference, "", actor.language) for exhibit in rows)


def unnamed_papers(actor: Actor, case_id: UUID) -> list[Paper]:
    """List the papers of a case read through the lock that no erasure of a person takes: their acts name nobody."""
    return papers_naming_nobody(EXHIBITS, actor, case_id)


def view_exhibit(actor: Actor, exhibit_id: UUID) -> ExhibitView:
    """Show an exhibit with its acts, what is due and what does not agree."""
    exhibit = find_exhibit(actor, exhibit_id)
    if actor.kind == "user":
        log_nominal_read(actor, record=exhibit.record)
    acts = list(CustodyAct.objects.filter(exhibit_id=exhibit.id))
    state = state_of(exhibit, acts)
    samples = list(Exhibit.objects.filter(parent_id=exhibit.id).order_by("number"))
    names, parties = names_of({act.by for act in acts}), parties_of(exhibit.record)
    language = actor.language
    return ExhibitView(
        row=_listed(exhibit, language),
        state=state,
        amounts={
            name: write_quantity(getattr(state, name), state.unit, language)
            for name in ("came_in", "present", "samples", "used", "disposed", "explained")
        },
        dues=tuple(dues_of(state, sampled_at(exhibit), is_sample=exhibit.parent_id is not None)),
        problems=tuple(finding_text(found, language) for found in state.problems),
        acts=tuple(act_views(acts, KINDS, Words(language, names, parties))),
        parties=tuple(parties.items()),
        samples=tuple(_row(sample, exhibit.record.reference or "", "", language) for sample in samples),
        parent=_row(exhibit.parent, exhibit.record.reference or "", "", language) if exhibit.parent else None,
    )


def lines_of_case(actor: Actor, case_id: UUID) -> tuple[Record, dict[str, Any], list[LineChoice]]:
    """Return a case with its lines of goods, to take exhibits in of."""
    actor.require(READ)
    record = find_case(actor, case_id)
    document = documents_of("case", [(record.id, record.revision)])[record.id]
    lines = [_line(line, number, actor.language) for number, line in enumerate(document.get("lines", ()), 1)]
    return record, document, lines


def _line(line: dict[str, Any], number: int, language: str) -> LineChoice:
    title = record_title("case", {"commodity": line.get("commodity")}, language) if line.get("commodity") else "–"
    return LineChoice(line["id"], f"{number} · {title}", line.get("commodity") or "", line.get("unit") or "")


def balance_of(actor: Actor, case_id: UUID) -> list[Any]:
    """Compare what came in of each line with what the case states, in one unit family; say in words what differs."""
    record, document, lines = lines_of_case(actor, case_id)
    taken: dict[str, list[Exhibit]] = {}
    kept = Exhibit.objects.filter(record_id=record.id, parent=None).exclude(line="").exclude(status="withdrawn")
    for exhibit in kept:
        taken.setdefault(exhibit.line, []).append(exhibit)
    labels = {line.id: line.label for line in lines}
    found = []
    for line in document.get("lines", ()):
        if line["id"] in taken:
            found += _line_balance(line, taken[line["id"]], labels[line["id"]])
    return [finding_text(one, actor.language) for one in found]


def _line_balance(line: dict[str, Any], exhibits: list[Exhibit], label: str) -> list[Finding]:
    """Say what came in beside what the case counts, where it fits none of the weights that the case states.

    A laboratory weighs net what the store took in gross: either agrees.
    """
    found = normalised_line(line)
    counted = found.counted
    if counted is None or counted.value is None:
        return []
    parts = [in_unit(exhibit.came_in, exhibit.unit, counted.base_unit) for exhibit in exhibits]
    if any(part is None for part in parts):
        return []
    total = sum((part for part in parts if part is not None), Decimal(0))
    clocks, unit = clocks_for(line.get("commodity") or ""), counted.base_unit
    others = [one.value for one in found.stages if one.family == counted.family and one.basis not in PARTIAL]
    stated = [counted.value, *others]
    if any(value is not None and abs(total - value) <= clocks.tolerance(value, unit) for value in stated):
        return []
    data = {"came_in": amount(total, unit), "stated": amount(counted.value, unit)}
    return [Finding("custody.line_differs", "warning", "", {"line": label, **data})]


def _listed(exhibit: Exhibit, language: str) -> ExhibitRow:
    record = exhibit.record
    title = record_title(record.type, orjson.loads(record.summary), language)
    return _row(exhibit, record.reference or "", title, language)


def _row(exhibit: Exhibit, reference: str, title: str, language: str) -> ExhibitRow:
    return ExhibitRow(
        id=exhibit.id,
        record_id=exhibit.record_id,
        reference=reference,
        title=title,
        number=exhibit.number,
        label=write_label(exhibit.label),
        status=exhibit.status,
        place=exhibit.place,
        holder=exhibit.holder,
        seal=exhibit.seal,
        amount=write_quantity(exhibit.present, exhibit.unit, language),
        present=exhibit.present,
        unit=exhibit.unit,
        due_at=exhibit.due_at,
        due_for=exhibit.due_for,
        is_overdue=exhibit.due_at is not None and exhibit.due_at < now(),
        problems=exhibit.problems,
        is_sample=exhibit.parent_id is not None,
        line=exhibit.line,
    )


def summary_of(record: Record) -> dict[str, Any]:
    """Return what lists show of a case."""
    found: dict[str, Any] = orjson.loads(record.summary)
    return found


def goods_label(commodity: str, language: str) -> str:
    """Write a kind of goods with what is above it."""
    return " › ".join(get_list("commodity").path_labels(commodity, language))
