"""A rebuild on two cores: a second process writes the facts of the records from the middle on."""

from __future__ import annotations

import importlib
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import django
from django.db import connection

RECORDS = "opencen.records.models"
STORE = "opencen.analysis.facts.store"
# Of fewer records the second process takes longer to start than it saves.
LEAST = 50_000


def find_middle() -> UUID | None:
    """Return the record from which on a second process reads; None where one process reads all."""
    if connection.in_atomic_block or (os.cpu_count() or 1) < 2:
        return None
    records: Any = importlib.import_module(RECORDS).Record.objects
    count = records.count()
    if count < LEAST:
        return None
    middle: UUID = records.order_by("pk").values_list("pk", flat=True)[count // 2]
    return middle


@contextmanager
def second_half(middle: UUID | None, number: int) -> Iterator[Future[int] | None]:
    """Let another process write what comes from the middle on; it tells how many records it read."""
    if middle is None:
        yield None
        return
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool.submit(write_from, middle, number)


def write_from(middle: UUID, number: int) -> int:
    """Write the facts from the middle on, in a process of its own."""
    django.setup()
    store: Any = importlib.import_module(STORE)
    count: int = store.FACTS.write_half(number, middle)
    return count
