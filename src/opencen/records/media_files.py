"""The files behind media: originals by SHA-256 in the vault, copies without metadata beside the derived stores."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

from django.conf import settings

from opencen.kernel.errors import NotFound, Unavailable
from opencen.kernel.ids import uuid7

SHA256 = re.compile(r"[0-9a-f]{64}")
# Longest edge of each copy, in pixels.
SIZES = {"thumb": 320, "display": 1600}
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def original_path(sha256: str) -> Path:
    """Return where an original is kept; a text that is no digest names no file."""
    return settings.HOME.path / "media" / _place(sha256)


def copy_path(sha256: str, size: str) -> Path:
    """Return where a copy of a size is kept."""
    if size not in SIZES:
        raise NotFound("media.not_found")
    return settings.HOME.path / "derived" / "media" / f"{_place(sha256)}.{size}.jpg"


def _place(sha256: str) -> str:
    if not SHA256.fullmatch(sha256):
        raise NotFound("media.not_found")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, readable by this installation only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.parent / f".{uuid7().hex}.part"
    try:
        _write(draft, data)
        os.replace(draft, path)
        _sync_folder(path.parent)
    except OSError as error:
        draft.unlink(missing_ok=True)
        if error.errno in _NO_SPACE:
            raise Unavailable("media.no_space") from None
        raise


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_original(sha256: str) -> bytes:
    """Return an original's bytes."""
    try:
        return original_path(sha256).read_bytes()
    except FileNotFoundError:
        raise NotFound("media.not_found") from None


def remove_files(sha256: str) -> None:
    """Remove an original and every copy of it."""
    original_path(sha256).unlink(missing_ok=True)
    remove_copies(sha256)


def remove_copies(sha256: str) -> None:
    """Remove every copy; they are made anew when somebody looks."""
    for size in SIZES:
        copy_path(sha256, size).unlink(missing_ok=True)
