"""Restore a backup into a new installation and verify it against the log's anchored heads.

The folder that --home names must not exist or be empty. Give --anchors with the newest heads.jsonl that you have (from
the lost server, or from another place it was copied to): an older backup is then told by the entries it lacks.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from opencen.commands.protocol import CommandFailed
from opencen.config.backups import DUMP_NAME, Manifest, load_postgres, unpack
from opencen.config.home import CONFIG_NAME, FOLDERS, open_home
from opencen.kernel.errors import OpenCenError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where from, and what else there is to compare with."""
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument("--keys", type=Path, metavar="DIR", help="kept copy of the secrets folder")
    parser.add_argument("--anchors", type=Path, metavar="FILE", help="newest heads.jsonl kept outside the backup")
    parser.add_argument("--database", metavar="URL", help="empty PostgreSQL database for a backup of one")


def run(arguments: argparse.Namespace) -> int:
    """Restore, verify, and say what is missing."""
    home = open_home().path
    if home.exists() and any(home.iterdir()):
        raise CommandFailed(f"{home} is not empty; restore into a new folder")
    if not arguments.file.is_file():
        raise CommandFailed(f"there is no file {arguments.file}")
    made_here = not home.exists()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        manifest = unpack(arguments.file, home)
        load_database(manifest, home, arguments.database)
    except (OpenCenError, CommandFailed, OSError):
        empty_folder(home, remove=made_here)
        raise
    for name in FOLDERS:
        (home / name).mkdir(mode=0o700, exist_ok=True)
    take_keys(arguments.keys, home)
    print(f"restored node {manifest.node} as of {manifest.created_at} into {home}: {len(manifest.files)} files agree")
    if not (home / "secrets" / "django.key").exists():
        print("the keys are missing: put the kept secrets folder in place, or run 'opencen init' for new ones")
        print("(with new keys everyone signs in again, and partners must learn the node's new key)")
    return verify(manifest, home, arguments.anchors)


def empty_folder(home: Path, *, remove: bool) -> None:
    """Leave the folder as it was found."""
    for path in home.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if remove:
        home.rmdir()


def load_database(manifest: Manifest, home: Path, url: str | None) -> None:
    """Load a dump into the database that was named; a SQLite file is in place already."""
    if manifest.database == "sqlite":
        if url:
            raise CommandFailed("this backup holds a SQLite database; leave --database out")
        return
    if not url:
        raise CommandFailed("this backup holds a PostgreSQL database; name an empty one with --database URL")
    os.environ["OPENCEN_DATABASE_URL"] = url
    load_postgres(url, home / DUMP_NAME)
    (home / DUMP_NAME).unlink()
    config = home / CONFIG_NAME
    config.write_text(name_database(config.read_text("utf-8"), url), "utf-8")


def name_database(config: str, url: str) -> str:
    """Write the new database's address into the settings, so that the old one is never touched."""
    line = f"url = {json.dumps(url)}"
    named, count = re.subn(
        r"(?m)^(\[database\]\n(?:(?!\[).*\n)*?)(?:# *)?url *=.*$", lambda found: found[1] + line, config
    )
    return named if count else f"{config.rstrip()}\n\n[database]\n{line}\n"


def take_keys(source: Path | None, home: Path) -> None:
    """Copy kept keys in, readable by the owner only."""
    if source is None:
        return
    if not source.is_dir():
        raise CommandFailed(f"there is no folder {source}")
    shutil.copytree(source, home / "secrets", dirs_exist_ok=True)
    for path in (home / "secrets").rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def verify(manifest: Manifest, home: Path, anchors: Path | None) -> int:
    """Verify the restored log; a newer anchor file stays in place, so that the gap is never forgotten."""
    if anchors is not None:
        shutil.copyfile(anchors, home / "anchors" / "heads.jsonl")
    verification = subprocess.run([sys.executable, "-m", "opencen.commands.main", "log", "verify"], check=False)
    if manifest.head:
        print(f"the backup was taken at anchored entry {manifest.head['sequence']} of {manifest.head['at']}")
    return verification.returncode
