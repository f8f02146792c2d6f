"""The same file by two processes at once, and a worker killed in the middle: nothing is doubled, nothing lost."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.formats.test_imports import MAPPING
from tests.support.server import command_environment, run_command

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]

ROWS = 1200
PREPARE = "import django; django.setup()\nfrom tests import make\nprint(make.user('officer', 'RDS').username)"
LOOK = """
import django; django.setup()
from opencen.formats.models import ImportBatch
from opencen.formats.queries import totals_of
from opencen.records.models import Record, Revision, Submission
totals = [totals_of(batch) for batch in ImportBatch.objects.order_by("number")]
assert all(t.rows == t.stored + t.unchanged + t.refused + t.waiting + t.open for t in totals)
print(Record.objects.count(), Revision.objects.count(), *(f"{t.stored}/{t.unchanged}/{t.open}" for t in totals))
"""


def run_script(home: Path, script: str) -> str:
    environment = command_environment(home) | {"DJANGO_SETTINGS_MODULE": "opencen.config.settings"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def place(initialised_home: Path) -> Path:
    (initialised_home / "register.toml").write_text(MAPPING)
    rows = "\n".join(f"R{n};03/04/2021;Cocaine;{n + 1};EC" for n in range(ROWS))
    (initialised_home / "register.csv").write_text(f"Number;Date;Goods;Quantity;From\n{rows}\n")
    return initialised_home


def start(home: Path, user: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "opencen.commands.main", "import", str(home / "register.csv")]
    command += ["--mapping", str(home / "register.toml"), "--as", user, "--reason", "Register of 2021"]
    return subprocess.Popen(command, env=command_environment(home), stdout=subprocess.PIPE)


def test_the_same_file_at_once_by_two_processes_is_stored_once(place):
    user = run_script(place, PREPARE).split()[-1]
    running = [start(place, user), start(place, user)]
    said = [process.communicate(timeout=300)[0].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    records, revisions, *totals = run_script(place, LOOK).split()
    assert (records, revisions) == (str(ROWS), str(ROWS))
    stored, unchanged, left = (sum(int(part.split("/")[n]) for part in totals) for n in range(3))
    assert (stored, unchanged, left) == (ROWS, ROWS, 0)


def test_a_process_killed_in_the_middle_is_taken_up_by_the_worker_at_once(place):
    user = run_script(place, PREPARE).split()[-1]
    process = start(place, user)
    with closing(sqlite3.connect(f"file:{place / 'opencen.sqlite3'}?mode=ro", uri=True)) as look:
        while look.execute("SELECT count(*) FROM records_record").fetchone()[0] == 0 and process.poll() is None:
            time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    records, _, totals = run_script(place, LOOK).split()
    assert 0 < int(records) < ROWS, "killed too late to prove anything"
    assert totals.split("/")[2] == str(ROWS - int(records))
    run_command(place, "worker", "--once")
    assert run_script(place, LOOK).split() == [str(ROWS), str(ROWS), f"{ROWS}/0/0"]
