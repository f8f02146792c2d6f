"""One submission on its way through the door, with what was looked up for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from opencen.records.conditions import Asked
from opencen.records.effective import EffectiveSchema
from opencen.records.findings import Finding
from opencen.records.intake.submission import Outcome, SubmissionIn
from opencen.records.models import Record
from opencen.records.paths import Leaf
from opencen.records.schema import Document
from opencen.records.types import Domain

Head = tuple[Any, ...]


def head_of(record: Record | None) -> Head | None:
    """Return what a judgement on a record rests upon; when it changes, the judgement is void."""
    if record is None:
        return None
    return (record.revision, record.state, record.office_id, record.sensitivity, record.compartment_id)


@dataclass(slots=True)
class Work:
    """Carry a submission from stage to stage."""

    given: SubmissionIn
    domain: Domain
    schema: EffectiveSchema
    digest: str
    record: Record | None = None
    head: Head | None = None
    base_document: dict[str, Any] = field(default_factory=dict)
    current_document: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    model: Document | None = None
    leaves: list[Leaf] = field(default_factory=list)
    asked: list[Asked] | None = None
    findings: list[Finding] = field(default_factory=list)
    outcome: Outcome | None = None
    conflicts: tuple[str, ...] = ()
    office_id: UUID | None = None
    revision: int = 0
    reference: str | None = None
    was_merged: bool = False
    hidden: frozenset[str] = frozenset()

    def refuse(self, code: str, path: str = "", **data: Any) -> None:
        """Refuse the submission with one more finding."""
        self.findings.append(Finding(code, "error", path, data))
        self.outcome = "refused"
