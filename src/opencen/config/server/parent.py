"""Ends a process whose parent died, so that a killed supervisor leaves nothing behind."""

from __future__ import annotations

import os
import signal
import threading
import time


def follow_parent(seconds: float = 1.0) -> None:
    """Ask this process to stop as soon as its parent has changed."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(seconds)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="follow-parent", daemon=True).start()
