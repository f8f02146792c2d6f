"""Answers about links and charts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema


class LinkedRecord(Schema):
    """A record at the end of a link."""

    id: UUID
    type: str
    reference: str
    title: str
    state: str
    url: str


class FoundAnswer(Schema):
    """A record as it is offered to be linked."""

    id: UUID
    type: str
    kind_label: str
    reference: str
    title: str
    second: str
    office: str
    state: str
    url: str


class JudgementAnswer(Schema):
    """What somebody said of a link."""

    verdict: str
    by: str
    at: datetime


class LinkAnswer(Schema):
    """A link as one of its records shows it."""

    id: UUID
    other: LinkedRecord
    is_first: bool
    kind: str
    role: str
    role_label: str
    since: str
    until: str
    grading: list[str]
    source: LinkedRecord | None
    note: str
    state: str
    by: str
    at: datetime
    judgements: list[JudgementAnswer]


class LinkState(Schema):
    """What a link has come to."""

    id: UUID
    state: str


class SuggestedLink(Schema):
    """Two records and what they share."""

    first: str
    second: str
    first_title: str
    second_title: str
    kind: str
    reason: str
    thing: str
    label: str
    verdict: str


class LinksAnswer(Schema):
    """The links of a record, and those that wait for a person."""

    links: list[LinkAnswer]
    suggestions: list[SuggestedLink]


class NodeAnswer(Schema):
    """A node of a chart; `counts` are its seen neighbours by group."""

    id: str
    kind: str
    group: str
    kind_label: str
    title: str
    reference: str
    second: str
    standing: str
    standing_label: str
    state: str
    kept_until: str
    kept_until_label: str
    day: str
    url: str
    counts: dict[str, int]


class EdgeAnswer(Schema):
    """A connection of two nodes of a chart."""

    source: str
    target: str
    role: str
    is_link: bool
    day: str


class ChartAnswer(Schema):
    """What a chart shows to its reader."""

    nodes: list[NodeAnswer]
    edges: list[EdgeAnswer]
    suggestions: list[SuggestedLink]
    is_behind: bool


class PathsAnswer(Schema):
    """Ways between two nodes, the shortest first, and all their nodes."""

    paths: list[list[str]]
    chart: ChartAnswer


class ChartNameAnswer(Schema):
    """A saved chart in a list."""

    id: UUID
    name: str
    audience: str
    is_own: bool
    by: str
    changed_at: datetime


class ChartRemoved(Schema):
    """A chart that is no more."""

    id: UUID
    is_removed: bool


class PlacedAnswer(Schema):
    """Where a node of a saved chart stands."""

    id: str
    x: float
    y: float
    is_pinned: bool
    is_hidden: bool
    group: str


class OpenedAnswer(Schema):
    """A saved chart as its reader sees it."""

    head: ChartNameAnswer
    placed: list[PlacedAnswer]
    chart: ChartAnswer
