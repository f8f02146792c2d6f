"""A large world of persons, companies, means of transport and cases, kept whole: an installation of its own.

with prepare(1_000_000, "sqlite") as environment: ...

makes what is missing of it below .cache/world. The rows are written to files once and loaded into each database; text
search and graph are built by the product from what was loaded. A million persons take the better part of an hour;
afterwards everything is there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.postgres import Cluster

PROJECT = Path(__file__).resolve().parents[2]
CACHE = PROJECT / ".cache" / "world"
VERSION = 1
STEPS = "tests.bench.subject_loading"


def folder_of(suspects: int) -> Path:
    """Return where a world is kept."""
    return CACHE / f"subjects-{suspects}-v{VERSION}"


@contextmanager
def prepare(suspects: int, database: str) -> Iterator[dict[str, str]]:
    """Make what is missing of a world in one database, and give the environment of a process that works in it."""
    folder = folder_of(suspects)
    home = folder / f"home-{database}"
    home.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"OPENCEN_HOME": str(home), "PYTHONPATH": f"{PROJECT}:{PROJECT / 'src'}"}
    environment.pop("OPENCEN_DATABASE_URL", None)
    if not (is_loaded := (folder / f"loaded-{database}").exists()):
        _forget(folder, database)
    cluster = Cluster.start(durable=True, kept=folder / "postgresql") if database == "postgresql" else None
    if cluster:
        environment["OPENCEN_DATABASE_URL"] = cluster.url("opencen")
    try:
        _share_secrets(folder, home)
        call(environment, "opencen.commands.main", "init", "--country", "TN")
        _share_secrets(folder, home)
        if not is_loaded:
            call(environment, "tests.bench.aside", STEPS, "write", str(suspects))
            call(environment, "tests.bench.aside", STEPS, "load", str(suspects))
        steps = [start(environment, STEPS, "derive", str(suspects), name) for name in ("search", "graph")]
        codes = [step.wait() for step in steps]
        if any(codes):
            raise RuntimeError("text search or graph could not be built")
        yield environment
    finally:
        if cluster:
            cluster.stop()


def _share_secrets(folder: Path, home: Path) -> None:
    """Give both installations the same secrets: digests and the graph's keys are made with them."""
    if (folder / "secrets").exists():
        shutil.copytree(folder / "secrets", home / "secrets", dirs_exist_ok=True)
    elif (home / "secrets").exists():
        shutil.copytree(home / "secrets", folder / "secrets")


def _forget(folder: Path, database: str) -> None:
    """Remove a database whose loading was broken off."""
    if database == "postgresql":
        shutil.rmtree(folder / "postgresql", ignore_errors=True)
    for path in (folder / f"home-{database}").glob("opencen.sqlite3*"):
        path.unlink()


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """Begin one step in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.aside", *arguments]
    return subprocess.Popen(command, env=environment, cwd=PROJECT, stdout=sys.stderr)


def call(environment: dict[str, str], module: str, *arguments: str) -> None:
    """Run one step in a process of its own."""
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, env=environment, cwd=PROJECT, check=True, stdout=sys.stderr)


def main() -> None:
    """Make a world ready in the databases named: `python -m tests.bench.subject_world 1000000 sqlite postgresql`."""
    for database in sys.argv[2:]:
        with prepare(int(sys.argv[1]), database):
            print(f"ready: {sys.argv[1]} on {database}", flush=True)


if __name__ == "__main__":
    main()
