"""How often one may call: a count of the running minute for each token, user and guessing address."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache

from opencen.kernel.errors import TooMany

MINUTE = 60
CALLS_A_MINUTE = 20_000
FAILURES_A_MINUTE = 60


def count_call(who: str) -> None:
    """Count a call of a token or user, or raise TooMany."""
    _count(who, int(settings.HOME.value("api", "calls_a_minute", CALLS_A_MINUTE)), is_new=True)


def count_failure(source: str, *, is_new: bool) -> None:
    """Count a failed call from an address, or only ask whether it has failed too often."""
    _count(f"failed:{source}", FAILURES_A_MINUTE, is_new=is_new)


def _count(who: str, limit: int, *, is_new: bool) -> None:
    minute, elapsed = divmod(int(time.time()), MINUTE)
    key = f"api-calls:{minute}:{who}"
    count = _increase(key) if is_new else int(cache.get(key, 0))
    if count > limit or (not is_new and count >= limit):
        raise TooMany("request.too_many", seconds=MINUTE - elapsed)


def _increase(key: str) -> int:
    cache.add(key, 0, MINUTE * 2)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return 1
