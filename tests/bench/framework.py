"""What every benchmark shares: rows, a context, and the machine it ran on. Times are printed, never asserted."""

from __future__ import annotations

import gc
import os
import platform
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, its goal, its value, and the bare floor measured in the same run."""

    name: str
    goal: str
    value: float
    unit: str
    database: str
    floor: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Give the value as a multiple of the floor."""
        return self.value / self.floor if self.floor else None

    def as_dict(self) -> dict[str, Any]:
        """Give the row for the line between processes."""
        return asdict(self)


@dataclass(frozen=True)
class Context:
    """Where a benchmark runs: one database, one installation of its own, Django set up on it."""

    database: str
    home: Path
    is_quick: bool = False

    def median(self, work: Callable[[], object], repeat: int = 5) -> float:
        """Give the median seconds of several runs."""
        return statistics.median(self.times(work, repeat))

    def times(self, work: Callable[[], object], repeat: int) -> list[float]:
        """Give the seconds of each of several runs."""
        found = []
        for _ in range(repeat):
            gc.collect()
            start = time.perf_counter()
            work()
            found.append(time.perf_counter() - start)
        return found

    def peak_megabytes(self) -> float:
        """Give the most memory this process has held so far."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def percentile(values: list[float], part: float) -> float:
    """Give a percentile by the nearest rank; `part` between 0 and 1."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def describe_machine() -> dict[str, str]:
    """Tell what the figures were measured on."""
    model = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": f"{model}, {os.cpu_count()} cores",
        "memory": f"{pages / 2**30:.0f} GiB",
        "system": f"Linux {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
