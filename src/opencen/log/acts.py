"""The catalogue of acts: what may be written into the log, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from opencen.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Act:
    """Name an act and the keys its entry may carry; values are ids, states and counts, never content."""

    name: str
    keys: frozenset[str] = frozenset()
    reads: bool = False


ACTS: Registry[Act] = Registry("act")


def act(name: str, *keys: str, reads: bool = False) -> Act:
    """Register an act under its name."""
    return ACTS.add(name, Act(name, frozenset(keys), reads))
