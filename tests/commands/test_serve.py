"""Serving: web and worker live and stop together, and come back after a crash."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.support import homes
from tests.support.server import Server, command_environment, run_command

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


@pytest.fixture
def server(initialised_home: Path) -> Iterator[Server]:
    """Give a server to a test that ends it."""
    running = Server.start(initialised_home)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def shared() -> Iterator[Server]:
    """Give one server to all tests that leave it as it was."""
    home = homes.make_empty_home()
    homes.copy_template("initialised", home, lambda made: run_command(made, "init"))
    running = Server.start(home)
    yield running
    running.stop()
    homes.remove(home)


def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Wait until something is so; a start takes long on a machine with much else to do."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def find_children(server: Server, part: str) -> list[psutil.Process]:
    """Find the processes below the supervisor whose command holds a word."""
    found = psutil.Process(server.process.pid).children(recursive=True)
    return [child for child in found if part in read_command(child)]


def read_command(process: psutil.Process) -> str:
    """Read a process's command line; one that just ended has none."""
    try:
        return " ".join(process.cmdline())
    except (psutil.ZombieProcess, psutil.NoSuchProcess):
        return ""


def answers(server: Server) -> bool:
    try:
        return server.get("/readyz", timeout=1)[0] == 200
    except OSError:
        return False


def test_it_says_that_it_is_ready_and_how_the_worker_is(shared: Server) -> None:
    assert wait_for(lambda: json.loads(shared.get("/readyz")[1]) == {"database": "ready", "worker": "running"})
    assert shared.get("/healthz") == (200, b"ok\n")
    assert wait_for(lambda: "OpenCEN is ready at http://127.0.0.1:" in shared.log.read_text())


def test_a_stop_ends_every_process_and_leaves_no_pid_file(server: Server) -> None:
    assert wait_for(lambda: len(find_children(server, "worker --follow")) == 1)
    everyone = psutil.Process(server.process.pid).children(recursive=True)
    assert server.stop() == 0
    assert [child for child in everyone if child.is_running()] == []
    assert not (server.home / "serve.pid").exists()


@pytest.mark.parametrize("part", ["worker --follow", "config.server", "config.figures"])
def test_a_crashed_process_is_started_again(shared: Server, part: str) -> None:
    assert wait_for(lambda: len(find_children(shared, part)) > 0)
    before = {child.pid for child in find_children(shared, part)}
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: bool({child.pid for child in find_children(shared, part)} - before))
    assert wait_for(lambda: answers(shared))


def test_a_killed_supervisor_leaves_nothing_behind(server: Server) -> None:
    assert wait_for(lambda: len(find_children(server, "worker --follow")) == 1)
    everyone = psutil.Process(server.process.pid).children(recursive=True)
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(30)
    assert wait_for(lambda: not any(child.is_running() for child in everyone))


def test_the_same_home_is_not_served_twice(shared: Server) -> None:
    done = run_command(shared.home, "serve", "--port", "0", check=False)
    assert done.returncode == 1
    assert f"served already, by process {shared.process.pid}" in done.stderr


def test_a_start_right_after_a_stop_waits_for_its_end(server: Server) -> None:
    os.kill(server.process.pid, signal.SIGTERM)
    held = psutil.Process(server.process.pid)
    again = Server.start(server.home)
    try:
        assert again.get("/healthz") == (200, b"ok\n")
        assert not held.is_running() or held.status() == psutil.STATUS_ZOMBIE
        assert (server.home / "serve.pid").read_text() == f"{again.process.pid}\n"
    finally:
        assert again.stop() == 0


def test_a_start_right_after_a_kill_waits_for_what_was_left(server: Server) -> None:
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(30)
    port = ["--port", str(server.port)]
    again = subprocess.Popen(
        [sys.executable, "-m", "opencen.commands.main", "--home", str(server.home), "serve", *port],
        env=command_environment(server.home),
    )
    try:
        assert wait_for(lambda: (server.home / "serve.pid").read_text() == f"{again.pid}\n")
        assert wait_for(lambda: answers(server))
    finally:
        again.terminate()
        assert again.wait(60) == 0


def test_a_stop_while_it_waits_for_its_port_is_heeded(initialised_home: Path) -> None:
    (initialised_home / "serve.pid").write_text("1\n")  # as a killed one leaves it
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = subprocess.Popen(
            [
                *[sys.executable, "-m", "opencen.commands.main", "--home", str(initialised_home)],
                *["serve", "--port", str(taken.getsockname()[1])],
            ],
            env=command_environment(initialised_home),
        )
        assert wait_for(lambda: (initialised_home / "serve.pid").read_text() == f"{process.pid}\n")
        process.terminate()
        assert process.wait(60) == 0
    assert not (initialised_home / "serve.pid").exists()


def test_a_taken_port_is_named(shared: Server, tmp_path: Path) -> None:
    homes.copy_template("initialised", tmp_path / "other", lambda home: run_command(home, "init"))
    done = run_command(tmp_path / "other", "serve", "--port", str(shared.port), check=False)
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1 port {shared.port}: Address already in use" in done.stderr


def test_a_database_that_is_behind_stops_the_start(initialised_home: Path) -> None:
    (initialised_home / "opencen.sqlite3").unlink()
    done = run_command(initialised_home, "serve", "--port", "0", check=False)
    assert done.returncode == 1
    assert "run: opencen migrate" in done.stderr


def test_the_log_holds_the_route_and_never_the_path_or_the_query(shared: Server) -> None:
    shared.get("/no-such-page/Ben-Salah?name=Ben+Salah")
    assert wait_for(lambda: '"route": "none"' in shared.log.read_text())
    text = shared.log.read_text()
    assert "Salah" not in text
    line = next(json.loads(found) for found in text.splitlines() if '"opencen.request"' in found)
    assert {"request_id", "method", "route", "status", "ms", "actor"} <= set(line)
