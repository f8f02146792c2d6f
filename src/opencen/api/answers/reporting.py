"""Answers about reports to other bodies, quality and double entries."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ninja import Schema

from opencen.analysis.measures.rates import FieldRate, Rates


class ReportColumnAnswer(Schema):
    """A column of a report and the fields it is read from."""

    name: str
    read_from: list[str]
    is_required: bool


class ReportAnswer(Schema):
    """A report that another body asks for."""

    name: str
    title: str
    body: str
    columns: list[ReportColumnAnswer]


class ColumnFill(Schema):
    """How far a column is filled, what names somebody and stays, and the cases that lack it."""

    name: str
    filled: int
    missing: int
    kept: int
    wrong: dict[str, int]
    cases: list[UUID]


class ReportPreview(Schema):
    """What a report would be."""

    name: str
    rows: int
    complete: int
    cases: int
    left_out: dict[str, int]
    columns: list[ColumnFill]


class OfficeRates(Schema):
    """An office's rates and what came back to it."""

    office: str
    rates: Rates
    returned: int


class MonthStanding(Schema):
    """Whether a month was reported in time."""

    month: date
    standing: str


class QualityAnswer(Schema):
    """How an office does, beside the country."""

    office: str | None
    since: date
    rates: Rates
    country: Rates | None
    by_field: list[FieldRate]
    offices: list[OfficeRates]
    returned: int
    months: list[MonthStanding]


class DoubleAnswer(Schema):
    """Two cases that may be one event, and why."""

    first: UUID
    second: UUID
    numbers: list[str]
    same_goods: bool


class DoublesAnswer(Schema):
    """The likeliest pairs, and how many there are."""

    total: int
    rows: list[DoubleAnswer]
