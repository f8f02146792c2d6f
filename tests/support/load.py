"""A small load generator: steady connections that post as fast as they are answered, and clients that dawdle."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Load:
    """What to send, from how many connections, for how long."""

    port: int
    seconds: float
    connections: int = 16
    slow_senders: int = 0
    slow_readers: int = 0
    path: str = "/submissions"
    slow_path: str = "/large"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Outcome:
    """What came back: the seconds of every acknowledged request, and what failed."""

    seconds: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        """Give acknowledged requests a second."""
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0


async def _read_answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line[15:])
    return status, await reader.readexactly(length)


def _make_request(load: Load, body: bytes) -> bytes:
    lines = [f"POST {load.path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in load.headers.items()]
    return ("\r\n".join([*lines, f"Content-Length: {len(body)}"]) + "\r\n\r\n").encode() + body


async def _post_steadily(load: Load, make_body: Callable[[], tuple[str, bytes]], until: float, out: Outcome) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
    while time.perf_counter() < until:
        key, body = make_body()
        start = time.perf_counter()
        try:
            writer.write(_make_request(load, body))
            status, answer = await _read_answer(reader)
        except (OSError, asyncio.IncompleteReadError) as error:
            out.failures[type(error).__name__] = out.failures.get(type(error).__name__, 0) + 1
            return
        if status in (200, 201):
            out.seconds.append(time.perf_counter() - start)
            out.acknowledged.append(key)
        else:
            name = f"{status} {answer[:200].decode(errors='replace')}"
            out.failures[name] = out.failures.get(name, 0) + 1
    writer.close()


async def _send_slowly(load: Load, body: bytes, until: float) -> None:
    """Send the request's head at once and its body at a few bytes a second."""
    _, writer = await asyncio.open_connection("127.0.0.1", load.port)
    request = _make_request(load, body)
    cut = request.index(b"\r\n\r\n") + 4
    writer.write(request[:cut])
    for position in range(cut, len(request) - 1, 4):
        if time.perf_counter() > until:
            break
        writer.write(request[position : position + 4])
        await asyncio.sleep(0.5)
    writer.close()


async def _read_slowly(load: Load, until: float) -> None:
    """Ask for a large answer again and again and take it in small sips."""
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port, limit=1024)
    lines = [f"GET {load.slow_path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in load.headers.items())]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    while time.perf_counter() < until:
        await reader.read(256)
        await asyncio.sleep(0.5)
    writer.close()


async def _run(load: Load, make_body: Callable[[], tuple[str, bytes]], out: Outcome) -> Outcome:
    until = time.perf_counter() + load.seconds + (1.0 if load.slow_senders or load.slow_readers else 0.0)
    body = make_body()[1]
    slow = [asyncio.create_task(_send_slowly(load, body, until)) for _ in range(load.slow_senders)]
    slow += [asyncio.create_task(_read_slowly(load, until)) for _ in range(load.slow_readers)]
    if slow:
        await asyncio.sleep(1.0)
    start = time.perf_counter()
    await asyncio.gather(*(_post_steadily(load, make_body, until, out) for _ in range(load.connections)))
    out.elapsed = time.perf_counter() - start
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)
    return out


def run_load(load: Load, make_body: Callable[[], tuple[str, bytes]], out: Outcome | None = None) -> Outcome:
    """Send for the time asked and tell what came back; `make_body` gives a key and a body."""
    return asyncio.run(_run(load, make_body, out or Outcome()))
