"""Making an installation and looking at it, as an administrator does."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.support.server import run_command

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


def test_init_makes_a_home_that_only_its_owner_reads(new_home: Path) -> None:
    run_command(new_home, "init", "--id", "tn-customs", "--country", "tn", "--name", 'Douane "Tunis"')
    files = [path for path in new_home.rglob("*") if path.is_file()]
    assert {"opencen.toml", "opencen.sqlite3", "django.key", "node.key"} <= {path.name for path in files}
    assert [path for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
    assert stat.S_IMODE((new_home / "secrets").stat().st_mode) == 0o700


def test_init_again_keeps_keys_and_settings(new_home: Path) -> None:
    run_command(new_home, "init", "--id", "tn-customs")
    kept = {path: path.read_bytes() for path in [new_home / "opencen.toml", *(new_home / "secrets").iterdir()]}
    said = run_command(new_home, "init", "--id", "other").stdout
    assert "kept the installation" in said
    assert {path: path.read_bytes() for path in kept} == kept


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["init", "--id", "Has Space"], "use 2 to 31 small letters"),
        (["init", "--id", "a"], "use 2 to 31 small letters"),
        (["init", "--country", "ZZ"], "not a two-letter ISO 3166 code"),
        (["migrate"], "there is no installation"),
        (["serve"], "there is no installation"),
        (["backup", "x.tar"], "there is no installation"),
        (["restore", "missing.tar"], "there is no file missing.tar"),
    ],
)
def test_a_command_that_cannot_run_says_why(new_home: Path, arguments: list[str], sentence: str) -> None:
    done = run_command(new_home, *arguments, check=False)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert list(new_home.iterdir()) == []


def test_check_says_in_plain_words_what_is_wrong(new_home: Path) -> None:
    run_command(new_home, "init")
    (new_home / "secrets" / "django.key").chmod(0o644)
    (new_home / "secrets" / "node.key").unlink()
    done = run_command(new_home, "check", check=False)
    assert done.returncode == 1
    assert f"BAD  others may read {new_home}/secrets/django.key: chmod go=" in done.stdout
    assert "BAD  keys are missing: node.key" in done.stdout
    assert "ok   the sqlite database is up to date" in done.stdout


def test_check_names_a_database_that_is_behind(new_home: Path) -> None:
    run_command(new_home, "init")
    (new_home / "opencen.sqlite3").unlink()
    assert "run: opencen migrate" in run_command(new_home, "check", check=False).stdout
    assert "applied log.0001_initial" in run_command(new_home, "migrate").stdout
    assert "the database is up to date" in run_command(new_home, "migrate").stdout


def test_the_worker_runs_every_job_once(new_home: Path) -> None:
    run_command(new_home, "init")
    assert run_command(new_home, "worker", "--once").returncode == 0
