"""Backup and restore: taken while acts go on, verified against the log's anchored heads."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from opencen.commands.restore import name_database
from tests.support import homes
from tests.support.postgres import Cluster
from tests.support.server import command_environment, run_command

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]
PHOTO = b"not really a photo, but kept bytes"


def act(home: Path, name: str, count: int, url: str = "") -> None:
    """Record acts and seal them."""
    command = [sys.executable, "-m", "tests.support.acting", name, "60", str(count)]
    subprocess.run(command, env=command_environment(home, url), check=True, stdout=subprocess.DEVNULL)
    run_command(home, "worker", "--once", database_url=url)


def make_installation(home: Path) -> Path:
    """Make an installation with twenty sealed acts and one photo."""
    run_command(home, "init", "--id", "tn-customs")
    (home / "media" / "ab").mkdir()
    (home / "media" / "ab" / "photo").write_bytes(PHOTO)
    act(home, "first", 20)
    return home


@pytest.fixture
def installation(new_home: Path) -> Path:
    """Give an installation that a test may change."""
    homes.copy_template("backup", new_home, make_installation)
    return new_home


@dataclass(frozen=True)
class Kept:
    """An installation that no test changes, and its backup without keys."""

    home: Path
    archive: Path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Make one installation with its backup for all tests that only look."""
    folder = tmp_path_factory.mktemp("kept")
    home = folder / "home"
    homes.copy_template("backup", home, make_installation)
    run_command(home, "backup", str(folder / "b.tar"))
    return Kept(home, folder / "b.tar")


@pytest.fixture
def archive(kept: Kept, tmp_path: Path) -> Path:
    """Give a copy of the backup that a test may spoil."""
    return Path(shutil.copy(kept.archive, tmp_path / "b.tar"))


