"""A private PostgreSQL server in a temporary folder, reached by a Unix socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

PROGRAM_FOLDERS = "/usr/lib/postgresql"
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "random_page_cost": "1.1",
}

FORGETFUL = {"fsync": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0"}
"""What a server may leave out whose data nobody needs after a crash."""


def find_program(name: str) -> str | None:
    """Find a PostgreSQL server program, the newest version first."""
    places = sorted(Path(PROGRAM_FOLDERS).glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]), reverse=True)
    return str(places[0]) if places else shutil.which(name)


def _as_server_user(*more: str) -> list[str]:
    """Run the server as `postgres` when root starts it, since it refuses root."""
    if os.geteuid() != 0:
        return ["setpriv", *more, "--"] if more else []
    account = pwd.getpwnam("postgres")
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups", *more, "--"]


def _dying_with_us() -> list[str]:
    """Let the server stop when the test run that started it is killed."""
    return ["--pdeathsig=INT"] if shutil.which("setpriv") else []


def _make_data(initdb: str, data: Path) -> None:
    """Make the files of an empty server."""
    data.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(data, "postgres", "postgres")
    switches = ["--username=opencen", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [*_as_server_user(), initdb, "--pgdata", str(data), *switches]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=data)


@dataclass(frozen=True)
class Cluster:
    """One running server; `stop` ends exactly the process that `start` began."""

    folder: Path
    process: subprocess.Popen[bytes]

    @staticmethod
    def is_installed() -> bool:
        """Tell whether the server programs are there."""
        return find_program("initdb") is not None and find_program("postgres") is not None

    @classmethod
    def start(cls, *, durable: bool = False, kept: Path | None = None) -> Cluster:
        """Make a cluster and wait until it answers; `durable` keeps fsync on, for measuring.

        `kept` names the folder of the data, which is taken up again where it is there, and stays.
        """
        initdb, postgres = find_program("initdb"), find_program("postgres")
        if initdb is None or postgres is None:
            raise RuntimeError("PostgreSQL's server programs are not installed: apt-get install postgresql")
        folder = Path(tempfile.mkdtemp(prefix="opencen-pg-"))
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = kept or folder / "data"
        is_new = not (data / "PG_VERSION").exists()
        if is_new:
            _make_data(initdb, data)
        settings = SETTINGS | {"unix_socket_directories": str(folder)} | ({} if durable else FORGETFUL)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (folder / "server.log").open("wb") as log:
            process = subprocess.Popen(
                [*_as_server_user(*_dying_with_us()), postgres, "-D", str(data), *options],
                stdout=log,
                stderr=log,
                cwd=folder,
            )
        cluster = cls(folder, process)
        cluster._wait()
        if is_new:
            cluster.create("opencen")
        return cluster

    def url(self, database: str) -> str:
        """Give the address of one of its databases."""
        return f"postgresql://opencen@/{database}?host={quote(str(self.folder), safe='')}"

    def create(self, database: str) -> str:
        """Create an empty database and give its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"')
        return self.url(database)

    def stop(self) -> None:
        """End the server and remove its files."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self) -> None:
        """Wait until the server accepts a connection."""
        for _ in range(200):
            if self.process.poll() is not None:
                break
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        log = (self.folder / "server.log").read_text(errors="replace")
        self.stop()
        raise RuntimeError(f"PostgreSQL did not start:\n{log}")
