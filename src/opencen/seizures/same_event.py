"""Cases of several offices or agencies that are one event are one in every figure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from opencen.records.models import IndexValue

Pair = tuple[UUID, UUID]

_SAME = "same_event"
_MOST_STEPS = 12
_CHUNK = 300


def event_group(case_id: UUID) -> UUID:
    """Return the id of one case's event."""
    return event_groups([case_id])[case_id]


def event_groups(case_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return for each case the id of its event: the smallest id among the cases connected by “same event”.

    A case that stands alone is its own event. Connections also go through cases outside the given ones.
    """
    known, fresh = set(case_ids), set(case_ids)
    pairs: set[Pair] = set()
    for _ in range(_MOST_STEPS):
        found = _pairs_around(fresh)
        pairs |= found
        fresh = {case_id for pair in found for case_id in pair} - known
        if not fresh:
            break
        known |= fresh
    groups = join_pairs(pairs)
    return {case_id: groups.get(case_id, case_id) for case_id in case_ids}


def all_event_groups() -> dict[UUID, UUID]:
    """Return the event of every case that is related to another as the same event; all others stand alone."""
    marked = set(IndexValue.objects.filter(path="relations.kind", text=_SAME).values_list("record_id", "item"))
    rows = IndexValue.objects.filter(path="relations.record").values_list("record_id", "item", "text")
    pairs = ((owner, _as_id(text)) for owner, item, text in rows if (owner, item) in marked)
    return join_pairs((owner, other) for owner, other in pairs if other is not None)


def join_pairs(pairs: Iterable[Pair]) -> dict[UUID, UUID]:
    """Join connected cases: each is mapped to the smallest id of its group."""
    above: dict[UUID, UUID] = {}
    for first, second in pairs:
        low, high = sorted((_root(above, first), _root(above, second)))
        above[high] = low
        above.setdefault(low, low)
    return {case_id: _root(above, case_id) for case_id in above}


def _root(above: dict[UUID, UUID], case_id: UUID) -> UUID:
    while (parent := above.get(case_id, case_id)) != case_id:
        above[case_id] = above.get(parent, parent)
        case_id = parent
    return case_id


def _pairs_around(case_ids: set[UUID]) -> set[Pair]:
    """Read the relations of “same event” that begin or end at some cases."""
    found: set[Pair] = set()
    ids = sorted(case_ids)
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        values = IndexValue.objects.filter(path="relations.record")
        rows = {
            *values.filter(record_id__in=part).values_list("record_id", "item", "text"),
            *values.filter(text__in=[str(case_id) for case_id in part]).values_list("record_id", "item", "text"),
        }
        if not rows:
            continue
        owners = {owner for owner, _, _ in rows}
        kinds = IndexValue.objects.filter(path="relations.kind", text=_SAME, record_id__in=owners)
        marked = set(kinds.values_list("record_id", "item"))
        for owner, item, text in rows:
            other = _as_id(text)
            if (owner, item) in marked and other is not None:
                found.add((owner, other))
    return found


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
