"""One event reported by two offices or agencies would be counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from opencen.accounts.queries import office_tree
from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.lock import visible_to
from opencen.records.models import IndexValue, Record
from opencen.records.texts.values import office
from opencen.seizures.identifiers import event_numbers

Number = tuple[str, str]

_DAYS = timedelta(days=2)
_MOST = 3
_CHUNK = 400
# A number that thousands of cases carry (“N/A” in a field of numbers) marks no event.
_MOST_VALUES = 2000


@finding_rule(
    "event.reported_elsewhere",
    "warning",
    "This may be the event of case {reference}, recorded by {office}: same number, same days.",
    "If it is, relate the two as the same event, so that it counts once; if not, say what tells them apart.",
    needs_database=True,
    of_others=True,
)
def event_reported_elsewhere(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Look for a visible case of the same days that carries a number of this one."""
    numbers = dict.fromkeys(event_numbers(case))
    if context.on is None or not numbers or not context.actor.may("case:read"):
        return
    known = context.batch.keep("event_numbers", lambda: _look_up(case, context))
    related = {relation.record for relation in case.relations} | {context.record_id}
    sharing = {record.id: record for number in numbers for record in known.get(number, ())}
    same_days = [
        record
        for record in sharing.values()
        if record.occurred_on and abs(record.occurred_on - context.on) <= _DAYS and str(record.id) not in related
    ]
    for record in sorted(same_days, key=lambda record: record.created_at)[:_MOST]:
        by = office_tree().by_id.get(record.office_id)
        data = {"reference": record.reference or "", "office": office(by.code if by else "")}
        yield Finding("event.reported_elsewhere", "warning", "relations", data, (_relate(case, str(record.id)),))


def _look_up(case: Any, context: FindingContext) -> dict[Number, list[Record]]:
    """Find the visible cases behind every number of the batch, a few queries for all of it."""
    wanted = {number for model in (case, *context.batch.models) for number in event_numbers(model)}
    keys, paths = sorted({key for _, key in wanted}), {path for path, _ in wanted}
    behind: dict[Number, set[UUID]] = {}
    for start in range(0, len(keys), _CHUNK):
        values = IndexValue.objects.filter(path__in=paths, text__in=keys[start : start + _CHUNK])
        for path, text, record_id in values.values_list("path", "text", "record_id")[:_MOST_VALUES]:
            behind.setdefault((path, text), set()).add(record_id)
    ids = sorted({record_id for found in behind.values() for record_id in found})
    seen: dict[UUID, Record] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = visible_to(context.actor).filter(type="case", id__in=ids[start : start + _CHUNK])
        seen |= {row.id: row for row in rows.exclude(state="cancelled")}
    return {number: [seen[found] for found in behind[number] if found in seen] for number in behind}


def _relate(case: Any, record_id: str) -> Suggestion:
    kept = [relation.model_dump(mode="json", exclude_none=True) for relation in case.relations]
    added = {"id": f"same-{record_id[:13]}", "kind": "same_event", "record": record_id}
    return Suggestion("event.relate", {"relations": [*kept, added]})
