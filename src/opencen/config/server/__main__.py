"""Serves the web pages and the API: `python -m opencen.config.server`, as a child of `opencen serve`."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from pathlib import Path

import django
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from opencen.config.home import NOT_CONFIGURED, open_home
from opencen.config.migration import describe_pending, list_pending
from opencen.config.server.parent import follow_parent

APPLICATION = "opencen.config.server.application"


def main() -> int:
    """Run the web processes until told to stop; everything is loaded once, before they fork."""
    follow_parent()
    home = open_home()
    django.setup()
    if pending := list_pending():
        print(describe_pending(pending), file=sys.stderr)
        return NOT_CONFIGURED
    importlib.import_module(APPLICATION)
    importlib.import_module("opencen.config.server.warming").warm_up()
    importlib.import_module("opencen.analysis.asking.choosing").ask_figures_process(home.path)
    connections.close_all()
    # What is loaded stays shared with the processes that fork: the collector would touch, and so copy, all of it.
    gc.collect()
    gc.freeze()
    certificate, key = (home.value("web", name, "") for name in ("certificate", "key"))
    Server(
        f"{APPLICATION}:gateway",
        address=str(home.value("web", "address", "127.0.0.1")),
        port=int(home.value("web", "port", 8000)),
        workers=int(home.value("web", "workers", 2)),
        interface=Interfaces.RSGI,
        websockets=False,
        backlog=2048,
        backpressure=1024,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=20,
        log_level=LogLevels.error,
        ssl_cert=Path(certificate) if certificate else None,
        ssl_key=Path(key) if key else None,
    ).serve()
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencen.config.settings")
    sys.exit(main())
