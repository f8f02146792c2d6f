"""A small application behind the gateway, for testing what the gateway promises: `python -m ... PORT`."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from opencen.config.server.gateway import FileAnswer, Gateway, Limits

NAMES = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_COOKIE", "HTTP_HOST", "CONTENT_LENGTH", "REMOTE_ADDR")


class Blocks:
    """Blocks that the application makes one by one."""

    streaming = True

    def __init__(self) -> None:
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield three blocks."""
        yield from (b"one,", b"two,", b"three")

    def close(self) -> None:
        """Note that the answer was closed."""
        self.is_closed = True


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer according to the path."""
    path = environ["PATH_INFO"]
    size = len(environ["wsgi.input"].read())
    if path == "/blocks":
        start("200 OK", [("Content-Type", "text/plain")])
        return Blocks()
    if path == "/file":
        start("200 OK", [("Content-Type", "text/plain")])
        return FileAnswer(Path(__file__).open("rb"))
    if path == "/memory":
        start("200 OK", [("Content-Type", "text/plain")])
        return FileAnswer(io.BytesIO(b"y" * 200_000))
    if path == "/large":
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"x" * 4_000_000]
    if path == "/wait":
        time.sleep(0.2)
    start("200 OK", [("Content-Type", "application/json"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    return [json.dumps({name: environ.get(name) for name in NAMES} | {"size": size}).encode()]


gateway = Gateway(application, threads=1, limits=Limits(body_bytes=2_000_000, body_seconds=1.5))


def main() -> None:
    """Serve until told to stop."""
    Server(
        "tests.support.gateway_app:gateway",
        port=int(sys.argv[1]),
        interface=Interfaces.RSGI,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main()
