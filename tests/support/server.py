"""A served installation for tests: `opencen serve` as a user starts it, stopped by its own process id."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.support.ports import free_port

PROJECT = Path(__file__).resolve().parents[2]


def command_environment(home: Path, database_url: str = "") -> dict[str, str]:
    """Give the environment in which a command runs on a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENCEN_", "DJANGO_"))}
    more = {"OPENCEN_HOME": str(home), "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}"}
    return kept | more | ({"OPENCEN_DATABASE_URL": database_url} if database_url else {})


def run_command(
    home: Path, *arguments: str, database_url: str = "", check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run `opencen` with arguments on a home and return what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "opencen.commands.main", "--home", str(home), *arguments],
        env=command_environment(home, database_url),
        capture_output=True,
        text=True,
        timeout=240,
    )
    if check and done.returncode:
        raise AssertionError(f"opencen {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


@dataclass
class Server:
    """One running `opencen serve`."""

    home: Path
    port: int
    process: subprocess.Popen[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def start(cls, home: Path, *, database_url: str = "", workers: int = 2, web_only: bool = False) -> Server:
        """Start serving and wait until it is ready; `web_only` leaves the worker and the figures away."""
        port = free_port()
        log = home / "serve.log"
        environment = command_environment(home, database_url)
        arguments = ["-m", "opencen.commands.main", "--home", str(home), "serve"]
        arguments += ["--port", str(port), "--workers", str(workers)]
        if web_only:
            arguments = ["-m", "opencen.config.server"]
            environment |= {"OPENCEN_WEB_PORT": str(port), "OPENCEN_WEB_WORKERS": str(workers)}
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        server = cls(home, port, process, log, environment)
        try:
            server.wait_until_ready()
        except AssertionError:
            server.stop()
            raise
        return server

    @property
    def url(self) -> str:
        """Give the address of its pages."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, timeout: float = 10.0, cookie: str = "") -> tuple[int, bytes]:
        """Ask for a page and give its status and content."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def processes(self) -> list[psutil.Process]:
        """List the processes that it runs as, the first of them its own."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def web_processes(self) -> list[psutil.Process]:
        """List those of them that answer pages."""
        return [found for found in self.processes() if "opencen.config.server" in " ".join(found.cmdline())]

    def wait_until_ready(self, seconds: float = 120.0) -> None:
        """Wait until it answers that it is ready."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"opencen serve ended:\n{self.log.read_text()}")
            try:
                if self.get("/readyz", timeout=1)[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"opencen serve is not ready after {seconds} s:\n{self.log.read_text()}")

    def stop(self) -> int:
        """Stop it as a service manager would and give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)
