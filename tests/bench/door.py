"""Ten thousand cases through the whole door: parse, check, revision, projection, log; against bare inserts."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection

from opencen.kernel.ids import uuid7
from opencen.log.models import Entry, Unsealed
from opencen.log.transactions import write_transaction
from opencen.records.intake import submit_many
from opencen.records.models import IndexValue, Record, Revision
from tests import make
from tests.bench.framework import Context, Row
from tests.support.median_case import median_case

BATCH = 500
TABLES = (Record, Revision, IndexValue, Entry, Unsealed)


def count_rows() -> dict[str, int]:
    """Count the rows of every table the door writes."""
    return {model.__name__: model._default_manager.count() for model in TABLES}


def copy_rows(model: Any, limit: int) -> list[Any]:
    """Read rows to write them again: the same content, as the floor."""
    return list(model._default_manager.all()[:limit])


def write_bare(limit: int) -> tuple[float, int]:
    """Write the rows that the door wrote into empty copies of its tables, and time it."""
    seconds, total = 0.0, 0
    for model in TABLES:
        rows = copy_rows(model, limit)
        table = model._meta.db_table
        copy = f"bare_{table}"
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE TABLE "{copy}" AS SELECT * FROM "{table}" WHERE 1 = 0')
        model._meta.db_table = copy
        try:
            start = time.perf_counter()
            with write_transaction():
                model._default_manager.bulk_create(rows, batch_size=BATCH)
            seconds += time.perf_counter() - start
        finally:
            model._meta.db_table = table
        total += len(rows)
    return seconds, total


def run(context: Context) -> list[Row]:
    """Take the cases in, then write the same rows bare."""
    number = 1000 if context.is_quick else 10_000
    officer = make.actor("officer", "RDS")
    make.taken(submit_many(officer, [make.submission(median_case(999_999))])[0])
    before = context.peak_megabytes()
    start, busy = time.perf_counter(), time.process_time()
    for first in range(0, number, BATCH):
        items = [make.submission(median_case(first + place), submission_id=uuid7()) for place in range(BATCH)]
        for receipt in submit_many(officer, items):
            make.taken(receipt)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = context.peak_megabytes()
    counted = count_rows()
    floor, total = write_bare(10**9)
    note = f"{number / seconds:,.0f} a second; {busy:.1f} s of processor; {total:,} rows in {len(counted)} tables"
    name = f"{number:,} cases through the whole door"
    return [
        Row(name, "<= 10 s", seconds, "s", context.database, floor=floor, note=note),
        Row(f"{name}: memory", "< 500 MB", peak, "MB", context.database, note=f"{before:.0f} MB before"),
    ]
