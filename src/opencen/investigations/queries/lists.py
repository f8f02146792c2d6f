"""The board and the list: the investigations of one's teams, and one's tasks across them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from opencen.accounts.queries import names_of
from opencen.investigations.access import KIND, seen_by, today_of
from opencen.investigations.models import Investigation, Link, Notice, Task
from opencen.investigations.notices import unseen
from opencen.investigations.permissions import READ_INVESTIGATIONS
from opencen.investigations.queries.shapes import Column, Overview, Row, TaskView
from opencen.investigations.templating import Template, templates
from opencen.kernel.actor import Actor
from opencen.records.links.picking import find_by_name
from opencen.records.lock import lock_condition, lock_terms
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.texts import translate, write_code
from opencen.records.titles import record_title
from opencen.records.types import domain, domain_names

PAGE = 50
IN_COLUMN = 20
MOST_FOUND = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the list is asked for."""

    text: str = ""
    area: str = ""
    stage: str = ""
    whose: str = ""
    state: str = "open"
    page: int = 1


def is_there(actor: Actor) -> bool:
    """Tell whether investigations exist for an actor on this installation."""
    return KIND in domain_names() and actor.may(READ_INVESTIGATIONS)


def list_investigations(actor: Actor, asked: Asked) -> Overview:
    """Return one page of the investigations that an actor sees, those due first."""
    rows = _wanted(actor, asked)
    today = today_of(actor)
    counted = rows.aggregate(total=Count("pk"), late=Count("pk", filter=Q(stage_due__lt=today, closed_at=None)))
    start = (max(1, asked.page) - 1) * PAGE
    order = ("-closed_at",) if asked.state == "closed" else (F("stage_due").asc(nulls_last=True), "-opened_at")
    found = _with_tasks(rows, actor).order_by(*order)[start : start + PAGE]
    return Overview(tuple(_rows(actor, found)), (), counted["total"], counted["late"])


def show_board(actor: Actor, asked: Asked) -> Overview:
    """Return the open investigations by stage, in the order of the templates' ways."""
    found = list(_with_tasks(_wanted(actor, asked), actor).order_by(F("stage_due").asc(nulls_last=True), "-opened_at"))
    known = templates()
    by_stage: dict[str, list[Investigation]] = {}
    for one in found:
        by_stage.setdefault(one.stage, []).append(one)
    shown = {key: ones[:IN_COLUMN] for key, ones in by_stage.items()}
    rows = {row.id: row for row in _rows(actor, [one for ones in shown.values() for one in ones])}
    labels = stage_labels(known.values(), {one.template for one in found}, actor.language)
    columns = tuple(
        Column(key, label, tuple(rows[one.pk] for one in shown.get(key, ())), len(by_stage.get(key, ())))
        for key, label in labels.items()
    )
    today = today_of(actor)
    late = sum(1 for one in found if one.stage_due is not None and one.stage_due < today)
    return Overview((), columns, len(found), late)


def stage_labels(known: Iterable[Template], used: set[str], language: str) -> dict[str, str]:
    """Return the stages of the templates in use, each once, in an order that keeps every template's own."""
    order: list[str] = []
    labels: dict[str, str] = {}
    chosen = [template for template in known if template.name in used]
    for template in sorted(chosen, key=lambda template: -len(template.stages)):
        place = 0
        for stage in template.stages:
            if stage.key in labels:
                place = order.index(stage.key) + 1
                continue
            order.insert(place, stage.key)
            place += 1
            labels[stage.key] = translate(stage.label, language)
    return {key: labels[key] for key in order}


def _wanted(actor: Actor, asked: Asked) -> QuerySet[Investigation]:
    domain(KIND)
    actor.require(READ_INVESTIGATIONS)
    rows = seen_by(actor)
    if asked.text.strip():
        rows = rows.filter(pk__in=_named(actor, asked.text))
    if asked.area:
        rows = rows.filter(record__kind=asked.area)
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.whose == "mine":
        rows = rows.filter(lead_id=actor.id)
    elif asked.whose == "tasks":
        rows = rows.filter(pk__in=Task.objects.filter(assignee_id=actor.id, state="open").values("investigation_id"))
    elif asked.whose == "late":
        rows = rows.filter(stage_due__lt=today_of(actor), closed_at=None)
    if asked.state == "open":
        rows = rows.filter(closed_at=None)
    elif asked.state == "closed":
        rows = rows.exclude(closed_at=None)
    return rows


