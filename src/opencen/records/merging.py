"""Settling a conflict: two statements of one record contradict each other, and a person decides field by field."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from opencen.accounts.queries import names_of
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.kernel.ids import uuid7
from opencen.log.service import nothing_done, record_act, service
from opencen.records.effective import effective_schema
from opencen.records.events import SETTLED
from opencen.records.intake import Receipt, SubmissionIn, submit
from opencen.records.lock import visible_to
from opencen.records.merge import Merge, merge_documents, weave
from opencen.records.models import MergeTask, Record, Revision
from opencen.records.parts import join_parts, without_tombstones
from opencen.records.paths import parse_path, value_at
from opencen.records.schema import Node
from opencen.records.showing import hidden_from, show_revision, shown
from opencen.records.types import domain_names

Canonical = dict[str, Any]
Side = Literal["present", "later"]
SIDES = ("present", "later")


@dataclass(frozen=True, slots=True)
class OpenMerge:
    """A conflict in a list: which record, since when, how many fields."""

    id: UUID
    record_id: UUID
    type: str
    reference: str
    author: str
    at: datetime
    fields: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One field that both sides changed differently; None stands for empty or taken out."""

    path: str
    before: Any
    present: Any
    later: Any


@dataclass(frozen=True, slots=True)
class MergeView:
    """A conflict with both statements: what stands in the record, and what came later from an older revision."""

    id: UUID
    record: Record
    revision: int
    present_author: str
    later_author: str
    at: datetime
    base: Canonical
    present: Canonical
    later: Canonical
    contradictions: tuple[Contradiction, ...]


def list_merges(actor: Actor) -> list[OpenMerge]:
    """List the open conflicts of the records that an actor may see and record, the oldest first."""
    kinds = [name for name in domain_names() if actor.may(f"{name}:record")]
    seen = visible_to(actor).filter(type__in=kinds).values("id")
    rows = MergeTask.objects.filter(settled_at=None, record_id__in=seen)
    tasks = rows.select_related("record").order_by("created_at")
    names = names_of([task.author_id for task in tasks])
    return [
        OpenMerge(
            task.id,
            task.record.id,
            task.record.type,
            task.record.reference or "",
            names.get(task.author_id, ""),
            task.created_at,
            len(orjson.loads(task.paths)),
        )
        for task in tasks
    ]


def merges_of(actor: Actor, record_id: UUID) -> list[UUID]:
    """Return the open conflicts of one record that an actor may see, the oldest first."""
    seen = visible_to(actor).filter(pk=record_id).values("id")
    rows = MergeTask.objects.filter(settled_at=None, record_id__in=seen).order_by("created_at")
    return list(rows.values_list("id", flat=True))


def read_merge(actor: Actor, task_id: UUID) -> MergeView:
    """Return an open conflict with both values of each field, or raise NotFound."""
    return _view(actor, *_find(actor, task_id))


@service("records:submit")
def settle_merge(
    actor: Actor, *, task_id: UUID, document: Canonical, revision: int, reasons: Mapping[str, str] | None = None
) -> Receipt:
    """Settle a conflict by the document that holds; it passes the one door in, and a refusal leaves it open."""
    task, record = _find(actor, task_id, for_update=True)
    if record.revision != revision:
        raise Conflict("record.changed", revision=record.revision)
    if _states_hidden(actor, task, record):
        raise Forbidden("merge.for_others")
    given = SubmissionIn(
        type=record.type,
        id=record.id,
        submission_id=uuid7(),
        document=document,
        base_revision=record.revision,
        reasons=dict(reasons or {}),
    )
    receipt = submit(actor, given)
    if not receipt.is_accepted:
        nothing_done()
        return receipt
    MergeTask.objects.filter(pk=task.id).update(settled_at=now())
    record_act(SETTLED, record.type, record.id, revision=receipt.revision, task=str(task.id))
    return receipt


def choose_document(actor: Actor, task_id: UUID, choices: Mapping[str, str]) -> Canonical:
    """Make the document of one choice for each contradiction; everything else merges by itself."""
    view = read_merge(actor, task_id)
    for found in view.contradictions:
        if choices.get(found.path) not in SIDES:
            raise Invalid("merge.undecided", path=found.path)
    tree = effective_schema(view.record.type).tree
    taken = {found.path: choices[found.path] for found in view.contradictions}
    merged = merge_by_choices(view.base, view.present, view.later, tree, taken)
    if merged.conflicts:
        raise Invalid("merge.undecided", path=merged.conflicts[0])
    return merged.document


