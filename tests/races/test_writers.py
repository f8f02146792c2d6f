"""Many processes write at once: none starves, no acknowledged write is lost, a kill leaves nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.postgres import Cluster
from tests.support.server import command_environment, run_command

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


@dataclass(frozen=True)
class Writer:
    """A process that acts, and the file in which it says what was acknowledged."""

    process: subprocess.Popen[bytes]
    said: Path

    def acknowledged(self) -> list[str]:
        """Read the subjects of the acts that returned; a torn last line was not said."""
        lines = self.said.read_text().split("\n")[:-1]
        return [line for line in lines if "-" in line]

    def longest(self) -> float:
        """Read how long the slowest act took."""
        return float(self.said.read_text().rsplit("LONGEST ", 1)[1])


@dataclass(frozen=True)
class Place:
    """An installation and where its database is."""

    home: Path
    url: str

    def run(self, *arguments: str) -> str:
        """Run a command on it."""
        return run_command(self.home, *arguments, database_url=self.url).stdout

    def act(self, name: str, seconds: float) -> Writer:
        """Start a process that acts on it and says in a file what was acknowledged."""
        said = self.home / f"{name}.said"
        with said.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.acting", name, str(seconds), str(10**9)],
                env=command_environment(self.home, self.url),
                stdout=output,
            )
        return Writer(process, said)

    def subjects(self) -> list[str]:
        """Read the subjects of all acts with a fresh eye."""
        script = (
            "import django; django.setup(); from opencen.log.models import Entry\n"
            "print('\\n'.join(Entry.objects.filter(act='race.probed').values_list('subject_id', flat=True)))"
        )
        environment = command_environment(self.home, self.url) | {"DJANGO_SETTINGS_MODULE": "opencen.config.settings"}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.split()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, new_home: Path) -> Place:
    url = ""
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.create(f"race_{new_home.name.replace('-', '_')}")
        Place(new_home, url).run("init")
    else:
        request.getfixturevalue("initialised_home")
    return Place(new_home, url)


def test_no_writer_starves_and_no_write_is_lost(place: Place) -> None:
    writers = [place.act(f"w{number}", 4.0) for number in range(6)]
    for writer in writers:
        assert writer.process.wait(60) == 0
    acknowledged = [writer.acknowledged() for writer in writers]
    counts = [len(found) for found in acknowledged]
    assert min(counts) > 0.4 * sum(counts) / len(counts), counts
    assert max(writer.longest() for writer in writers) < 2.0
    assert sorted(place.subjects()) == sorted(subject for found in acknowledged for subject in found)


def test_every_acknowledged_act_is_there_after_a_kill(place: Place) -> None:
    sealer = subprocess.Popen(
        [sys.executable, "-m", "opencen.commands.main", "worker"], env=command_environment(place.home, place.url)
    )
    writers = [place.act(f"k{number}", 60.0) for number in range(3)]
    while not all(writer.acknowledged() for writer in writers):
        time.sleep(0.1)
    time.sleep(2.0)
    for process in [*(writer.process for writer in writers), sealer]:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    acknowledged = {subject for writer in writers for subject in writer.acknowledged()}
    assert len(acknowledged) > 20
    kept = place.subjects()
    assert len(set(kept)) == len(kept)
    assert acknowledged <= set(kept)
    assert len(set(kept) - acknowledged) <= len(writers)  # stored, and killed before it could be said
    place.run("worker", "--once")
    said = place.run("log", "verify")
    assert f"{len(kept)} entries stand in the chain" in said
    assert "the log is sound" in said
