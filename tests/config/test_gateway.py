"""The gateway: no slow client holds a thread, and what comes in comes in whole."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import gateway_app
from tests.support.ports import free_port, wait_for_port

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


@pytest.fixture(scope="module")
def port(project: Path) -> Iterator[int]:
    number = free_port()
    environment = os.environ | {"PYTHONPATH": f"{project / 'src'}:{project}"}
    process = subprocess.Popen([sys.executable, "-m", "tests.support.gateway_app", str(number)], env=environment)
    wait_for_port(number)
    yield number
    process.terminate()
    process.wait(20)


def ask(
    port: int, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        connection.close()


def send_head(port: int, length: int) -> socket.socket:
    """Open a connection that announces a body and sends nothing of it."""
    client = socket.create_connection(("127.0.0.1", port), timeout=10)
    client.sendall(f"POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n".encode())
    return client


def test_a_request_arrives_as_it_was_sent(port: int) -> None:
    _, body, headers = ask(port, "GET", "/a%2520b/%C3%A9?q=%20z", headers={"Cookie": "x=1", "Host": "cen.example"})
    told = json.loads(body)
    assert told["PATH_INFO"].encode("latin-1").decode() == "/a%20b/é"  # decoded once, never twice
    assert told["QUERY_STRING"] == "q=%20z"
    assert (told["HTTP_COOKIE"], told["HTTP_HOST"], told["REMOTE_ADDR"]) == ("x=1", "cen.example", "127.0.0.1")
    assert headers.get_all("set-cookie") == ["a=1", "b=2"]


@pytest.mark.parametrize("size", [0, 5, 600_000, 2_000_000])
def test_a_body_arrives_whole_with_and_without_a_stated_length(port: int, size: int) -> None:
    assert json.loads(ask(port, "POST", "/", b"x" * size)[1])["size"] == size
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/", body=iter([b"x" * size]), encode_chunked=True)
    told = json.loads(connection.getresponse().read())
    connection.close()
    assert (told["size"], told["CONTENT_LENGTH"]) == (size, str(size))


def test_a_body_above_the_limit_is_refused(port: int) -> None:
    client = send_head(port, 2_000_001)
    assert client.recv(100).startswith(b"HTTP/1.1 413")
    client.close()


def test_a_body_that_does_not_come_is_given_up(port: int) -> None:
    client = send_head(port, 100)
    start = time.monotonic()
    assert client.recv(100).startswith(b"HTTP/1.1 408")
    assert time.monotonic() - start < 4
    client.close()


def test_slow_senders_and_readers_hold_nobody_up(port: int) -> None:
    slow = [send_head(port, 1000) for _ in range(100)]
    for _ in range(50):
        client = socket.create_connection(("127.0.0.1", port), timeout=10)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        slow.append(client)
    start = time.monotonic()
    for _ in range(5):
        assert ask(port, "POST", "/", b"quick")[0] == 200
    assert time.monotonic() - start < 1.2
    for client in slow:
        client.close()


def test_files_and_blocks_are_sent_whole(port: int) -> None:
    assert ask(port, "GET", "/blocks")[1] == b"one,two,three"
    assert ask(port, "GET", "/file")[1] == Path(gateway_app.__file__).read_bytes()
    assert len(ask(port, "GET", "/large")[1]) == 4_000_000


def test_a_file_that_is_held_in_memory_is_sent_whole(port: int) -> None:
    status, body, _ = ask(port, "GET", "/memory")
    assert (status, body) == (200, b"y" * 200_000)


def test_a_client_that_leaves_early_harms_nobody(port: int) -> None:
    for path in ("/large", "/blocks", "/wait"):
        client = socket.create_connection(("127.0.0.1", port), timeout=10)
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        client.close()
    assert ask(port, "GET", "/")[0] == 200
