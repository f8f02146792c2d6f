"""What the worker does again and again: named jobs with their interval, registered by the rooms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from opencen.kernel.registry import Registry
from opencen.log.sealer import seal_pending
from opencen.records.derived import DERIVED, Derived, catch_up


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


def add_store(store: Derived) -> None:
    """Register a derived store with a job of its own: a slow one holds up no other."""
    DERIVED.add(store.name, store)
    JOBS.add(f"derived.{store.name}", Job(f"derived.{store.name}", lambda: catch_up(store), 1.0))
