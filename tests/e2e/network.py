"""A demonstration network for browser tests: started by `opencen demo` as a user would, stopped by its own id."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.ports import free_port
from tests.support.server import command_environment

CASES = 60
START_SECONDS = 240.0


@dataclass
class Network:
    """The two nodes and the passwords that were printed."""

    national: str
    hub: str
    passwords: dict[str, str]
    process: subprocess.Popen[str]

    def stop(self) -> int:
        """Stop it as Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def two_free_ports() -> int:
    """Find a port whose neighbour is free too."""
    while True:
        port = free_port()
        command = "import socket,sys; socket.socket().bind(('127.0.0.1', int(sys.argv[1])))"
        if subprocess.run([sys.executable, "-c", command, str(port + 1)], capture_output=True).returncode == 0:
            return port


def start_network(home: Path) -> Network:
    """Start a small demonstration and read what it prints."""
    port = two_free_ports()
    arguments = ["--home", str(home), "demo", "--cases", str(CASES), "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-m", "opencen.commands.main", *arguments],
        env=command_environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    printed = list(lines_until_ready(process))
    assert process.poll() is None, "".join(printed)
    passwords = dict(re.findall(r"^  (\S+)\s+((?:\w{4}-){3}\w{4})", "".join(printed), re.MULTILINE))
    assert {"officer", "validator", "contact", "analyst", "hub"} <= set(passwords), "".join(printed)
    return Network(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}", passwords, process)


def lines_until_ready(process: subprocess.Popen[str]) -> Iterator[str]:
    """Yield what the demonstration prints until it serves; end one that takes too long."""
    limit = threading.Timer(START_SECONDS, process.terminate)
    limit.start()
    assert process.stdout is not None
    for line in process.stdout:
        yield line
        if line.startswith("Ctrl-C"):
            break
    limit.cancel()


def wait_for(condition: object, seconds: float = 90.0) -> None:
    """Wait until a function tells that something has become so."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]  # a plain function
        assert time.monotonic() < end, "it did not become so in time"
        time.sleep(0.3)
