"""What is handed in at the door, and the receipt it gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from opencen.records.findings import Finding

Mode = Literal["live", "historical"]
Outcome = Literal["stored", "unchanged", "merged", "refused", "conflict"]


@dataclass(frozen=True, slots=True)
class SubmissionIn:
    """One statement of one record. A repeat carries the same submission id and content.

    `origin` names the published list (`list:un`) that states it: such a record belongs to no office.
    """

    type: str
    id: UUID
    submission_id: UUID
    document: dict[str, Any]
    base_revision: int | None = None
    schema_version: int | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    device_time: str = ""
    mode: Mode = "live"
    batch: str = ""
    sensitivity: int = 0
    compartment: UUID | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The door's answer: what became of a submission, never half a record."""

    submission_id: UUID
    outcome: Outcome
    type: str
    record_id: UUID
    reference: str | None
    revision: int | None
    findings: tuple[Finding, ...]
    at: datetime
    conflicts: tuple[str, ...] = ()
    is_repeat: bool = False

    @property
    def is_accepted(self) -> bool:
        """Tell whether the record holds what was stated."""
        return self.outcome in ("stored", "unchanged", "merged")
