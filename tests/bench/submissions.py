"""Submissions of a median case over HTTP: the whole product behind `POST /api/v1/submissions`, sealer running."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from datetime import UTC, datetime

import orjson

from opencen.accounts.queries import actor_of
from opencen.accounts.services import make_token
from opencen.kernel.ids import uuid7
from tests import make
from tests.bench.framework import Context, Row, percentile
from tests.support.load import Load, run_load
from tests.support.median_case import median_case
from tests.support.server import Server

GOAL = ">= 200/s, p99 < 250 ms"


def make_bodies() -> Callable[[], tuple[str, bytes]]:
    """Make submissions, each of another case."""
    numbers = itertools.count()

    def make_body() -> tuple[str, bytes]:
        key = str(uuid7())
        body = {"type": "case", "id": str(uuid7()), "submission_id": key, "document": median_case(next(numbers))}
        return key, orjson.dumps(body)

    return make_body


def measure_server(server: Server, database: str) -> list[Row]:
    """Measure the largest web process."""
    processes, servers = server.processes(), server.web_processes()
    web = [process.memory_info().rss / 2**20 for process in servers]
    fair = max(process.memory_full_info().pss for process in servers) / 2**20
    together = sum(process.memory_full_info().pss for process in processes) / 2**20
    note = f"{fair:.0f} MB with shared pages parted; all {len(processes)} processes together {together:.0f} MB so"
    return [Row("memory of a web process after the load", "< 300 MB", max(web), "MB", database, note=note)]


def run(context: Context) -> list[Row]:
    """Measure submissions without and with slow clients, then memory and start."""
    seconds = 3.0 if context.is_quick else 15.0
    officer = make.user("officer", "RDS")
    _, secret = make_token(
        actor_of(officer), name="bench", scopes=["case:record", "case:read", "records:submit"], days=1
    )
    url = os.environ.get("OPENCEN_DATABASE_URL", "")
    server = Server.start(context.home, database_url=url)
    rows = []
    try:
        make_body = make_bodies()
        path, headers = "/api/v1/submissions", {"Authorization": f"Bearer {secret}"}
        run_load(Load(server.port, 1.0, path=path, headers=headers), make_body)
        for slow in (0, 100):
            load = Load(server.port, seconds, path=path, headers=headers, slow_path="/api/v1/schemas/case")
            load.slow_senders = load.slow_readers = slow
            found = run_load(load, make_body)
            if not found.seconds:
                raise RuntimeError(f"nothing was taken in: {found.failures}")
            middle, late = (percentile(found.seconds, part) * 1000 for part in (0.5, 0.99))
            note = f"p50 {middle:.0f} ms, p99 {late:.0f} ms; {found.failures or 'none failed'}"
            name = "submissions of a median case over HTTP" + (", 200 slow clients" if slow else "")
            rows.append(Row(name, GOAL, found.rate, "/s", context.database, note=note))
        rows += measure_server(server, context.database)
    finally:
        server.stop()
    rows.append(measure_start(context, url))
    return rows


def measure_start(context: Context, url: str) -> Row:
    """Measure how long `opencen serve` takes on this database."""

    def start() -> float:
        begun = datetime.now(UTC)
        server = Server.start(context.home, database_url=url)
        took = (datetime.now(UTC) - begun).total_seconds()
        server.stop()
        return took

    times = sorted(start() for _ in range(3))
    return Row("start of opencen serve on an existing database", "< 3 s", times[1], "s", context.database)
