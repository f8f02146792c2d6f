"""Serve both nodes until told to stop; each is an `opencen serve` of its own."""

from __future__ import annotations

import http.client
import signal
import subprocess
import time
from types import FrameType

from opencen.commands.demo.homes import ENTRANCE, Node
from opencen.commands.protocol import CommandFailed

READY_SECONDS = 90.0
STOP_SECONDS = 30.0


class Served:
    """The two running nodes; they are stopped by their own process ids."""

    def __init__(self, nodes: tuple[Node, Node]) -> None:
        self.nodes = nodes
        self.processes: list[subprocess.Popen[bytes]] = []
        self.is_stopping = False

    def start(self) -> None:
        """Start the hub first, so that the first packet finds it; wait until both answer."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        for node in self.nodes[::-1]:
            with (node.home / "serve.log").open("ab") as log:
                command = [*ENTRANCE, "--home", str(node.home), "serve", "--port", str(node.port), "--workers", "1"]
                self.processes.append(
                    subprocess.Popen(command, env=node.environment, stdout=log, stderr=log, start_new_session=True)
                )
        end = time.monotonic() + READY_SECONDS
        while not self.is_stopping and not all(is_ready(node.port) for node in self.nodes):
            if time.monotonic() > end or any(process.poll() is not None for process in self.processes):
                self.stop()
                logs = ", ".join(str(node.home / "serve.log") for node in self.nodes)
                raise CommandFailed(f"the demonstration did not start; see {logs}")
            time.sleep(0.1)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def wait(self) -> int:
        """Wait until told to stop, or until a node has ended by itself."""
        while not self.is_stopping and all(process.poll() is None for process in self.processes):
            time.sleep(0.2)
        self.stop()
        return 0 if self.is_stopping else 1

    def stop(self) -> None:
        """Stop both, and end what does not listen."""
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
        end = time.monotonic() + STOP_SECONDS
        for process in self.processes:
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def is_ready(port: int) -> bool:
    """Ask a node whether it can answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def open_first_page(port: int) -> None:
    """Ask for the page that a user sees first."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/sign-in", headers={"Host": "localhost"})
        status = connection.getresponse().status
    finally:
        connection.close()
    if status != 200:
        raise CommandFailed(f"the first page answers {status}")
