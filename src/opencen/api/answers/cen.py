"""Answers about what goes to the real CEN by hand."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ninja import Schema


class CenWaiting(Schema):
    """What waits for a workbook; held cases are counted, not named."""

    total: int
    held: int
    ids: list[UUID]


class CenUpload(Schema):
    """A workbook whose upload is not noted yet."""

    id: UUID
    record: UUID


class CenUnnoted(Schema):
    """What waits for the note of its upload."""

    total: int
    uploads: list[CenUpload]


class CenAnswer(Schema):
    """Both queues of the way to the real CEN."""

    waiting: CenWaiting
    unnoted: CenUnnoted


class CenNote(Schema):
    """The note of an upload."""

    id: UUID
    record: UUID
    uploaded_on: date | None
    number: str