def restore(archive: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command(home, "restore", str(archive), *arguments, check=False)


def test_what_is_restored_is_what_was_backed_up(installation: Path, tmp_path: Path) -> None:
    said = run_command(installation, "backup", str(tmp_path / "b.tar"), "--with-keys").stdout
    assert "log anchored up to entry 20" in said
    done = restore(tmp_path / "b.tar", tmp_path / "new")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20 entries stand in the chain" in done.stdout
    assert "the log is sound" in done.stdout
    assert (tmp_path / "new" / "media" / "ab" / "photo").read_bytes() == PHOTO
    assert "BAD" not in run_command(tmp_path / "new", "check", "--quiet", check=False).stdout.replace(
        "BAD  the front", ""
    )


def test_a_backup_taken_under_load_is_whole(installation: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.support.acting", "load", "60", "400000"]
    writer = subprocess.Popen(command, env=command_environment(installation), stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    for _ in range(50):
        writer.stdout.readline()
    run_command(installation, "backup", str(tmp_path / "b.tar"), "--with-keys")
    still_writing = writer.poll() is None
    writer.terminate()
    writer.communicate(timeout=60)
    assert still_writing
    assert "the log is sound" in restore(tmp_path / "b.tar", tmp_path / "new").stdout


def test_without_keys_it_says_so_and_takes_kept_ones(kept: Kept, archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as tar:
        assert not [name for name in tar.getnames() if name.startswith("secrets")]
    assert "the keys are missing" in restore(archive, tmp_path / "without").stdout
    done = restore(archive, tmp_path / "with", "--keys", str(kept.home / "secrets"))
    assert "the keys are missing" not in done.stdout
    assert (tmp_path / "with/secrets/django.key").read_text() == (kept.home / "secrets/django.key").read_text()


def test_an_older_backup_is_told_by_the_entries_it_lacks(installation: Path, tmp_path: Path) -> None:
    run_command(installation, "backup", str(tmp_path / "old.tar"), "--with-keys")
    act(installation, "later", 5)
    done = restore(tmp_path / "old.tar", tmp_path / "new", "--anchors", str(installation / "anchors" / "heads.jsonl"))
    assert done.returncode == 1
    assert "older state: entries 21 to 25 were anchored" in done.stdout


def rewrite(archive: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Write a backup anew with changed members."""
    with tarfile.open(archive) as tar:
        members = [(info.name, tar.extractfile(info)) for info in tar]
        kept = [(name, change(name, content.read())) for name, content in members if content]
    with tarfile.open(archive, "w") as tar:
        for name, data in kept:
            if data is not None:
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))


def flip_photo(name: str, data: bytes) -> bytes:
    return data.replace(b"kept", b"kepT") if name.startswith("media") else data


def drop_photo(name: str, data: bytes) -> bytes | None:
    return None if name.startswith("media") else data


def drop_manifest(name: str, data: bytes) -> bytes | None:
    return None if name == "manifest.json" else data


def spoil_manifest(name: str, data: bytes) -> bytes:
    return json.dumps({"format": "other"}).encode() if name == "manifest.json" else data


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (flip_photo, "backup.file_differs at media/ab/photo"),
        (drop_photo, "backup.file_differs at media/ab/photo"),
        (drop_manifest, "backup.truncated"),
        (spoil_manifest, "backup.unknown_format"),
    ],
)
def test_an_altered_backup_is_refused_and_leaves_nothing(
    archive: Path, tmp_path: Path, change: Callable[[str, bytes], bytes | None], code: str
) -> None:
    rewrite(archive, change)
    done = restore(archive, tmp_path / "new")
    assert done.returncode == 1
    assert code in done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("content", [b"", b"not a tar at all" * 100])
def test_a_file_that_is_no_backup_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_bytes(content)
    done = restore(tmp_path / "b.tar", tmp_path / "new")
    assert done.returncode == 1
    assert "backup." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_member_that_climbs_out_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        info = tarfile.TarInfo("../escaped")
        info.size = 4
        tar.addfile(info, io.BytesIO(b"evil"))
    done = restore(tmp_path / "b.tar", tmp_path / "new")
    assert "backup.unexpected_member at ../escaped" in done.stderr
    assert not (tmp_path / "escaped").exists()


def test_a_cut_off_backup_is_refused(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    archive.write_bytes(whole[: len(whole) // 2])
    done = restore(archive, tmp_path / "new")
    assert done.returncode == 1
    assert "backup." in done.stderr


@pytest.fixture
def postgres_home(new_home: Path, cluster: Cluster) -> tuple[Path, str]:
    url = cluster.create(f"backup_{new_home.name.replace('-', '_')}")
    run_command(new_home, "init", "--database", url)
    return new_home, url


def test_a_postgresql_installation_is_restored_into_another_database(
    postgres_home: tuple[Path, str], cluster: Cluster, tmp_path: Path
) -> None:
    if not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not installed")
    home, url = postgres_home
    act(home, "first", 7)
    run_command(home, "backup", str(tmp_path / "b.tar"), "--with-keys")
    assert "name an empty one with --database URL" in restore(tmp_path / "b.tar", tmp_path / "new").stderr
    other = cluster.create(f"restored_{home.name.replace('-', '_')}")
    done = restore(tmp_path / "b.tar", tmp_path / "new", "--database", other)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "7 entries stand in the chain" in done.stdout
    assert other in (tmp_path / "new" / "opencen.toml").read_text()
    assert url not in (tmp_path / "new" / "opencen.toml").read_text()


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ('[web]\nurl = "a"\n[database]\nurl = "old"\n', '[web]\nurl = "a"\n[database]\nurl = "new"\n'),
        ('[database]\n# url = "x"\n[databases]\n', '[database]\nurl = "new"\n[databases]\n'),
        ("[web]\nport = 1\n", '[web]\nport = 1\n\n[database]\nurl = "new"\n'),
    ],
)
def test_the_restored_settings_name_the_new_database(config: str, expected: str) -> None:
    assert name_database(config, "new") == expected
