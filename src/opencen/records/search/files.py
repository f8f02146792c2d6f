"""The files of the text search: parts, each an index of its own, and one manifest that says which are in force.

A record stands in one part by its id. A part that must lose something physically (an erasure) is built
anew beside the old one; replacing the manifest swaps both and moves the cursor, all or nothing.
"""

from __future__ import annotations

import os
import shutil
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import orjson
from django.conf import settings

from opencen.records.only_writer import only_writer

VERSION = 5
"""Raised whenever the shape of the index or what goes into it changes: an older store is built anew."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which parts are in force, and up to which place of the log they know everything.

    `entry` is the log's entry at that place: where another stands there, the store is of another log.
    """

    parts: tuple[str, ...]
    cursor: int
    entry: str = ""
    version: int = VERSION

    def part_of(self, record_id: UUID) -> str:
        """Return the part that a record stands in."""
        return self.parts[record_id.int % len(self.parts)]


EMPTY = Manifest((), 0)


def folder() -> Path:
    """Return the folder of the store."""
    return Path(settings.HOME.path) / "derived" / "search"


def read_manifest() -> Manifest:
    """Return the manifest; an absent one, or one of another version of the product, is empty."""
    try:
        data = orjson.loads((folder() / "manifest.json").read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return EMPTY
    if data.get("version") != VERSION:
        return EMPTY
    return Manifest(tuple(data["parts"]), int(data["cursor"]), str(data.get("entry", "")))


def write_manifest(manifest: Manifest) -> None:
    """Put a manifest in force, then remove the parts that are in force no more."""
    root = folder()
    temporary = root / f"manifest.{uuid4().hex}.tmp"
    with temporary.open("wb") as file:
        file.write(orjson.dumps(manifest))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(root / "manifest.json")
    _sync_folder(root)
    for path in root.iterdir():
        if path.is_dir() and path.name not in manifest.parts:
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix == ".tmp":
            path.unlink(missing_ok=True)


def new_part() -> str:
    """Make the folder of a new part and return its name."""
    name = f"p{uuid4().hex[:12]}"
    (folder() / name).mkdir(mode=0o700)
    return name


def written_at(name: str) -> str:
    """Return what tells a part's last writing from those before; nothing where the part is not there."""
    try:
        found = (folder() / name / "meta.json").stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_mtime_ns}-{found.st_ino}-{found.st_size}"


def writing() -> AbstractContextManager[None]:
    """Wait until no other process writes the store."""
    return only_writer(folder())


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
