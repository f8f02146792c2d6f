"""The node's clock, in UTC; tests may set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_fixed: ContextVar[datetime | None] = ContextVar("opencen_clock", default=None)


def now() -> datetime:
    """Tell the time, aware and in UTC."""
    return _fixed.get() or datetime.now(UTC)


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
