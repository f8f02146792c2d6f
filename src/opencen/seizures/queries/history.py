"""The history of a case: who stated what and when, what each revision changed, and the acts upon it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import orjson

from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.log.models import Entry
from opencen.log.reader import history_of
from opencen.records.differences import Difference, differences
from opencen.records.effective import effective_schema
from opencen.records.holds import active_hold
from opencen.records.linking import as_id
from opencen.records.lock import lock_condition, lock_terms, visible_to
from opencen.records.models import Record, Revision
from opencen.records.paths import value_at
from opencen.records.showing import show_revision
from opencen.records.texts import known_texts, translate, write_at, write_path
from opencen.seizures.quantities import normalised_line
from opencen.seizures.queries.cases import Names, case_head, find_case, view_case
from opencen.seizures.queries.parts import measured_text
from opencen.seizures.queries.shapes import CaseView, ChangeView, Comparison, TimelineEntry

Document = dict[str, Any]

ACT = "act."
# Revisions stand in the timeline with their differences.
_LEFT_OUT = frozenset({"record.stored", "record.refused"})
# What may not be seen leaves no trace in a history either: acts by the beginning of their names.
_SEEN_WITH = {"watch": "watch:read", "standing": "watch:read", "custody": "custody:read", "legal": "legal:read"}


def timeline(actor: Actor, case_id: UUID) -> list[TimelineEntry]:
    """Return revisions with their differences and acts upon a case, the newest first."""
    return timeline_of(actor, _revisions_seen(actor, "case", case_id, "case.not_found"))[1]


def case_with_timeline(actor: Actor, case_id: UUID) -> tuple[CaseView, list[TimelineEntry]]:
    """Return a case's page with its history, reading its revisions and the names of users once."""
    rows = _revisions_seen(actor, "case", case_id, "case.not_found")
    names, entries = timeline_of(actor, rows)
    return view_case(actor, rows[-1].record, rows[-1], names=names), entries


def subject_revisions(actor: Actor, kind: str, record_id: UUID) -> list[Revision]:
    """Return the revisions of a person, company or means of transport that exists for an actor, with its head."""
    return _revisions_seen(actor, kind, record_id, "record.not_found")


def timeline_of(actor: Actor, rows: list[Revision]) -> tuple[Names, list[TimelineEntry]]:
    """Return the history of a record whose revisions were read through the lock, with the names in it."""
    record, entries = rows[-1].record, _acts_upon(rows[-1].record)
    names = _names_in(rows, entries)
    return names, _timeline(actor, record, rows, entries, names)


def _revisions_seen(actor: Actor, kind: str, record_id: UUID, unknown: str) -> list[Revision]:
    """Return the revisions of a record with its head, by one question under the lock, or raise NotFound."""
    effective_schema(kind)
    lock = lock_condition(lock_terms(actor), "record__")
    rows = Revision.objects.filter(lock, record_id=record_id, record__type=kind).select_related("record")
    found = list(rows.order_by("number"))
    if not found:
        raise NotFound(unknown)
    return found


def _acts_upon(record: Record) -> list[Entry]:
    """Return the acts that have words; who read the record is for the auditor, and may be very many."""
    worded = {code.removeprefix(ACT) for code in known_texts() if code.startswith(ACT)}
    return history_of(record.id, worded - _LEFT_OUT)


def _names_in(rows: list[Revision], entries: list[Entry]) -> Names:
    names = Names()
    names.want(*(row.author_id for row in rows), *(entry.actor_id for entry in entries))
    return names


def _timeline(
    actor: Actor, record: Record, rows: list[Revision], entries: list[Entry], names: Names
) -> list[TimelineEntry]:
    listed = [*_revisions(actor, record, rows, names), *_acts(actor, entries, names)]
    return sorted(listed, key=lambda entry: entry.at, reverse=True)


def compare(actor: Actor, case_id: UUID, before: int, after: int) -> Comparison:
    """Return what differs between any two revisions of a case."""
    record = find_case(actor, case_id)
    rows = {row.number: row for row in Revision.objects.filter(record_id=record.id)}
    if before not in rows or after not in rows:
        raise NotFound("revision.unknown", revision=record.revision)
    first, second, newest = (show_revision(actor, rows[number], "case") for number in (before, after, record.revision))
    head = case_head(record, newest, actor.language, Names(), is_held=active_hold(record.id) is not None)
    changes = tuple(change_views(first, second, actor.language, record.type))
    return Comparison(head, before, after, changes, tuple(sorted(rows)))


