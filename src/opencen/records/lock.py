"""The lock: one definition of what an actor sees, compiled for each store that is read."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from opencen.kernel.actor import Actor
from opencen.records.models import Record
from opencen.records.types import domain_names

LISTED = UUID("00000000-0000-7000-8000-00000000015d")
"""Stands for the office of records that come from published lists: they belong to none, and every office sees them."""


@dataclass(frozen=True, slots=True)
class LockTerms:
    """The four terms of the lock. `offices` None means all; empty sets see nothing."""

    types: frozenset[str]
    offices: frozenset[UUID] | None
    clearance: int
    compartments: frozenset[UUID]

    def admits(self, record_type: str, office_id: UUID, sensitivity: int, compartment_id: UUID | None) -> bool:
        """Tell whether these attributes are seen: the plain definition that the compiled forms must equal."""
        return (
            record_type in self.types
            and (self.offices is None or office_id in self.offices)
            and sensitivity <= self.clearance
            and (compartment_id is None or compartment_id in self.compartments)
        )


def lock_terms(actor: Actor) -> LockTerms:
    """Derive the terms from an actor: database, office, sensitivity and compartment."""
    types = frozenset(name for name in domain_names() if actor.may(f"{name}:read"))
    offices = actor.office_ids | {LISTED} if actor.office_ids else actor.office_ids
    return LockTerms(types, offices, actor.clearance, actor.compartments)


def visible_to(actor: Actor) -> QuerySet[Record]:
    """Return the records that exist for an actor."""
    return Record.objects.filter(lock_condition(lock_terms(actor)))


def lock_condition(terms: LockTerms, prefix: str = "") -> Q:
    """Compile the terms for the database; `prefix` names a relation to the record."""
    condition = Q(**{f"{prefix}type__in": terms.types})
    condition &= Q(**{f"{prefix}sensitivity__lte": terms.clearance})
    if terms.offices is not None:
        condition &= Q(**{f"{prefix}office_id__in": terms.offices})
    outside = Q(**{f"{prefix}compartment_id": None})
    if terms.compartments:
        outside |= Q(**{f"{prefix}compartment_id__in": terms.compartments})
    return condition & outside


def is_own(record: Record) -> bool:
    """Tell whether this node is the record's origin and may revise it."""
    return record.origin == settings.NODE_ID


def list_of(record: Record) -> str:
    """Return the name of the published list that a record comes from, nothing for one of officers."""
    return record.origin.partition(":")[2] if is_listed(record) else ""


def is_listed(record: Record) -> bool:
    """Tell whether a record comes from a published list: only the list revises it."""
    return record.office_id == LISTED
