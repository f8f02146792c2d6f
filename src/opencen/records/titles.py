"""What a record is called in lists and on pages, in any language: asked of its database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import orjson
from django.utils.module_loading import import_string

from opencen.records.models import Record
from opencen.records.types import all_domains


def head_summary(record: Record) -> dict[str, Any]:
    """Return what a head says of its record, names included: for who was let through the lock, never for a store."""
    summary: dict[str, Any] = orjson.loads(record.summary)
    return summary | orjson.loads(record.nominal_summary) if record.nominal_summary != "{}" else summary


def title_of(type: str, summary: Mapping[str, Any], language: str) -> str:
    """Say what a record is about, from what its head says."""
    return _titler(all_domains()[type].title)(summary, language)


@cache
def _titler(name: str) -> Callable[[Mapping[str, Any], str], str]:
    found: Callable[[Mapping[str, Any], str], str] = import_string(name)
    return found


def record_title(record: Record, language: str) -> str:
    """Say what a record is about."""
    return title_of(record.type, head_summary(record), language)
