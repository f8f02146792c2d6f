"""Where the records of a list lie: by their stated place, else by the office that recorded them, and said so."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import orjson

from opencen.accounts.queries import office_tree
from opencen.records.models import Record, Revision
from opencen.seizures.geography import Position, position_of, position_of_code

CHUNK = 400
COUNTRY = "country"
OFFICE = "office"


def positions_of(records: Sequence[Record]) -> dict[UUID, Position]:
    """Return the positions of records that were read through the lock; only public fields are looked at."""
    found: dict[UUID, Position] = {}
    for start in range(0, len(records), CHUNK):
        heads = {head.id: head for head in records[start : start + CHUNK]}
        rows = Revision.objects.filter(record_id__in=heads, number__in={head.revision for head in heads.values()})
        for record_id, number, public in rows.values_list("record_id", "number", "public"):
            if heads[record_id].revision != number:
                continue
            position = _position(heads[record_id], orjson.loads(public).get("place"))
            if position is not None:
                found[record_id] = position
    return found


def _position(head: Record, place: object) -> Position | None:
    stated = position_of(place) if isinstance(place, dict) else None
    if stated is not None and stated.precision != COUNTRY:
        return stated
    office = office_tree().by_id.get(head.office_id)
    at = position_of_code(office.place) if office is not None and office.place else None
    return Position(at.latitude, at.longitude, OFFICE) if at is not None and at.precision != COUNTRY else None
