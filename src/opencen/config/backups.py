"""What a backup holds and how it is read back: one tar file with a manifest of digests."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from opencen.kernel.errors import Invalid, Unavailable

MANIFEST = "manifest.json"
FORMAT = "opencen-backup-1"
SQLITE_NAME, DUMP_NAME = "opencen.sqlite3", "database.dump"
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: where it comes from, each file's digest, and the log's anchored head."""

    node: str
    created_at: str
    version: str
    database: str
    has_keys: bool
    head: dict[str, Any] | None
    files: dict[str, str] = field(default_factory=dict)
    format: str = FORMAT

    @classmethod
    def read(cls, text: bytes) -> Manifest:
        """Read a manifest, or refuse what is none."""
        try:
            data = json.loads(text)
            if data.get("format") != FORMAT:
                raise Invalid("backup.unknown_format", path=MANIFEST, format=data.get("format"))
            return cls(**data)
        except (ValueError, TypeError, AttributeError) as error:
            raise Invalid("backup.manifest_unreadable", path=MANIFEST) from error


class BackupWriter:
    """Write files into a tar beside its final name, remember their digests, close with the manifest."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.draft = target.with_name(target.name + ".part")
        self.files: dict[str, str] = {}
        descriptor = os.open(self.draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._tar = tarfile.open(fileobj=self._file, mode="w")  # noqa: SIM115 - closed by finish or discard

    def add(self, path: Path, name: str) -> None:
        """Add a file; its digest is computed over exactly the bytes that were written."""
        size = path.stat().st_size
        with path.open("rb") as source:
            reader = DigestingReader(source, size)
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.mtime = size, 0o600, int(path.stat().st_mtime)
            self._tar.addfile(info, reader)
        self.files[name] = reader.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, force everything to disk and give the file its name."""
        text = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self._tar.addfile(info, io.BytesIO(text))
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self.draft.replace(self.target)

    def discard(self) -> None:
        """Remove what was written so far."""
        self._file.close()
        self.draft.unlink(missing_ok=True)


class DigestingReader(io.RawIOBase):
    """Read at most so many bytes of a file that may still grow, and digest them."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self._source = source
        self._left = size
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes."""
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._source.read(wanted)
        self._left -= len(data)
        self._digest.update(data)
        return data

    def hexdigest(self) -> str:
        """Give the digest of what was read."""
        return self._digest.hexdigest()


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite database that is in use, as it stands at one moment; no writer waits for it."""
    reading = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    writing = sqlite3.connect(target)
    try:
        reading.backup(writing)
    finally:
        writing.close()
        reading.close()


def dump_postgres(url: str, target: Path) -> None:
    """Dump a PostgreSQL database as it stands at one moment."""
    run_postgres_program("pg_dump", ["--format=custom", "--no-owner", f"--file={target}", url])


def load_postgres(url: str, dump: Path) -> None:
    """Load a dump into an empty PostgreSQL database, all or nothing."""
    run_postgres_program(
        "pg_restore", ["--no-owner", "--single-transaction", "--exit-on-error", f"--dbname={url}", str(dump)]
    )


def run_postgres_program(name: str, arguments: list[str]) -> None:
    """Run one of PostgreSQL's client programs, or say that it is missing or what it said."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    program = str(places[0]) if places else shutil.which(name)
    if program is None:
        raise Unavailable("backup.program_missing", program=name)
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable("backup.program_failed", program=name, said=done.stderr.strip()[-500:])


def unpack(archive: Path, home: Path) -> Manifest:
    """Unpack a backup into an empty folder and compare every digest with the manifest, which comes last."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(archive, "r:") as tar:
            for info, content in _members(tar):
                if info.name == MANIFEST:
                    manifest = Manifest.read(content.read())
                else:
                    found[info.name] = _write_member(home, info, content)
    except (tarfile.TarError, EOFError) as error:
        raise Invalid("backup.unreadable", path=archive.name) from error
    if manifest is None:
        raise Invalid("backup.truncated", path=archive.name)
    for name in sorted(manifest.files.keys() | found.keys()):
        if manifest.files.get(name) != found.get(name):
            raise Invalid("backup.file_differs", path=name)
    return manifest


def _members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Yield the plain files of a backup; anything else was not written by it."""
    for info in tar:
        content = tar.extractfile(info) if info.isreg() else None
        if content is None or info.name.startswith("/") or ".." in Path(info.name).parts:
            raise Invalid("backup.unexpected_member", path=info.name)
        yield info, content


def _write_member(home: Path, info: tarfile.TarInfo, content: IO[bytes]) -> str:
    target = home / info.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while block := content.read(BLOCK):
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()
