"""The shapes of requests and answers that several routes share."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from opencen.kernel.ids import uuid7
from opencen.records.findings import Finding
from opencen.records.intake import Receipt, SubmissionIn
from opencen.records.texts import finding_text, suggestion_text
from opencen.records.types import address_of


class SubmissionBody(Schema):
    """One statement of one record."""

    model_config = ConfigDict(extra="forbid")
    type: str = Field(max_length=16)
    id: UUID
    submission_id: UUID | None = None
    base_revision: int | None = Field(None, ge=1, le=1_000_000)
    schema_version: int | None = Field(None, ge=1, le=1000)
    document: dict[str, Any]
    reasons: dict[str, str] = Field(default_factory=dict, max_length=200)
    device_time: str = Field("", max_length=40)
    mode: Literal["live", "historical"] = "live"

    def as_submission(self) -> SubmissionIn:
        """Return what the door takes."""
        return SubmissionIn(
            type=self.type,
            id=self.id,
            submission_id=self.submission_id or uuid7(),
            document=self.document,
            base_revision=self.base_revision,
            schema_version=self.schema_version,
            reasons=self.reasons,
            device_time=self.device_time,
            mode=self.mode,
        )


class RevisionBody(Schema):
    """The revision that was looked at."""

    revision: int = Field(ge=1, le=1_000_000)


def _plain(value: Any) -> str:
    """Write a value of a finding's data for a program: codes, days and amounts as they were stated."""
    if isinstance(value, dict):
        return " ".join(_plain(part) for name, part in value.items() if name != "list")
    if isinstance(value, list | tuple):
        return ", ".join(_plain(part) for part in value)
    return str(value)


def finding_json(found: Finding, language: str, type: str) -> dict[str, Any]:
    """Return a finding with its text in a language."""
    return {
        "code": found.code,
        "level": found.level,
        "path": found.path,
        "message": finding_text(found, language, type),
        "data": {key: _plain(value) for key, value in found.data.items()},
        "suggestions": [
            {"label": suggestion_text(s, language, type), "patch": s.patch, "marks": [list(mark) for mark in s.marks]}
            for s in found.suggestions
        ],
    }


def receipt_json(receipt: Receipt, language: str) -> dict[str, Any]:
    """Return a receipt with the texts of its findings."""
    return {
        "submission_id": receipt.submission_id,
        "outcome": receipt.outcome,
        "is_repeat": receipt.is_repeat,
        "record": {
            "id": receipt.record_id,
            "type": receipt.type,
            "reference": receipt.reference,
            "revision": receipt.revision,
            "url": address_of(receipt.type, receipt.record_id),
        },
        "findings": [finding_json(found, language, receipt.type) for found in receipt.findings],
        "conflicts": list(receipt.conflicts),
        "at": receipt.at,
    }
