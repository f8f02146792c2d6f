"""The worker's sign of life: one small file in the home, replaced whole."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from opencen.kernel.clock import now


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """When the worker last wrote, as which process, and which jobs fail."""

    at: datetime
    pid: int
    failing: tuple[str, ...]

    @property
    def age_seconds(self) -> float:
        """Tell how long ago it was written."""
        return (now() - self.at).total_seconds()


def heartbeat_path() -> Path:
    """Return the file's place."""
    return Path(settings.HOME.path) / "worker.json"


def write_heartbeat(failing: Sequence[str]) -> None:
    """Say that the worker lives."""
    path = heartbeat_path()
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps({"at": now().isoformat(), "pid": os.getpid(), "failing": list(failing)}), "utf-8")
    draft.replace(path)


def read_heartbeat() -> Heartbeat | None:
    """Read the last sign of life; None where there never was one."""
    try:
        data = json.loads(heartbeat_path().read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return Heartbeat(datetime.fromisoformat(data["at"]), int(data["pid"]), tuple(data["failing"]))
