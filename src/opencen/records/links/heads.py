"""Heads of records as the lock admits them now, read in as few questions as there may be."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.records.lock import visible_to
from opencen.records.models import Record

CHUNK = 400


def read_heads(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Record]:
    """Return the heads of the records that the lock admits now."""
    wanted = sorted(set(ids))
    found: dict[UUID, Record] = {}
    for start in range(0, len(wanted), CHUNK):
        found |= visible_to(actor).in_bulk(wanted[start : start + CHUNK])
    return found


class Heads:
    """Heads for one answer: what several parts of it need is asked for together, with the first of them."""

    def __init__(self, actor: Actor, later: Iterable[UUID] = ()) -> None:
        """Take down which records will be needed anyway."""
        self.actor = actor
        self.later = set(later)
        self.asked: set[UUID] = set()
        self.found: dict[UUID, Record] = {}

    def read(self, ids: Iterable[UUID]) -> dict[UUID, Record]:
        """Return the heads of some records, and of those that were taken down."""
        missing = ({*ids} | self.later) - self.asked
        self.asked |= missing
        self.found |= read_heads(self.actor, missing)
        return self.found
