"""Answers about saved searches."""

from __future__ import annotations

from uuid import UUID

from ninja import Schema


class SavedAnswer(Schema):
    """A saved search; `new` counts what may be seen and was not yet, `url` is its list's page."""

    id: UUID
    name: str
    type: str
    query: str
    audience: str
    is_own: bool
    by: str
    follows: bool
    new: int
    url: str


class SavedRemoved(Schema):
    """A search that is no more."""

    id: UUID
    is_removed: bool


class SavedSeen(Schema):
    """How many alerts were marked as seen."""

    id: UUID
    seen: int
