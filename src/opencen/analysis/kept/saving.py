"""Acts upon saved figures: save, arrange, share, schedule, remove; and who reads which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from opencen.accounts.queries import names_of
from opencen.analysis.events import FIGURE_REMOVED, FIGURE_SAVED
from opencen.analysis.kept.addresses import read_address
from opencen.analysis.kept.due import SCHEDULES, next_time
from opencen.analysis.models import MadeReport, SavedFigure
from opencen.analysis.permissions import READ_FIGURES
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import nothing_done, record_act, service

AUDIENCES = ("private", "role", "office", "all")
FORMATS = ("pdf", "xlsx")
MOST_SAVED = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """How a figure is kept: under which name, for whom, and when the worker makes a file of it."""

    name: str
    audience: str = "private"
    role: str = ""
    schedule: str = ""
    hour: int = 6
    format: str = "pdf"


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved figure as its reader sees it."""

    id: UUID
    name: str
    address: str
    audience: str
    role: str
    schedule: str
    hour: int
    format: str
    next_at: datetime | None
    is_own: bool
    by: str


@dataclass(frozen=True, slots=True)
class MadeView:
    """A file the worker made."""

    id: UUID
    name: str
    format: str
    size: int
    problem: str
    made_at: datetime


@service(READ_FIGURES)
def save_figure(actor: Actor, *, address: str, plan: Plan) -> UUID:
    """Keep a figure's address under a name; one's own of the same name is replaced."""
    name = plan.name.strip()[:80]
    if not name:
        raise Invalid("field.missing", path="name")
    _check(actor, plan)
    found = read_address(address)
    if SavedFigure.objects.filter(owner_id=actor.id).count() >= MOST_SAVED:
        raise Conflict("search.too_many_saved", limit=MOST_SAVED)
    values = {
        "address": found.text,
        "office_id": actor.office_id,
        "audience": plan.audience,
        "role": plan.role if plan.audience == "role" else "",
        "schedule": plan.schedule,
        "hour": plan.hour,
        "format": plan.format,
        "next_at": next_time(plan.schedule, plan.hour, now(), actor.time_zone),
        "created_at": now(),
    }
    row, _made = SavedFigure.objects.update_or_create(owner_id=actor.id, name=name, defaults=values)
    record_act(FIGURE_SAVED, "saved_figure", row.id, audience=plan.audience, schedule=plan.schedule)
    return row.id


def _check(actor: Actor, plan: Plan) -> None:
    """Refuse what is no choice, and sharing with a role one does not hold."""
    known: tuple[tuple[str, object, Sequence[object]], ...] = (
        ("audience", plan.audience, AUDIENCES),
        ("schedule", plan.schedule, SCHEDULES),
        ("format", plan.format, FORMATS),
        ("hour", plan.hour, range(24)),
    )
    for path, value, choices in known:
        if value not in choices:
            expected = ", ".join(str(choice) for choice in choices)
            raise Invalid("figure.unknown_choice", path=path, value=str(value)[:40], expected=expected)
    if plan.audience == "role" and plan.role not in actor.roles:
        expected = ", ".join(sorted(actor.roles))
        raise Invalid("figure.unknown_choice", path="role", value=plan.role[:40], expected=expected)


@service(READ_FIGURES)
def remove_figure(actor: Actor, *, saved_id: UUID) -> None:
    """Remove one's own saved figure with the files made of it."""
    _own(actor, saved_id).delete()
    record_act(FIGURE_REMOVED, "saved_figure", saved_id)


@service(READ_FIGURES)
def move_figure(actor: Actor, *, saved_id: UUID, up: bool) -> None:
    """Move one's own saved figure one place up or down."""
    rows = list(SavedFigure.objects.filter(owner_id=actor.id).order_by("position", "created_at"))
    place = next((index for index, row in enumerate(rows) if row.id == saved_id), None)
    if place is None:
        raise NotFound("saved_figure.not_found")
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    _keep_order(rows)


@service(READ_FIGURES)
def arrange_figures(actor: Actor, *, order: Sequence[UUID]) -> None:
    """Put one's own saved figures in an order; those it does not name follow as they stood."""
    rows = list(SavedFigure.objects.filter(owner_id=actor.id).order_by("position", "created_at"))
    places = {saved_id: place for place, saved_id in enumerate(order)}
    if places.keys() - {row.id for row in rows}:
        raise NotFound("saved_figure.not_found")
    _keep_order(sorted(rows, key=lambda row: places.get(row.id, len(places))))


def _keep_order(rows: Sequence[SavedFigure]) -> None:
    for index, row in enumerate(rows):
        row.position = index
    SavedFigure.objects.bulk_update(rows, ["position"])
    nothing_done()


def list_saved(actor: Actor) -> list[SavedView]:
    """List one's own saved figures in one's order, then those shared with one's office, role, or all."""
    actor.require(READ_FIGURES)
    rows = list(readable_by(actor).order_by("position", "created_at"))
    names = names_of({row.owner_id for row in rows})
    rows.sort(key=lambda row: row.owner_id != actor.id)
    return [
        SavedView(
            row.id, row.name, row.address, row.audience, row.role, row.schedule, row.hour, row.format, row.next_at,
            row.owner_id == actor.id, names.get(row.owner_id, ""),
        )
        for row in rows
    ]  # fmt: skip


def readable_by(actor: Actor) -> QuerySet[SavedFigure]:
    """Return one's own and the shared: an address only, answered from what the reader may see."""
    shared = Q(audience="all") | Q(audience="role", role__in=actor.roles)
    if actor.office_id:
        shared |= Q(audience="office", office_id=actor.office_id)
    return SavedFigure.objects.filter(Q(owner_id=actor.id) | shared)


def list_made(actor: Actor) -> list[MadeView]:
    """List the files the worker made for one, the newest first."""
    actor.require(READ_FIGURES)
    rows = MadeReport.objects.filter(owner_id=actor.id).order_by("-made_at")[:100]
    return [MadeView(r.id, r.name, r.format, len(r.content), r.problem, r.made_at) for r in rows]


def _own(actor: Actor, saved_id: UUID) -> SavedFigure:
    row = SavedFigure.objects.filter(pk=saved_id, owner_id=actor.id).first()
    if row is None:
        raise NotFound("saved_figure.not_found")
    return row
