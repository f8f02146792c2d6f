"""What a long work keeps in memory, and the collector that would walk all of it again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_in_memory() -> Iterator[None]:
    """Keep what is loaded out of the collector's way while a long work makes and drops many small objects.

    A sheet of a hundred thousand rows stays to the end; without this, every few hundred records cost a walk over it.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
