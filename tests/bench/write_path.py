"""The write path: fair lock, full sync, sealer running, with and without 200 slow clients."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import orjson

from opencen.kernel.ids import uuid7
from tests.bench.framework import Context, Row, percentile
from tests.support.load import Load, Outcome, run_load
from tests.support.ports import free_port, wait_for_port


def make_body() -> tuple[str, bytes]:
    """Make a submission of a median case's size: six lines, about four kilobytes."""
    key = uuid7().hex
    lines = [{"code": "drugs.cannabis.resin", "amount": f"{n}.25", "text": "x" * 500} for n in range(6)]
    return key, orjson.dumps({"submission": key, "lines": lines, "note": "y" * 500})


@contextmanager
def serve(port: int, **settings: str) -> Iterator[None]:
    """Run the application with these settings, and the sealer beside it."""
    environment = os.environ | settings
    server = subprocess.Popen([sys.executable, "-m", "tests.support.write_app", str(port)], env=environment)
    sealer = subprocess.Popen([sys.executable, "-m", "opencen.commands.main", "worker"], env=environment)
    try:
        wait_for_port(port)
        yield
    finally:
        for process in (server, sealer):
            process.terminate()
        for process in (server, sealer):
            process.wait(20)


def measure(seconds: float, *, slow: bool, **settings: str) -> Outcome:
    """Measure one arrangement."""
    port = free_port()
    with serve(port, **settings):
        half = 100 if slow else 0
        run_load(Load(port, 0.5), make_body)
        return run_load(Load(port, seconds, slow_senders=half, slow_readers=half), make_body)


GOAL = ">= 200/s, p99 < 250 ms"
ARRANGEMENTS = [
    ("gateway, 1 thread, fair lock", {"BENCH_THREADS": "1"}, True),
    ("gateway, 2 threads, fair lock", {"BENCH_THREADS": "2"}, True),
    ("gateway, 4 threads, fair lock", {"BENCH_THREADS": "4"}, True),
    ("gateway, 4 threads, file lock alone", {"BENCH_THREADS": "4", "BENCH_LOCK": "flock"}, False),
    ("gateway, 1 thread, SQLite's busy wait", {"BENCH_THREADS": "1", "BENCH_LOCK": "busy"}, False),
    ("gateway, 4 threads, SQLite's busy wait", {"BENCH_THREADS": "4", "BENCH_LOCK": "busy"}, False),
    ("Granian WSGI, 1 thread, fair lock", {"BENCH_INTERFACE": "wsgi", "BENCH_THREADS": "1"}, True),
    ("Granian WSGI, 64 threads, fair lock", {"BENCH_INTERFACE": "wsgi", "BENCH_THREADS": "64"}, True),
]


def measure_floor(seconds: float) -> float:
    """Measure the same transaction by one process in a loop: no server, no client, no lock, no sealer."""
    command = [sys.executable, "-m", "tests.support.write_app", "floor", str(seconds / 2)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def describe_spread(seconds: list[float]) -> str:
    """Say how the answers' times were spread."""
    if not seconds:
        return "nothing came through"
    middle, late, worst = (
        1000 * value for value in (percentile(seconds, 0.5), percentile(seconds, 0.99), max(seconds))
    )
    return f"p50 {middle:.0f} ms, p99 {late:.0f} ms, worst {worst:.0f} ms"


def run(context: Context) -> list[Row]:
    """Measure every arrangement without and with slow clients."""
    seconds = 2.0 if context.is_quick else 8.0
    floor = measure_floor(seconds)
    rows = []
    for name, settings, everywhere in ARRANGEMENTS:
        if not everywhere and context.database != "sqlite":
            continue
        for slow in (False, True):
            start = time.perf_counter()
            outcome = measure(seconds, slow=slow, **settings)
            label = name + (", 200 slow clients" if slow else "")
            failures = f"{sum(outcome.failures.values())} failed" if outcome.failures else ""
            note = "; ".join(part for part in (describe_spread(outcome.seconds), failures) if part)
            rows.append(Row(f"submissions: {label}", GOAL, outcome.rate, "/s", context.database, floor, note))
            print(rows[-1], f"{time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    return rows
