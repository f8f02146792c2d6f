"""What the worker does again and again: named jobs with their interval, registered by the rooms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from opencen.kernel.registry import Registry
from opencen.log.sealer import seal_pending
from opencen.records.derived import DERIVED, catch_up


@dataclass(frozen=True, slots=True)
class Job:
    """One repeated piece of work; `every` is the pause in seconds after a run that went well.

    `run` tells how much it did; a run that did nothing ends `opencen worker --once`.
    """

    name: str
    run: Callable[[], int]
    every: float


JOBS: Registry[Job] = Registry("job")


JOBS.add("seal", Job("seal", seal_pending, 0.25))


def job(name: str, *, every: float) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Register a function without arguments as a job of the worker."""

    def add(function: Callable[[], int]) -> Callable[[], int]:
        JOBS.add(name, Job(name, function, every))
        return function

    return add


@job("derived", every=1.0)
def catch_up_stores() -> int:
    """Bring every derived store up to the log's end."""
    return sum(catch_up(store) for store in DERIVED)
