"""The manifest of the facts: which Parquet parts make them up, and how far in the log they know everything."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import orjson

from opencen.analysis.facts.columns import fingerprint
from opencen.kernel.clock import now

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Part:
    """One immutable set of files. A later part takes the place of its records in earlier ones."""

    number: int
    lines: str
    controls: str
    changed: str = ""
    rows: int = 0
    records: int = 0

    @property
    def files(self) -> tuple[str, ...]:
        """Return the part's files."""
        return tuple(name for name in (self.lines, self.controls, self.changed) if name)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a reader needs to know of the store at one moment; replaced whole, never changed."""

    cursor: int = 0
    written_at: str = ""
    columns: str = ""
    next_number: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def deltas(self) -> tuple[Part, ...]:
        """Return the parts behind the first."""
        return self.parts[1:]

    def with_parts(self, parts: tuple[Part, ...], cursor: int) -> Manifest:
        """Return the manifest that holds these parts up to a place in the log."""
        number = max([self.next_number, *(part.number + 1 for part in parts)])
        return replace(
            self, parts=parts, cursor=cursor, written_at=now().isoformat(), columns=fingerprint(), next_number=number
        )


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest; an empty one where there is none, it is torn, or it was written for other columns."""
    try:
        found = orjson.loads((folder / NAME).read_bytes())
        parts = tuple(Part(**part) for part in found.pop("parts"))
        manifest = Manifest(**found, parts=parts)
    except (FileNotFoundError, orjson.JSONDecodeError, TypeError, KeyError, AttributeError):
        return Manifest()
    return manifest if manifest.columns == fingerprint() else Manifest(next_number=manifest.next_number)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Swap the manifest: readers see the old one or the new one, also after a power cut."""
    fresh = folder / f"{NAME}.new"
    with fresh.open("wb") as file:
        file.write(orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / NAME)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_unlisted(folder: Path, manifest: Manifest) -> None:
    """Remove the files that the manifest no longer names; a reader of an older one opens the store anew."""
    kept = {name for part in manifest.parts for name in part.files}
    for path in folder.glob("*.parquet"):
        if path.name not in kept:
            path.unlink(missing_ok=True)


@contextmanager
def rebuilding(folder: Path, leftovers: Iterable[str]) -> Iterator[None]:
    """Build the store anew, as the only one or beside others; the only one removes what others broke off left lying.

    `leftovers` are the endings of files that only a rebuild writes.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / "rebuild.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for path in [path for ending in leftovers for path in folder.glob(f"*{ending}")]:
                path.unlink(missing_ok=True)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)
