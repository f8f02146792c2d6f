"""One event reported by two offices or agencies would be counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from opencen.accounts.queries import office_tree
from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.lock import visible_to
from opencen.records.models import IndexValue
from opencen.records.texts.values import office
from opencen.seizures.identifiers import event_numbers

_DAYS = timedelta(days=2)


@finding_rule(
    "event.reported_elsewhere",
    "warning",
    "This may be the event of case {reference}, recorded by {office}: same number, same days.",
    "If it is, relate the two as the same event, so that it counts once; if not, say what tells them apart.",
    needs_database=True,
)
def event_reported_elsewhere(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Look for a visible case of the same days that carries a number of this one."""
    numbers = dict.fromkeys(event_numbers(case))
    if context.on is None or not numbers or not context.actor.may("case:read"):
        return
    paths, keys = {path for path, _ in numbers}, {key for _, key in numbers}
    sharing = IndexValue.objects.filter(path__in=paths, text__in=keys).exclude(record_id=context.record_id)
    related = {relation.record for relation in case.relations}
    found = (
        visible_to(context.actor)
        .filter(type="case", id__in=sharing.values("record_id"))
        .filter(occurred_on__range=(context.on - _DAYS, context.on + _DAYS))
        .exclude(state="cancelled")
        .order_by("created_at")[:3]
    )
    for record in found:
        if str(record.id) in related:
            continue
        by = office_tree().by_id.get(record.office_id)
        data = {"reference": record.reference or "", "office": office(by.code if by else "")}
        yield Finding("event.reported_elsewhere", "warning", "relations", data, (_relate(case, str(record.id)),))


def _relate(case: Any, record_id: str) -> Suggestion:
    kept = [relation.model_dump(mode="json", exclude_none=True) for relation in case.relations]
    added = {"id": f"same-{record_id[:13]}", "kind": "same_event", "record": record_id}
    return Suggestion("event.relate", {"relations": [*kept, added]})
