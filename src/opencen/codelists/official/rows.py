"""What the reader of an official file gives for one row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class OfficialRow:
    """Hold one code as an official file states it."""

    code: str
    labels: Mapping[str, str]
    parent: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    valid_to: date | None = None
    is_retired: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """Say which row was not taken, or only in part, and why."""

    line: int
    reason: str
    value: str


class RowError(ValueError):
    """Raised by a reader for a row that cannot be taken: a reason and the value that caused it."""

    def __init__(self, reason: str, value: str) -> None:
        super().__init__(f"{reason}: {value}")
        self.reason = reason
        self.value = value
