"""The line between a process that asks and the one that answers: length and content over a Unix socket."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

SOCKET = "figures.sock"
LONGEST = 256 * 1024 * 1024
_HEAD = struct.Struct(">I")


def socket_path(home: Path) -> Path:
    """Return where the figures process of a home listens."""
    return home / SOCKET


def send(line: socket.socket, content: bytes) -> None:
    """Send one message."""
    line.sendall(_HEAD.pack(len(content)) + content)


def receive(line: socket.socket) -> bytes:
    """Receive one message; EOFError where the other side has gone."""
    (length,) = _HEAD.unpack(_take(line, _HEAD.size))
    if length > LONGEST:
        raise EOFError("message too long")
    return _take(line, length)


def _take(line: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        found = line.recv(min(count - len(parts), 1 << 20))
        if not found:
            raise EOFError("the other side has gone")
        parts += found
    return bytes(parts)