def merge_by_choices(
    base: Canonical, present: Canonical, later: Canonical, tree: Node, choices: Mapping[str, str]
) -> Merge:
    """Merge with one side taken at each path; an order that contradicts only through a kept item follows its side."""
    ours, theirs = deepcopy(present), deepcopy(later)
    sides = {"present": (theirs, ours), "later": (ours, theirs)}
    for path, side in choices.items():
        align(*sides[side], path)
    merged = merge_documents(base, ours, theirs, tree)
    for path in [found for found in merged.conflicts if found.endswith(".order")]:
        kept = f"{path.removesuffix('.order')}["
        side = next((side for chosen, side in reversed(list(choices.items())) if chosen.startswith(kept)), "present")
        align(*sides[side], path)
    return merge_documents(base, ours, theirs, tree)


def align(target: Canonical, source: Canonical, path: str) -> None:
    """Make a document hold at one path what another holds there: a value, a whole item, nothing, or an order."""
    if path.endswith(".order") and _is_order(source, target, path.removesuffix(".order")):
        _reorder(target, source, path.removesuffix(".order"))
        return
    steps = parse_path(path)
    part: Any = target
    for name, item_id in steps[:-1]:
        part = part.setdefault(name, {} if item_id is None else [])
        if item_id is not None:
            part = next(item for item in part if item["id"] == item_id)
    name, item_id = steps[-1]
    value = deepcopy(value_at(source, path))
    if item_id is not None:
        beside = [item["id"] for item in value_at(source, path.rpartition("[")[0]) or ()]
        _put_item(part, name, value, item_id, beside)
    elif value is None:
        part.pop(name, None)
    else:
        part[name] = value


def _put_item(part: Canonical, name: str, value: Any, item_id: str, beside: list[str]) -> None:
    """Put an item in its place, a new one next to the neighbour that it has in the other list, or take it out."""
    items = {item["id"]: item for item in part.get(name, ())}
    order = weave(list(items), [key for key in beside if key in items or key == item_id])
    if value is None:
        items.pop(item_id, None)
    else:
        items[item_id] = value
    part[name] = [items[key] for key in order if key in items]


def _is_order(source: Canonical, target: Canonical, path: str) -> bool:
    return isinstance(value_at(source, path), list) and isinstance(value_at(target, path), list)


def _reorder(target: Canonical, source: Canonical, path: str) -> None:
    """Put the items of a list into the order of another; what only the list itself has stays beside its neighbour."""
    items = {item["id"]: item for item in value_at(target, path)}
    order = weave([item["id"] for item in value_at(source, path) if item["id"] in items], list(items))
    value_at(target, path)[:] = [items[key] for key in order]


def _find(actor: Actor, task_id: UUID, *, for_update: bool = False) -> tuple[MergeTask, Record]:
    """Return an open conflict with its record; one of a record that this actor may not see is not there."""
    rows = MergeTask.objects.filter(pk=task_id, settled_at=None)
    task = (rows.select_for_update() if for_update else rows).first()
    record = visible_to(actor).filter(pk=task.record_id).first() if task else None
    if task is None or record is None:
        raise NotFound("merge.not_found")
    actor.require(f"{record.type}:record")
    return task, record


def _states_hidden(actor: Actor, task: MergeTask, record: Record) -> bool:
    """Tell whether the later statement holds what this actor may not see: it would be lost by this decision."""
    if not hidden_from(actor, record.type):
        return False
    stated = without_tombstones(join_parts(orjson.loads(task.public), orjson.loads(task.nominal).get("document", {})))
    return bool(shown(actor, stated, record.type) != stated)


def _view(actor: Actor, task: MergeTask, record: Record) -> MergeView:
    numbers = {task.base, record.revision}
    rows = {row.number: row for row in Revision.objects.filter(record_id=record.id, number__in=numbers)}
    base, present = (show_revision(actor, rows[number], record.type) for number in (task.base, record.revision))
    nominal = orjson.loads(task.nominal).get("document", {})
    later = shown(actor, without_tombstones(join_parts(orjson.loads(task.public), nominal)), record.type)
    merge = merge_documents(base, present, later, effective_schema(record.type).tree)
    names = names_of([task.author_id, rows[record.revision].author_id])
    found = [Contradiction(path, *(_value(side, path) for side in (base, present, later))) for path in merge.conflicts]
    return MergeView(
        id=task.id,
        record=record,
        revision=record.revision,
        present_author=names.get(rows[record.revision].author_id, ""),
        later_author=names.get(task.author_id, ""),
        at=task.created_at,
        base=base,
        present=present,
        later=later,
        contradictions=tuple(found),
    )


def _value(document: Canonical, path: str) -> Any:
    if path.endswith(".order") and isinstance(value_at(document, path.removesuffix(".order")), list):
        return [item["id"] for item in value_at(document, path.removesuffix(".order"))]
    return value_at(document, path)