def _named(actor: Actor, text: str) -> list[UUID]:
    """Return the investigations that hold what was typed, or whose words begin so where none does."""
    found = search(actor, SearchRequest(type=KIND, text=text, limit=MOST_FOUND)).ids
    return found or [begun.id for begun in find_by_name(actor, text, [KIND])]


def _with_tasks(rows: QuerySet[Investigation], actor: Actor) -> QuerySet[Investigation]:
    is_open = Q(tasks__state="open")
    return rows.annotate(
        open_tasks=Count("tasks", filter=is_open),
        late_tasks=Count("tasks", filter=is_open & Q(tasks__due__lt=today_of(actor))),
    )


def _rows(actor: Actor, found: Iterable[Investigation]) -> list[Row]:
    listed = list(found)
    names = names_of([one.lead_id for one in listed]) if listed else {}
    known = templates() if listed else {}
    return [row_of(actor, one, names, known) for one in listed]


def row_of(actor: Actor, one: Investigation, names: Mapping[UUID, str], known: Mapping[str, Template]) -> Row:
    """Return an investigation as lists show it."""
    template = known.get(one.template)
    stage = template.stage(one.stage) if template else None
    is_closed = one.closed_at is not None
    return Row(
        id=one.pk,
        reference=one.record.reference or "",
        title=record_title(one.record, actor.language),
        area=one.record.kind,
        area_label=write_code("offence_area", one.record.kind, actor.language) if one.record.kind else "",
        template=one.template,
        stage=one.stage,
        stage_label=translate(stage.label, actor.language) if stage else one.stage,
        due=None if is_closed else one.stage_due,
        is_late=not is_closed and one.stage_due is not None and one.stage_due < today_of(actor),
        lead=names.get(one.lead_id, ""),
        open_tasks=getattr(one, "open_tasks", 0),
        late_tasks=getattr(one, "late_tasks", 0),
        opened_at=one.opened_at,
        closed_at=one.closed_at,
    )


def my_tasks(actor: Actor, limit: int = 20) -> list[TaskView]:
    """List an actor's open tasks, what is overdue first; who is in no closed group has none."""
    if not is_there(actor) or not actor.compartments:
        return []
    lock = lock_condition(lock_terms(actor), "investigation__record__")
    rows = Task.objects.select_related("investigation__record").filter(
        lock, assignee_id=actor.id, state="open", investigation__closed_at=None
    )
    found = list(rows.order_by(F("due").asc(nulls_last=True), "given_at")[:limit])
    names = names_of({row.given_by for row in found}) if found else {}
    return [task_of(actor, row, names | {actor.id: actor.name}) for row in found]


def task_of(actor: Actor, row: Task, names: Mapping[UUID, str]) -> TaskView:
    """Return a task as pages show it."""
    return TaskView(
        id=row.id,
        title=row.title,
        text=row.text,
        assignee_id=row.assignee_id,
        assignee=names.get(row.assignee_id, ""),
        due=row.due,
        is_late=row.state == "open" and row.due is not None and row.due < today_of(actor),
        state=row.state,
        result=row.result,
        given_by=names.get(row.given_by, ""),
        given_at=row.given_at,
        ended_by=names.get(row.ended_by, "") if row.ended_by else "",
        ended_at=row.ended_at,
        investigation=row.investigation_id,
        reference=row.investigation.record.reference or "",
    )


def my_notices(actor: Actor, limit: int = 50) -> list[Notice]:
    """List what an actor was told and has not marked as seen, the newest first."""
    if not is_there(actor) or not actor.compartments:
        return []
    rows = unseen(actor).select_related("investigation__record", "task")
    return list(rows.order_by("-at")[:limit])


def investigations_of(actor: Actor, record_id: UUID) -> list[tuple[UUID, str]]:
    """Return (id, reference) of the investigations that an actor sees and that link a record."""
    if not is_there(actor) or not actor.compartments:
        return []
    links = Link.objects.filter(record_id=record_id, ended_at=None).values("investigation_id")
    rows = seen_by(actor).filter(pk__in=links).order_by("-opened_at")
    return [(row.pk, row.record.reference or "") for row in rows]
