"""Frozen figures: the numbers as published, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from opencen.analysis.answers import Answer
from opencen.analysis.cells import Head, heads_of
from opencen.analysis.covering import NUMBERS
from opencen.analysis.events import FIGURE_FROZEN
from opencen.analysis.kept.addresses import read_address
from opencen.analysis.models import Freeze
from opencen.analysis.permissions import READ_FIGURES
from opencen.analysis.queries import Figures, find_question, open_figures, selection_from
from opencen.analysis.wording import write_row
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, NotFound
from opencen.log.service import record_act, service

MOST_RECORDS = 500_000
MOST_SHOWN = 200
FROZEN_BY_DEFAULT = "cases_by_section"


@dataclass(frozen=True, slots=True)
class FreezeView:
    """A frozen figure by name."""

    id: UUID
    name: str
    title: str
    cut_off: date
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row as it was published beside what it is now."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A frozen figure, row by row, with the cases that came, went or changed since."""

    view: FreezeView
    head: tuple[str, ...]
    rows: tuple[RowChange, ...]
    added: list[Head]
    changed: list[Head]
    left: list[Head]
    gone: int


@service(READ_FIGURES)
def freeze_figure(actor: Actor, *, name: str, address: str, cut_off: date | None = None) -> UUID:
    """Keep a figure's numbers as of now, with the revision of every case behind them."""
    found = read_address(address)
    chosen = found.selection
    if chosen.since is None or chosen.until is None:
        raise Invalid("freeze.no_period", path="from")
    if not name.strip():
        raise Invalid("field.missing", path="name")
    question = found.question or FROZEN_BY_DEFAULT
    figures = open_figures(actor)
    answer = figures.ask(question, chosen, found.parameters)
    row = Freeze.objects.create(
        owner_id=actor.id,
        name=name.strip()[:80],
        question=question,
        query=urlencode([*chosen.to_query(), *found.parameters.items()]),
        cut_off=cut_off or now().date(),
        rows=[_plain(row) for row in answer.rows],
        records=_revisions(figures, chosen),
        made_at=now(),
    )
    record_act(FIGURE_FROZEN, "freeze", row.id, question=question, cut_off=str(row.cut_off))
    return row.id


def list_freezes(actor: Actor) -> list[FreezeView]:
    """List one's own frozen figures; another's numbers rest on what another may see."""
    actor.require(READ_FIGURES)
    rows = Freeze.objects.filter(owner_id=actor.id).defer("rows", "records").order_by("-made_at")
    return [_view(row) for row in rows]


def compare_freeze(actor: Actor, freeze_id: UUID) -> Comparison:
    """Set a frozen figure beside the same figure now."""
    actor.require(READ_FIGURES)
    row = Freeze.objects.filter(pk=freeze_id, owner_id=actor.id).first()
    if row is None:
        raise NotFound("saved_figure.not_found")
    given = parse_qs(row.query)
    chosen = selection_from(given)
    figures = open_figures(actor)
    parameters = {key: given[key][0] for key in find_question(row.question).parameters if key in given}
    answer = figures.ask(row.question, chosen, parameters)
    present = _revisions(figures, chosen)
    added = [UUID(record) for record in present if record not in row.records]
    changed = [UUID(record) for record, n in present.items() if record in row.records and n != row.records[record]]
    left = [UUID(record) for record in row.records if record not in present]
    return Comparison(
        _view(row),
        tuple(str(column.label) for column in answer.columns),
        tuple(_row_changes(answer, row.rows, actor.language)),
        heads_of(actor, added[:MOST_SHOWN]),
        heads_of(actor, changed[:MOST_SHOWN]),
        heads_of(actor, left[:MOST_SHOWN]),
        len(left),
    )


def _revisions(figures: Figures, chosen: Any) -> dict[str, int]:
    return figures.revisions_behind(chosen, MOST_RECORDS)


def _row_changes(answer: Answer, before: list[list[Any]], language: str) -> list[RowChange]:
    """Pair the rows by their members; a row that is new or gone stands alone."""
    sides = sum(column.kind not in NUMBERS for column in answer.columns)
    was = {tuple(row[:sides]): row for row in before}
    pairs: list[RowChange] = []
    for row in answer.rows:
        plain = _plain(row)
        old = was.pop(tuple(plain[:sides]), None)
        written = tuple(write_row(answer, row, language))
        before_text = _write_before(answer, row, old, language) if old else ()
        pairs.append(RowChange(before_text, written, old != plain))
    pairs.extend(RowChange(_texts(old[sides:]), _texts(old[:sides]), True) for old in was.values())
    return pairs


def _write_before(answer: Answer, row: tuple[Any, ...], old: list[Any], language: str) -> tuple[str, ...]:
    """Write the numbers of a row as they were kept, in the same words as the present ones."""
    sides = sum(column.kind not in NUMBERS for column in answer.columns)
    kept = [
        Decimal(value) if column.kind in NUMBERS and isinstance(value, str) else value
        for column, value in zip(answer.columns, old, strict=True)
    ]
    return tuple(write_row(answer, (*row[:sides], *kept[sides:]), language)[sides:])


def _plain(row: tuple[Any, ...]) -> list[Any]:
    """Return a row as JSON keeps it."""
    rounded = [round(value, 6) if isinstance(value, float) else value for value in row]
    return [value if value is None or isinstance(value, int | float) else str(value) for value in rounded]


def _texts(values: list[Any]) -> tuple[str, ...]:
    return tuple("–" if value is None else str(value) for value in values)


def _view(row: Freeze) -> FreezeView:
    return FreezeView(row.id, row.name, str(find_question(row.question).title), row.cut_off, row.made_at)
