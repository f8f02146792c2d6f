"""Answers figures beside the web processes: `python -m opencen.config.figures`, as a child of `opencen serve`."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from types import FrameType
from typing import Any

import django

from opencen.config.home import NOT_CONFIGURED, open_home
from opencen.config.migration import describe_pending, list_pending
from opencen.config.server.parent import follow_parent


def main() -> int:
    """Answer until told to stop; the socket opens first, so that whoever asks meanwhile waits."""
    follow_parent()
    home = open_home()
    django.setup()
    if pending := list_pending():
        print(describe_pending(pending), file=sys.stderr)
        return NOT_CONFIGURED
    serving: Any = importlib.import_module("opencen.analysis.asking.serving")
    server = serving.FiguresServer(home.path)

    def stop(number: int, frame: FrameType | None) -> None:
        server.is_stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.listen()
    server.warm_up()
    server.serve()
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencen.config.settings")
    sys.exit(main())
