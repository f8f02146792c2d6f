"""Two people work on one investigation at the same moment: each is told clearly what became of it, nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.postgres import Cluster
from tests.support.server import command_environment, run_command

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


@pytest.fixture(params=["sqlite", "postgresql"])
def worked(request: pytest.FixtureRequest, new_home: Path) -> Any:
    """Let two people work on an installation of its own and return what became of it."""
    url = ""
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.create(f"editors_{new_home.name.replace('-', '_')}")
    run_command(new_home, "init", database_url=url)
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.editing"],
        env=command_environment(new_home, url),
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_two_people_on_one_investigation_lose_nothing(worked: Any) -> None:
    assert sorted(worked["other_fields"]) == ["merged", "stored"]
    assert worked["kept"] == ["Office of Tunis", "TN-77"]
    assert sorted(worked["same_field"]) == ["conflict", "stored"]
    assert worked["both_texts"] == [True, True]
    assert worked["revisions"] == list(range(1, len(worked["revisions"]) + 1))
    assert worked["entries"] == [["done", "done"]] * len(worked["entries"])
    assert worked["written"] == 2 * len(worked["entries"])
    assert sorted(worked["linked"]) == ["done", "investigation.link_twice"]
    assert worked["links"] == 1
    assert sorted(worked["ended"]) == ["done", "investigation.task_ended"]
    assert worked["task"] == "done"
    assert sorted(worked["moved"]) == ["done", "investigation.stage_moved"]
    assert worked["stage"] == "plan"
