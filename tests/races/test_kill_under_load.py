"""A served installation is killed while cases come in: what was acknowledged is there, whole, and the log is sound."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import orjson
import psutil
import pytest

from opencen.kernel.ids import uuid7
from tests.support.load import Load, Outcome, run_load
from tests.support.median_case import median_case
from tests.support.server import Server, command_environment, run_command

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]

PREPARE = """
import django; django.setup()
from opencen.accounts.queries import actor_of
from opencen.accounts.services import make_token
from tests import make
scopes = ["case:record", "case:read", "records:submit"]
print("TOKEN", make_token(actor_of(make.user("officer", "RDS")), name="race", scopes=scopes, days=1)[1])
"""
LOOK = """
import django; django.setup()
from opencen.log.models import Entry
from opencen.records.models import IndexValue, Record, Revision, Submission
records = {str(key) for key in Record.objects.values_list("pk", flat=True)}
assert records == {str(key) for key in Revision.objects.values_list("record_id", flat=True)}, "revision missing"
assert records == {str(key) for key in IndexValue.objects.values_list("record_id", flat=True)}, "index missing"
logged = set(Entry.objects.filter(subject_type="case").values_list("subject_id", flat=True))
assert records == logged & records, "log entry missing"
assert Record.objects.count() == Revision.objects.count() == Submission.objects.count(), "half stored"
references = list(Record.objects.values_list("reference", flat=True))
assert len(set(references)) == len(references), "reference given twice"
print("SUBMITTED", *Submission.objects.values_list("pk", flat=True))
"""


def run_script(home: Path, script: str) -> str:
    environment = command_environment(home) | {"DJANGO_SETTINGS_MODULE": "opencen.config.settings"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def token(initialised_home: Path) -> str:
    return run_script(initialised_home, PREPARE).split()[-1]


def make_bodies(sent: dict[str, bytes]) -> Callable[[], tuple[str, bytes]]:
    numbers = itertools.count()

    def make_body() -> tuple[str, bytes]:
        key = str(uuid7())
        body = {"type": "case", "id": str(uuid7()), "submission_id": key, "document": median_case(next(numbers))}
        sent[key] = orjson.dumps(body)
        return key, sent[key]

    return make_body


@pytest.fixture
def server(new_home: Path, token: str) -> Iterator[Server]:
    running = Server.start(new_home)
    yield running
    running.stop()


def load_and_kill(server: Server, token: str, sent: dict[str, bytes]) -> Outcome:
    """Send cases from eight connections and kill every process of the installation in the middle."""
    load = Load(server.port, 60.0, connections=8, path="/api/v1/submissions")
    load.headers = {"Authorization": f"Bearer {token}"}
    outcome = Outcome()
    sender = threading.Thread(target=lambda: run_load(load, make_bodies(sent), outcome))
    sender.start()
    while sender.is_alive() and len(outcome.acknowledged) < 60:
        time.sleep(0.05)
    everyone = [server.process.pid]
    everyone += [child.pid for child in psutil.Process(server.process.pid).children(recursive=True)]
    for pid in everyone:
        os.kill(pid, signal.SIGKILL)
    sender.join(30)
    server.process.wait(10)
    return outcome


def test_every_acknowledged_case_is_there_after_a_kill(server: Server, token: str) -> None:
    sent: dict[str, bytes] = {}
    outcome = load_and_kill(server, token, sent)
    assert len(outcome.acknowledged) >= 60
    kept = set(run_script(server.home, LOOK).split("SUBMITTED")[-1].split())
    assert set(outcome.acknowledged) <= kept
    run_command(server.home, "worker", "--once")
    assert "the log is sound" in run_command(server.home, "log", "verify").stdout
    assert "DIFFERS" not in run_command(server.home, "rebuild", "--verify").stdout


def test_what_was_cut_off_is_sent_again_without_doubling(server: Server, token: str) -> None:
    sent: dict[str, bytes] = {}
    load_and_kill(server, token, sent)
    again = Server.start(server.home)
    try:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        with httpx.Client(base_url=again.url, headers=headers, timeout=30) as client:
            answers = [client.post("/api/v1/submissions", content=body) for body in list(sent.values())[-40:]]
            answers += [client.post("/api/v1/submissions", content=body) for body in list(sent.values())[-40:]]
        assert {answer.status_code for answer in answers} == {200}
        half = len(answers) // 2
        receipts = [answer.json()["record"] for answer in answers]
        assert receipts[:half] == receipts[half:]
        assert all(answer.json()["is_repeat"] for answer in answers[half:])
    finally:
        again.stop()
    kept = run_script(server.home, LOOK).split("SUBMITTED")[-1].split()
    assert set(list(sent)[-40:]) <= set(kept)