def change_views(before: Document, after: Document, language: str, type: str = "case") -> Iterator[ChangeView]:
    """Put the differences of two documents into words, with the quantity that counts where it changes."""
    tree = effective_schema(type).tree
    whole: dict[str, list[Difference]] = {}
    for change in differences(before, after, tree):
        item = _whole_item(change.path, before, after)
        if item is None:
            yield _change(change, before, after, language, type)
        else:
            whole.setdefault(item, []).append(change)
    for item, parts in whole.items():
        yield _item_change(item, parts, before, after, language, type)
    if type == "case":
        yield from _counted_changes(before, after, language)


def _change(change: Difference, before: Document, after: Document, language: str, type: str) -> ChangeView:
    label = write_path(change.path, language, type, after, before)
    old = write_at(change.path, change.before, language, type)
    new = write_at(change.path, change.after, language, type)
    return ChangeView(change.path, label, old, new)


def _whole_item(path: str, before: Document, after: Document) -> str | None:
    """Return the outermost item of a path that only one side has: it came or went as a whole."""
    place = -1
    while (place := path.find("]", place + 1)) >= 0:
        item = path[: place + 1]
        if (value_at(before, item) is None) != (value_at(after, item) is None):
            return item
    return None


def _item_change(
    item: str, parts: list[Difference], before: Document, after: Document, language: str, type: str
) -> ChangeView:
    """Say in one line what an item held that came or went."""
    old = [write_at(part.path, part.before, language, type) for part in parts]
    new = [write_at(part.path, part.after, language, type) for part in parts]
    label = write_path(item, language, type, after, before)
    return ChangeView(item, label, " · ".join(filter(None, old)), " · ".join(filter(None, new)))


def _counted_changes(before: Document, after: Document, language: str) -> Iterator[ChangeView]:
    """Yield lines whose quantity in figures changed; a line's own new quantity says so already."""
    old_lines = {line["id"]: line for line in before.get("lines", ())}
    for line in after.get("lines", ()):
        old = old_lines.get(line["id"])
        if old is None:
            continue
        first, second = normalised_line(old), normalised_line(line)
        is_plain = (old.get("quantity"), old.get("unit")) != (line.get("quantity"), line.get("unit"))
        if (first.value, first.base_unit, first.stage) == (second.value, second.base_unit, second.stage):
            continue
        if is_plain and second.counted and second.counted.value == second.counted.quantity:
            continue
        path = f"lines[{line['id']}].quantity_normalised"
        item = write_path(f"lines[{line['id']}]", language, "case", after)
        label = translate("{item}, quantity in figures", language, item=item)
        texts = (measured_text(old, first.counted, language), measured_text(line, second.counted, language))
        yield ChangeView(path, label, *texts, is_computed=True)


def _revisions(actor: Actor, record: Record, rows: Iterable[Revision], names: Names) -> Iterator[TimelineEntry]:
    before: Document = {}
    for row in rows:
        document = show_revision(actor, row, record.type)
        by = names.of(row.author_id) or record.origin
        changes: tuple[ChangeView, ...] = ()
        text = translate("Recorded by {by}", actor.language, by=by)
        if row.number > 1:
            changes = tuple(change_views(before, document, actor.language, record.type))
            text = translate("Revision {number} by {by}", actor.language, number=row.number, by=by)
        erased = row.erased_at is not None
        yield TimelineEntry("revision", "record.stored", text, by, row.at, row.number, changes, erased, row.device_time)
        before = document


def _acts(actor: Actor, entries: Iterable[Entry], names: Names) -> Iterator[TimelineEntry]:
    """Yield the acts that a room has words for, under `act.<name>`."""
    worded = known_texts()
    shown = [(entry, orjson.loads(entry.data)) for entry in entries if _is_for(actor, entry.act)]
    others = {found for _entry, data in shown if (found := as_id(str(data.get("other", "")))) is not None}
    seen = set(visible_to(actor).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    for entry, said in shown:
        text = worded.get(f"act.{entry.act}")
        if text is None or ("other" in said and as_id(str(said["other"])) not in seen):
            continue
        by = names.of(entry.actor_id)
        data = {"by": by, **said, "revision": entry.revision}
        written = translate(text.message, actor.language, **data)
        yield TimelineEntry("act", entry.act, written, by, entry.at, entry.revision)


def _is_for(actor: Actor, act: str) -> bool:
    needed = _SEEN_WITH.get(act.partition(".")[0])
    return needed is None or actor.may(needed)
