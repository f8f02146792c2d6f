"""How often one may call is counted across the processes of an installation."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from opencen.api import limits
from opencen.kernel.errors import TooMany

CALL = """
import django, sys
django.setup()
from opencen.api import limits
from opencen.kernel.errors import TooMany
limits.CALLS_A_MINUTE = int(sys.argv[2])
done = 0
for _ in range(int(sys.argv[1])):
    try:
        limits.count_call("user:one")
        done += 1
    except TooMany:
        pass
print(done)
"""


@pytest.fixture(autouse=True)
def still_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no minute end within a test."""
    monkeypatch.setattr(limits.time, "time", lambda: 1_700_000_000.0)


def calls_elsewhere(count: int, limit: int) -> subprocess.Popen[str]:
    """Call so often in another process."""
    script = "import time; time.time = lambda: 1_700_000_000.0" + CALL
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "opencen.config.settings",
        "OPENCEN_HOME": str(settings.HOME.path),
    }
    return subprocess.Popen(
        [sys.executable, "-c", script, str(count), str(limit)], env=environment, stdout=subprocess.PIPE, text=True
    )


def test_two_processes_together_may_call_as_often_as_one() -> None:
    both = [calls_elsewhere(80, 100), calls_elsewhere(80, 100)]
    allowed = [int(one.communicate(timeout=60)[0]) for one in both]
    assert sum(allowed) == 100


def test_who_calls_too_often_is_told_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CALLS_A_MINUTE", 3)
    for _ in range(3):
        limits.count_call("user:hasty")
    with pytest.raises(TooMany) as refused:
        limits.count_call("user:hasty")
    assert refused.value.code == "request.too_many"
    assert 0 < refused.value.data["seconds"] <= 60
    limits.count_call("user:calm")


def test_who_guesses_is_stopped_before_the_next_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FAILURES_A_MINUTE", 2)
    for _ in range(2):
        limits.count_failure("192.0.2.1", is_new=False)
        limits.count_failure("192.0.2.1", is_new=True)
    with pytest.raises(TooMany):
        limits.count_failure("192.0.2.1", is_new=False)


def test_the_next_minute_begins_anew_and_forgets_the_past(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CALLS_A_MINUTE", 1)
    for minute in range(4):
        monkeypatch.setattr(limits.time, "time", lambda now=minute: 1_800_000_000.0 + 60 * now)
        limits.count_call("user:steady")
    rows = limits._open(1_800_000_180 // 60).execute("SELECT COUNT(*) FROM calls WHERE who = 'user:steady'").fetchone()
    assert rows[0] == 2


def test_a_count_that_cannot_be_kept_stops_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "derived").mkdir()
    (tmp_path / "derived" / limits.FILE).write_text("no database")
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, path=tmp_path))
    monkeypatch.setattr(limits, "CALLS_A_MINUTE", 1)
    limits.count_call("user:one")
    limits.count_call("user:one")
