"""Write a consistent backup into one file while everything runs.

It holds the database as of one moment, the media, the anchored heads of the log and the settings file; the keys only
with --with-keys. Derived stores are left out: they are built anew. Keep the keys somewhere else than the backups.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from opencen.commands.protocol import CommandFailed
from opencen.config.backups import DUMP_NAME, SQLITE_NAME, BackupWriter, Manifest, copy_sqlite, dump_postgres
from opencen.config.home import CONFIG_NAME
from opencen.kernel.clock import now
from opencen.log.sealer import read_anchors

SPARE_BYTES = 64 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where to, and whether with the keys."""
    parser.add_argument("file", type=Path, help="the backup's file name; it must not exist yet")
    parser.add_argument("--with-keys", action="store_true", help="put the installation's secrets in too")


def run(arguments: argparse.Namespace) -> int:
    """Write the backup and say what is in it."""
    target: Path = arguments.file.absolute()
    if target.exists():
        raise CommandFailed(f"{target} exists already")
    if not target.parent.is_dir():
        raise CommandFailed(f"there is no folder {target.parent}")
    check_space(target.parent)
    manifest = write_backup(target, with_keys=arguments.with_keys)
    head = f"log anchored up to entry {manifest.head['sequence']}" if manifest.head else "log without an anchored head"
    size = target.stat().st_size / 2**20
    print(f"wrote {target}: {len(manifest.files)} files, {size:,.1f} MB, {head}")
    if not manifest.has_keys:
        print("the keys are not in it; keep a copy of", Path(settings.HOME.path) / "secrets", "in another place")
    return 0


def check_space(folder: Path) -> None:
    """Refuse to start where the disk cannot hold the database twice and the media once."""
    home = Path(settings.HOME.path)
    database = home / SQLITE_NAME
    needed = 2 * database.stat().st_size if database.exists() else 0
    needed += sum(path.stat().st_size for path in list_media(home))
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE_BYTES:
        raise CommandFailed(f"{folder} has {free / 2**20:,.0f} MB free; about {needed / 2**20:,.0f} MB are needed")


def list_media(home: Path) -> Iterator[Path]:
    """Yield the kept media files; they never change once written."""
    return (path for path in sorted((home / "media").rglob("*")) if path.is_file() and not path.name.startswith("."))


def write_backup(target: Path, *, with_keys: bool) -> Manifest:
    """Write heads first, then the database, then media: so each holds at least what the one before names."""
    home = Path(settings.HOME.path)
    anchors = read_anchors()
    writer = BackupWriter(target)
    try:
        heads = home / "anchors" / "heads.jsonl"
        if heads.exists():
            writer.add(heads, "anchors/heads.jsonl")
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".opencen-") as folder:
            writer.add(*snapshot_database(Path(folder)))
        for path in list_media(home):
            writer.add(path, path.relative_to(home).as_posix())
        writer.add(home / CONFIG_NAME, CONFIG_NAME)
        for path in sorted((home / "secrets").rglob("*")) if with_keys else ():
            if path.is_file():
                writer.add(path, path.relative_to(home).as_posix())
        manifest = Manifest(
            node=settings.NODE_ID,
            created_at=now().isoformat(),
            version=version("opencen"),
            database=connection.vendor,
            has_keys=with_keys,
            head=asdict(anchors[-1]) if anchors else None,
            files=writer.files,
        )
        writer.finish(manifest)
    except BaseException:
        writer.discard()
        raise
    return manifest


def snapshot_database(folder: Path) -> tuple[Path, str]:
    """Copy the database as of one moment and give the copy with its name in the backup."""
    if connection.vendor == "sqlite":
        copy_sqlite(Path(str(connection.settings_dict["NAME"])), folder / SQLITE_NAME)
        return folder / SQLITE_NAME, SQLITE_NAME
    dump_postgres(str(settings.HOME.value("database", "url", "")), folder / DUMP_NAME)
    return folder / DUMP_NAME, DUMP_NAME
