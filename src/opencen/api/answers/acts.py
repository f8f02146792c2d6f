"""What custody and the legal follow-up say of an act, and what a program sends to record one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from opencen.seizures.small_records.views import ActView


class ActBody(Schema):
    """One act: its kind, the answers that the schema names, and which act it corrects or withdraws, if any."""

    kind: str = Field(min_length=1, max_length=24)
    answers: dict[str, Any] = Field(default_factory=dict)
    at: AwareDatetime | None = None
    corrects: UUID | None = None


class ActAnswer(Schema):
    """One act as it was stated; `state` is empty, corrected or withdrawn."""

    id: UUID
    kind: str
    at: datetime
    by: str
    recorded_at: datetime
    answers: dict[str, Any]
    corrects: UUID | None
    state: str
    is_erased: bool


class ProblemAnswer(Schema):
    """One thing that does not agree, in words."""

    code: str
    message: str


def act_json(act: ActView) -> dict[str, Any]:
    """Write an act."""
    return {name: getattr(act, name) for name in ActAnswer.model_fields}
