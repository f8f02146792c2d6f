"""The table of acts that every room of small records has: only ever added to; a correction names what it corrects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.db import models

from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.kernel.ids import uuid7
from opencen.records.models import Record
from opencen.seizures.small_records.fields import ActKind, Answers, read_answers

WITHDRAWN = "withdrawn"
_CLOCK_SLACK = timedelta(minutes=10)


class SmallRecord(models.Model):
    """A small record that points to a case; what a room adds to it is a projection of its acts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="+", db_constraint=False)
    created_by = models.UUIDField()
    created_at = models.DateTimeField()

    class Meta:
        abstract = True


class SmallAct(models.Model):
    """One act as it was stated, its public and its nominal part apart; only an erasure changes a row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()
    public = models.TextField(default="{}")
    nominal = models.TextField(default="{}")
    corrects = models.UUIDField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def answers(self) -> Answers:
        """Return everything the act holds."""
        return {**orjson.loads(self.public), **orjson.loads(self.nominal)}


Act = TypeVar("Act", bound=SmallAct)


def in_force(acts: Iterable[Act]) -> list[Act]:
    """Return the acts that stand, in the order of what happened: neither corrected nor withdrawn."""
    listed = list(acts)
    corrected = {act.corrects for act in listed if act.corrects}
    return [act for act in in_order(listed) if act.id not in corrected and act.kind != WITHDRAWN]


def in_order(acts: Iterable[Act]) -> list[Act]:
    """Return acts in the order of what happened.

    People state times to the minute: within one minute acts stand in the order in which they were recorded, and a
    correction in the place of what it corrects.
    """
    listed = list(acts)
    firsts = first_versions(listed)
    return sorted(listed, key=lambda act: (_minute(act.at), firsts[act.id].recorded_at, act.recorded_at, act.id))


def first_versions(acts: Iterable[Act]) -> dict[UUID, Act]:
    """Return for each act, by its id, the one that was stated before any correction of it."""
    by_id = {act.id: act for act in acts}
    found: dict[UUID, Act] = {}
    for act in by_id.values():
        first = act
        while first.corrects in by_id:
            first = by_id[first.corrects]
        found[act.id] = first
    return found


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def read_time(at: datetime | None) -> datetime:
    """Return when an act happened: now where it is not said, never later."""
    if at is None:
        return now()
    if at > now() + _CLOCK_SLACK:
        raise Invalid("act.in_the_future", path="at")
    return at


def parts_of(kind: ActKind, given: dict[str, Any]) -> dict[str, str]:
    """Return the columns of what was stated."""
    public, nominal = read_answers(kind, given)
    return {"public": orjson.dumps(public).decode(), "nominal": orjson.dumps(nominal).decode()}


def corrected_among(acts: Sequence[Act], corrects: UUID | None, kind: str) -> Act | None:
    """Return the act that a correction names: of the same kind, and corrected by nobody yet."""
    if corrects is None:
        return None
    found = next((act for act in acts if act.id == corrects), None)
    if found is None:
        raise NotFound("act.not_found", path="corrects")
    if any(act.corrects == corrects for act in acts) or found.kind == WITHDRAWN:
        raise Conflict("act.corrected_already", path="corrects")
    if kind not in (found.kind, WITHDRAWN):
        raise Invalid("act.another_kind", path="corrects")
    return found
