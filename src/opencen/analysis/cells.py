"""The cases behind a cell, each as a list shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from opencen.kernel.actor import Actor
from opencen.records.lock import visible_to


@dataclass(frozen=True, slots=True)
class Head:
    """One case behind a number."""

    id: UUID
    reference: str | None
    state: str
    office_id: UUID
    occurred_on: date | None
    summary: dict[str, Any]


def heads_of(actor: Actor, ids: Sequence[UUID]) -> list[Head]:
    """Return the heads of cases as far as the actor may see them, the newest first."""
    found = visible_to(actor).filter(pk__in=ids, type="case").order_by("-occurred_on", "id")
    return [
        Head(one.id, one.reference, one.state, one.office_id, one.occurred_on, orjson.loads(one.summary))
        for one in found
    ]
