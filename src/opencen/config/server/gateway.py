"""Runs the WSGI application behind Granian so that no slow client holds a thread or the write lock.

Granian's own WSGI mode reads the body inside the application's thread: a client that sends one byte a second
keeps that thread, and two hundred of them stop the site. Here the event loop takes in the whole body first, then
a thread runs the application on it, then the event loop writes the answer at the client's pace.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, Any

from granian._granian import RSGIHTTPProtocol as HTTPProtocol
from granian._granian import RSGIProtocolClosed as ProtocolClosed
from granian.rsgi import Scope

LOGGER = logging.getLogger("opencen.server")
SPOOL_BYTES = 512 * 1024
NO_BODY = frozenset({"GET", "HEAD", "OPTIONS"})

Headers = list[tuple[str, str]]
WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class BodyRefused(Exception):
    """Say which status a body that is too large, too slow or broken off gets."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a body may be, and how long a client may take to send it; a slow line gets time for a large body."""

    body_bytes: int = 256 * 1024 * 1024
    body_seconds: float = 60.0
    slowest_bytes_a_second: int = 8 * 1024

    def seconds_for(self, length: int) -> float:
        """Give the time that a body of this length may take."""
        return self.body_seconds + length / self.slowest_bytes_a_second


class FileAnswer:
    """Carry an open file from the application to the server, which sends it without a thread."""

    def __init__(self, file: IO[bytes], block_size: int = 65536) -> None:
        self.file = file
        self.block_size = block_size

    def __iter__(self) -> Iterator[bytes]:
        """Yield the file's blocks."""
        return iter(lambda: self.file.read(self.block_size), b"")

    def close(self) -> None:
        """Close the file, and with it the answer."""
        self.file.close()


@dataclass(slots=True)
class Answer:
    """Hold what the application answered: all of it, a file's path, or blocks still to be made."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    path: str = ""
    blocks: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None

    def start(self, status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
        """Take status and headers from the application."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower(), value) for name, value in headers]
        return lambda data: None


class Gateway:
    """Serve one WSGI application on Granian's RSGI interface."""

    def __init__(self, application: WsgiApplication, *, threads: int = 1, limits: Limits = Limits()) -> None:
        self.application = application
        self.limits = limits
        self.threads = threads
        self.pool: ThreadPoolExecutor | None = None

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the threads, after the fork."""
        self.pool = ThreadPoolExecutor(self.threads, thread_name_prefix="request")

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let running requests finish."""
        if self.pool is not None:
            self.pool.shutdown(wait=True)

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Take a request in, have it answered, write the answer."""
        try:
            body = await self._read(scope, proto)
        except BodyRefused as refusal:
            proto.response_empty(refusal.status, [("connection", "close")])
            return
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self.pool, self._answer, make_environ(scope, body))
        try:
            await self._write(proto, answer)
        except (ProtocolClosed, RuntimeError):
            LOGGER.info("client left before the answer was complete")
        finally:
            if answer.blocks is not None:
                await loop.run_in_executor(self.pool, answer.close)

    async def _read(self, scope: Scope, proto: HTTPProtocol) -> IO[bytes]:
        """Take in the whole body, in memory while small, on disk when large."""
        length = scope.headers.get("content-length")
        if scope.method in NO_BODY and not length and "transfer-encoding" not in scope.headers:
            return io.BytesIO()
        if length is not None and (not length.isdecimal() or int(length) > self.limits.body_bytes):
            raise BodyRefused(413 if length.isdecimal() else 400)
        try:
            async with asyncio.timeout(
                self.limits.seconds_for(self.limits.body_bytes if length is None else int(length))
            ):
                if length is not None and int(length) <= SPOOL_BYTES:
                    return io.BytesIO(await proto())
                return await self._spool(proto)
        except TimeoutError:
            raise BodyRefused(408) from None

    async def _spool(self, proto: HTTPProtocol) -> IO[bytes]:
        """Write a long body into a temporary file and give it back from its beginning."""
        spool = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115 - the request closes it
        taken = 0
        async for chunk in proto:
            taken += len(chunk)
            if taken > self.limits.body_bytes:
                spool.close()
                raise BodyRefused(413)
            spool.write(chunk)
        spool.seek(0)
        return spool

    def _answer(self, environ: dict[str, Any]) -> Answer:
        """Run the application in a thread and collect an answer that needs no thread any more."""
        answer = Answer()
        try:
            result = self.application(environ, answer.start)
        finally:
            environ["wsgi.input"].close()
        close: Callable[[], None] = getattr(result, "close", lambda: None)
        path = getattr(result.file, "name", None) if isinstance(result, FileAnswer) else None
        if answer.status == 200 and isinstance(path, str):
            answer.path = path
        elif isinstance(result, FileAnswer) or getattr(result, "streaming", False):
            answer.blocks, answer.close = iter(result), close
            return answer
        else:
            answer.body = b"".join(result)
        close()
        return answer

    async def _write(self, proto: HTTPProtocol, answer: Answer) -> None:
        """Write the answer; blocks are made one by one, only as fast as the client takes them."""
        if answer.path:
            proto.response_file(answer.status, answer.headers, answer.path)
        elif answer.blocks is None:
            proto.response_bytes(answer.status, answer.headers, answer.body)
        else:
            loop = asyncio.get_running_loop()
            transport = proto.response_stream(answer.status, answer.headers)
            while block := await loop.run_in_executor(self.pool, next, answer.blocks, b""):
                await transport.send_bytes(block)


def make_environ(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """Make the WSGI environment of a request (PEP 3333)."""
    server, _, port = scope.server.rpartition(":")
    client, _, client_port = scope.client.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),  # Granian has decoded the escapes already
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": client.strip("[]"),
        "REMOTE_PORT": client_port,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileAnswer,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        joiner = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joiner}{value}" if key in environ and key != "HTTP_HOST" else value
    if "CONTENT_LENGTH" not in environ and scope.method not in NO_BODY:
        environ["CONTENT_LENGTH"] = str(body.seek(0, os.SEEK_END))
        body.seek(0)
    return environ
