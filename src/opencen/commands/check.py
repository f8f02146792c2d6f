"""Check the installation before it starts, in plain words."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection

from opencen.codelists.catalogue import get_list, list_names
from opencen.config.heartbeat import read_heartbeat
from opencen.config.home import SECRETS
from opencen.config.migration import list_pending
from opencen.kernel.clock import now
from opencen.kernel.errors import OpenCenError
from opencen.log.reader import unsealed_window
from opencen.log.sealer import read_anchors

Level = Literal["good", "note", "bad"]
MARKS: dict[Level, str] = {"good": "ok  ", "note": "note", "bad": "BAD "}
LOW_DISK, NO_DISK = 2 * 2**30, 200 * 2**20
OLDEST_SQLITE = (3, 35, 0)
LATE_SEAL = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Result:
    """One sentence about one thing, and whether it must be put right."""

    level: Level
    text: str


def check_python() -> Iterator[Result]:
    """Look at Python and SQLite."""
    yield Result("good", f"Python {sys.version.split()[0]}")
    is_new_enough = sqlite3.sqlite_version_info >= OLDEST_SQLITE
    wish = "" if is_new_enough else "; 3.35 or newer is needed"
    yield Result("good" if is_new_enough else "bad", f"SQLite {sqlite3.sqlite_version}{wish}")


def check_disk() -> Iterator[Result]:
    """Look at the free space where the installation writes."""
    free = shutil.disk_usage(settings.HOME.path).free
    level: Level = "good" if free > LOW_DISK else "note" if free > NO_DISK else "bad"
    yield Result(level, f"{free / 2**30:,.1f} GB free in {settings.HOME.path}")


def check_permissions() -> Iterator[Result]:
    """Look at who may read the home and the secrets, and whether the home can be written."""
    home = Path(settings.HOME.path)
    private = [home / "secrets", *sorted((home / "secrets").rglob("*")), home / "opencen.toml"]
    open_ones = [path for path in private if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    for path in open_ones:
        yield Result("bad", f"others may read {path}: chmod go= {path}")
    if not open_ones:
        yield Result("good", "secrets and settings are readable by their owner only")
    try:
        probe = home / ".write-probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        yield Result("bad", f"cannot write in {home}: {error.strerror}")


def check_keys() -> Iterator[Result]:
    """Look whether the installation's keys are there."""
    missing = [name for name in SECRETS if not (settings.HOME.path / "secrets" / name).exists()]
    if missing:
        yield Result("bad", f"keys are missing: {', '.join(missing)}; restore the secrets folder or run: opencen init")
    else:
        yield Result("good", "keys are in place")


def check_database() -> Iterator[Result]:
    """Look whether the database answers and is of this program's version."""
    try:
        pending = list_pending()
    except DatabaseError as error:
        yield Result("bad", f"the database does not answer ({type(error).__name__})")
        return
    if pending:
        yield Result("bad", f"the database lacks {len(pending)} steps of this program; run: opencen migrate")
        return
    yield Result("good", f"the {connection.vendor} database is up to date")
    yield from check_log()
    yield from check_codelists()


def check_codelists() -> Iterator[Result]:
    """Look whether the code lists can be read."""
    names = list_names()
    try:
        goods = len(get_list("commodity").codes)
    except OpenCenError as error:
        yield Result("bad", f"the list of goods cannot be read ({error.code}); install the program again")
        return
    yield Result("good", f"{len(names)} code lists, {goods} goods among them")


def check_log() -> Iterator[Result]:
    """Look at the sealer's lag and the anchors."""
    count, since = unsealed_window()
    is_late = since is not None and now() - since > LATE_SEAL
    anchors = read_anchors()
    anchored = f"anchored up to entry {anchors[-1].sequence}" if anchors else "no head anchored yet"
    lag = f"{count} log entries wait for the sealer" + ("; is the worker running?" if is_late else "")
    yield Result("note" if is_late else "good", f"{lag}; {anchored}")


def check_clock() -> Iterator[Result]:
    """Look whether the clock has run back behind what was anchored."""
    anchors = read_anchors()
    if anchors and anchors[-1].at > now().isoformat():
        yield Result("bad", f"the clock says {now():%Y-%m-%d %H:%M} UTC, but the log was anchored at {anchors[-1].at}")
    else:
        yield Result("good", f"the clock says {now():%Y-%m-%d %H:%M} UTC")


def check_front_end() -> Iterator[Result]:
    """Look whether the built front end is part of this program."""
    if finders.find("build/manifest.json") or finders.find("build/.vite/manifest.json"):
        yield Result("good", "the front end is built")
    else:
        yield Result("bad", "the front end is not built; run: script/build-frontend (a wheel brings it along)")


def check_worker() -> Iterator[Result]:
    """Look at the worker's last sign of life."""
    beat = read_heartbeat()
    if beat is None or beat.age_seconds > 30:
        yield Result("note", "the worker is not running now; 'opencen serve' starts it")
    elif beat.failing:
        yield Result("note", f"the worker runs, but these jobs fail: {', '.join(beat.failing)}")
    else:
        yield Result("good", "the worker is running")


CHECKS: tuple[Callable[[], Iterator[Result]], ...] = (
    check_python,
    check_disk,
    check_permissions,
    check_keys,
    check_clock,
    check_database,
    check_front_end,
    check_worker,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the short form."""
    parser.add_argument("--quiet", action="store_true", help="say only what is not good")


def run(arguments: argparse.Namespace) -> int:
    """Run every check; exit code 1 when something must be put right."""
    results = [result for check in CHECKS for result in check()]
    for result in results:
        if result.level != "good" or not arguments.quiet:
            print(f"{MARKS[result.level]} {result.text}")
    return 1 if any(result.level == "bad" for result in results) else 0
