"""The application as each web process runs it."""

from __future__ import annotations

import asyncio

from opencen.config.home import open_home
from opencen.config.server.gateway import Gateway, Limits
from opencen.config.server.parent import follow_parent
from opencen.config.wsgi import application

_home = open_home()


class WebProcess(Gateway):
    """A gateway that says when it is ready and ends with its parent."""

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the threads."""
        super().__rsgi_init__(loop)
        follow_parent()


gateway = WebProcess(
    application,
    threads=int(_home.value("web", "threads", 2)),
    limits=Limits(
        body_bytes=int(_home.value("web", "body_megabytes", 256)) * 1024 * 1024,
        body_seconds=float(_home.value("web", "body_seconds", 60)),
    ),
)
