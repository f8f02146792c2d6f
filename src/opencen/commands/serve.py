"""Serve the pages, answer figures and run the worker, all supervised: restarted after a crash, stopped together."""

from __future__ import annotations

import argparse
import fcntl
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from opencen.commands.protocol import CommandFailed
from opencen.config.home import CONFIG_NAME, NOT_CONFIGURED, Home, open_home

FIRST_PAUSE, LONGEST_PAUSE, STEADY_SECONDS = 0.5, 30.0, 60.0
STOP_SECONDS = 25.0
WAIT_SECONDS = 5.0
STOPPING = "stopping"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may differ from the settings file for one run."""
    parser.add_argument("--address", help="address to listen on")
    parser.add_argument("--port", type=int, help="port to listen on")
    parser.add_argument("--workers", type=int, help="number of web processes")


def write_line(event: str, **data: object) -> None:
    """Write one structured log line."""
    line = {"asctime": datetime.now(UTC).isoformat(), "levelname": "INFO", "name": "opencen.serve", "message": event}
    print(json.dumps(line | data), file=sys.stderr, flush=True)


@dataclass
class Child:
    """One supervised process and how it fared."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own, so that a Ctrl-C reaches the supervisor alone."""
        self.process = subprocess.Popen(self.command, start_new_session=True)
        self.started = time.monotonic()
        write_line("started", child=self.name, pid=self.process.pid)

    def watch(self) -> int | None:
        """Start it when due; return its exit code when it has just ended."""
        if self.process is None:
            if time.monotonic() >= self.due:
                self.start()
            return None
        code = self.process.poll()
        if code is None:
            return None
        self.process = None
        self.failures = 1 if time.monotonic() - self.started > STEADY_SECONDS else self.failures + 1
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (self.failures - 1))
        self.due = time.monotonic() + pause
        write_line("ended", child=self.name, code=code, again_in_seconds=pause)
        return code


class Stop:
    """Remember that somebody asked this process to stop, and say so in the pid file once it is held.

    It listens before the file is written: who reads the process's id there may ask it to stop at once.
    """

    def __init__(self) -> None:
        self.is_asked = False
        self.lock: int | None = None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.is_asked = True
        if self.lock is not None:
            write_pid(self.lock, STOPPING)


def hold_pid_file(home: Home, stop: Stop) -> tuple[int, bool]:
    """Write this process's id, and hold the file so that nobody serves the same home twice; wait for who is stopping.

    Also tell whether somebody left the file behind, killed: what it had started ends by itself within a moment.
    """
    path, until = home.path / "serve.pid", time.monotonic() + STOP_SECONDS + WAIT_SECONDS
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid, _, mark = os.read(descriptor, 40).decode().strip().partition(" ")
            os.close(descriptor)
            if mark != STOPPING or stop.is_asked or time.monotonic() > until:
                raise CommandFailed(f"this installation is being served already, by process {pid}") from None
            time.sleep(0.1)
            continue
        if _is_same(descriptor, path):
            is_left = bool(os.read(descriptor, 1))
            stop.lock = descriptor
            write_pid(descriptor, STOPPING if stop.is_asked else "")
            return descriptor, is_left
        os.close(descriptor)


def _is_same(descriptor: int, path: Path) -> bool:
    """Tell whether an open file still stands at its path: who ended meanwhile took it away."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def write_pid(descriptor: int, mark: str = "") -> None:
    """Write this process's id into the held file, and what it is about to do."""
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()} {mark}".strip().encode() + b"\n", 0)


def check_port(address: str, port: int, wait: float, stop: Stop) -> None:
    """Refuse a port that another program listens on; wait for one that is about to end, unless told to stop."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    until = time.monotonic() + wait
    while True:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError as error:
                if stop.is_asked:
                    return
                if time.monotonic() >= until:
                    raise CommandFailed(f"cannot listen on {address} port {port}: {error.strerror}") from None
            else:
                return
        time.sleep(0.1)


def is_ready(address: str, port: int, is_secure: bool) -> bool:
    """Ask the server whether it can answer."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104 - compared, not bound
    connection: http.client.HTTPConnection
    if is_secure:
        # It asks its own child on this machine whether it is up, and sends nothing; the certificate names another host.
        context = ssl._create_unverified_context()  # noqa: S323 - see above
        connection = http.client.HTTPSConnection(host, port, timeout=1, context=context)
    else:
        connection = http.client.HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop_children(children: list[Child]) -> None:
    """Ask each child to stop, wait, and end what does not listen; only processes started here."""
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def supervise(children: list[Child], is_stopping: Callable[[], bool], on_ready: Callable[[], bool]) -> int:
    """Keep the children running until told to stop, or until one cannot run as things are."""
    announced, pause = False, 0.05
    while not is_stopping():
        for child in children:
            if child.watch() == NOT_CONFIGURED:
                return 1
        announced = announced or on_ready()
        pause = min(1.0, pause * 1.1) if not announced else 0.25
        time.sleep(pause)
    return 0


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    start = time.monotonic()
    home = open_home()
    if not (home.path / CONFIG_NAME).exists():
        raise CommandFailed(f"there is no installation in {home.path}; make one: opencen --home {home.path} init")
    for name in ("address", "port", "workers"):
        if getattr(arguments, name) is not None:
            os.environ[f"OPENCEN_WEB_{name.upper()}"] = str(getattr(arguments, name))
    address, port = str(home.value("web", "address", "127.0.0.1")), int(home.value("web", "port", 8000))
    stop = Stop()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    lock, is_left = hold_pid_file(home, stop)
    try:
        check_port(address, port, WAIT_SECONDS if is_left else 0.0, stop)
        return _serve(lock, stop, address, port, start)
    finally:
        Path(home.path / "serve.pid").unlink(missing_ok=True)
        os.close(lock)


def _serve(lock: int, stop: Stop, address: str, port: int, start: float) -> int:
    """Keep everything running until told to stop; whoever starts it again meanwhile is told to wait."""
    is_secure = bool(open_home().value("web", "certificate", ""))

    def announce() -> bool:
        if not is_ready(address, port, is_secure):
            return False
        url = f"{'https' if is_secure else 'http'}://{address}:{port}/"
        print(f"OpenCEN is ready at {url} ({time.monotonic() - start:.1f} s)", flush=True)
        return True

    children = [
        Child("web", [sys.executable, "-m", "opencen.config.server"]),
        Child("figures", [sys.executable, "-m", "opencen.config.figures"]),
        Child("worker", [sys.executable, "-m", "opencen.commands.main", "worker", "--follow"]),
    ]
    try:
        return supervise(children, lambda: stop.is_asked, announce)
    finally:
        write_pid(lock, STOPPING)
        stop_children(children)
