"""Answers about records: search, documents, history, review, holds, contradictions, releases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

Document = dict[str, Any]


class SuggestionAnswer(Schema):
    """A correction that one click applies: values by path, with the changed characters marked."""

    label: str
    patch: dict[str, Any]
    marks: list[list[int]]


class FindingAnswer(Schema):
    """What a rule says at a path, in the caller's language."""

    code: str
    level: str
    path: str
    message: Any
    data: dict[str, str]
    suggestions: list[SuggestionAnswer]


class ReceiptRecord(Schema):
    """The record that a submission became."""

    id: UUID
    type: str
    reference: str | None
    revision: int | None
    url: str


class ReceiptAnswer(Schema):
    """What became of a submission: never half a record."""

    submission_id: UUID
    outcome: str
    is_repeat: bool
    record: ReceiptRecord
    findings: list[FindingAnswer]
    conflicts: list[str]
    at: datetime


class RecordRow(Schema):
    """A record in a list."""

    id: UUID
    type: str
    reference: str | None
    title: str
    state: str
    is_held: bool
    revision: int
    origin: str
    office: str | None
    occurred_on: date | None
    changed_at: datetime
    quality: int
    warnings: int


class FacetCount(Schema):
    """A value of a facet and how many records have it."""

    value: str
    count: int


class SearchAnswer(Schema):
    """One page of records, the number of all, and the facets asked for."""

    total: int
    offset: int
    limit: int
    as_of: datetime
    spelling_forgiven: bool
    is_behind: bool
    rows: list[RecordRow]
    facets: dict[str, list[FacetCount]]


class ReviewNoteAnswer(Schema):
    """A reviewer's open reason at a field."""

    path: str
    text: str
    by: str
    at: datetime
    revision: int


class RecordAnswer(Schema):
    """A record's document with where it stands."""

    id: UUID
    type: str
    reference: str | None
    origin: str
    revision: int
    newest_revision: int
    schema_version: int
    state: str
    office: str | None
    quality: int
    document: Document
    review: list[ReviewNoteAnswer]


class ChangeAnswer(Schema):
    """One field that a revision changed."""

    path: str
    before: Any
    after: Any


class RevisionAnswer(Schema):
    """Who stated what, when, and what it changed."""

    revision: int
    author: str
    at: datetime
    device_time: str
    base: int | None
    is_erased: bool
    warnings: list[dict[str, Any]]
    changes: list[ChangeAnswer]


class StateAnswer(Schema):
    """A record's state after an act."""

    id: UUID
    state: str
    revision: int


class ErasureAnswer(Schema):
    """How many revisions an erasure changed."""

    id: UUID
    revisions_changed: int


class HoldAnswer(Schema):
    """An operational hold."""

    id: UUID
    kind: str
    authority: str
    reason: str
    order_number: str
    until: datetime
    set_at: datetime
    ended_at: datetime | None


class MergeRecord(Schema):
    """The record that two statements are about."""

    id: UUID
    type: str
    reference: str | None


class MergeAuthors(Schema):
    """Who stated the present and who the later one."""

    present: str
    later: str


class Contradiction(Schema):
    """One field that both sides changed differently."""

    path: str
    before: Any
    present: Any
    later: Any


class MergeAnswer(Schema):
    """A contradiction with both documents and the one both grew from."""

    id: UUID
    record: MergeRecord
    revision: int
    at: datetime
    authors: MergeAuthors
    base: Document
    present: Document
    later: Document
    contradictions: list[Contradiction]


class PreviewField(Schema):
    """One field as it stays and as it would go (null: it stays)."""

    path: str
    stays: Any
    goes: Any
    how: str


class Flag(Schema):
    """A place of a free text that may identify somebody."""

    key: str
    text: str
    kind: str
    start: int
    end: int


class NarrativeAnswer(Schema):
    """A free text as written and as it would go."""

    written: str
    goes: str
    flags: list[Flag]


class PreviewPhoto(Schema):
    """A photo of the record."""

    id: str
    releasable: bool
    goes: bool


class RecognisableAnswer(Schema):
    """How many people of the year look alike by what leaves of one."""

    item: str
    nationality: str
    sex: str
    age_band: str
    alike: int
    alike_without_age: int
    is_age_dropped: bool


class PreviewAnswer(Schema):
    """What would leave, what is undecided, and what stands against it."""

    revision: int
    profile: str
    may_go: bool
    problems: list[str]
    held_until: datetime | None
    document: Document
    fields: list[PreviewField]
    narrative: NarrativeAnswer | None
    photos: list[PreviewPhoto]
    recognisable: list[RecognisableAnswer]


class SentAnswer(Schema):
    """A release after the click."""

    id: UUID
    state: str
    recipient: str
    fields_sent: int
