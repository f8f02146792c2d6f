"""Identifiers: UUID version 7, sortable by the time they were made (RFC 9562)."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """Make a UUIDv7 that never sorts before one made earlier in this process."""
    global _last
    with _lock:
        stamp = time.time_ns() // 250  # 12 bits of sub-millisecond order: 4000 steps a millisecond
        _last = stamp = max(stamp, _last + 1)
    milliseconds, fraction = divmod(stamp, 4000)
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | fraction << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)
