"""Answers about imports: the batch, its sums, its columns and its rows."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Schema

from opencen.formats.queries import Reason, Totals


class BatchAnswer(Schema):
    """An import: its file, its mapping, how far it is."""

    id: UUID
    number: int
    type: str
    file_name: str
    sha256: str
    size: int
    office: str
    mapping_name: str
    mode: str
    reason: str
    state: str
    task: str
    is_dry: bool
    total: int
    done: int
    seconds: float
    created_at: datetime
    changed_at: datetime


class ListedBatch(BatchAnswer):
    """An import in the list: who uploaded it, and its rows by outcome."""

    by: str
    rows: dict[str, int]


class BatchWithTotals(BatchAnswer):
    """An import with its sums and the reasons of what was not stored."""

    totals: Totals
    reasons: list[Reason]


class MappingAnswer(Schema):
    """A mapping as TOML under its name."""

    name: str
    text: str


class ColumnAnswer(Schema):
    """A column of the file: where it goes, and what in it is open."""

    letter: str
    header: str
    to: str
    filled: int
    distinct: int
    open_values: int
    open_rows: int


class ColumnsAnswer(Schema):
    """The mapping and the columns."""

    mapping: str
    columns: list[ColumnAnswer]


class RowFinding(Schema):
    """What was found in a row: its code and words, the field and the column (from 0; -1 is none), and its data."""

    code: str
    level: str
    path: str
    column: int
    data: dict[str, Any]
    message: str


class RowAnswer(Schema):
    """What became of one row."""

    number: int
    outcome: str
    record: UUID | None
    revision: int | None
    findings: list[RowFinding]
    repairs: dict[int, str]


class RowsAnswer(Schema):
    """Rows, filtered by outcome or reason, and how many there are."""

    total: int
    items: list[RowAnswer]


class RepairedAnswer(Schema):
    """How many cells were repaired."""

    repaired: int


class SourceAnswer(Schema):
    """Statistics that others publish: their time, what they count as (measure, unit), and by what."""

    id: UUID
    title: str
    country: str
    batch_id: UUID
    created_at: datetime
    first_period: str
    last_period: str
    measures: list[tuple[str, str]]
    dimensions: list[str]


class SumAnswer(Schema):
    """One sum: of which member of the dimension, and how much."""

    member: str
    value: Decimal


class RemovedAnswer(Schema):
    """How many figures were removed."""

    removed: int
