"""A big list and its index as a file of the installation: made once, then read by every process in a moment.

The file holds plain values only. It stands beside the other derived stores and may be deleted at any time; it is made
anew when a word of ours, a package or a line of this room has changed, or when it is damaged.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOM = Path(__file__).parent
PACKAGES = ("locode", "airportsdata", "babel", "pycountry", "anyascii")
DIGEST = 16
Columns = tuple[Any, ...]
State = dict[str, Any]

_folder: Path | None = None
_columns: dict[str, Columns] = {}
_states: dict[str, State] = {}


def set_folder(folder: Path | None) -> None:
    """Keep files in a folder from now on; without one, nothing is kept."""
    global _folder
    _folder = folder
    _columns.clear()
    _states.clear()


def recall(name: str, gather: Callable[[], Columns]) -> Columns:
    """Return the columns of a list from its file, else gather them; the state of its index then stands ready."""
    found = _read(name)
    if found is None:
        columns = gather()
        if _folder is not None:
            _columns[name] = columns
        return columns
    _states[name] = found[1]
    return found[0]


def take_state(name: str) -> State | None:
    """Return the state of an index once, where its file has been read."""
    return _states.pop(name, None)


def waits_for_index(name: str) -> bool:
    """Tell whether the columns of a list were gathered and wait to be written with the state of its index."""
    return name in _columns


def remember(name: str, state: State) -> None:
    """Write the columns that were gathered, and the state of their index, into the file of a list."""
    columns = _columns.pop(name, None)
    if _folder is None or columns is None:
        return
    content = marshal.dumps((columns, state))
    path = _path(_folder, name)
    written = path.with_suffix(f".{os.getpid()}")
    try:
        _folder.mkdir(parents=True, exist_ok=True)
        for old in _folder.glob(f"{name}-*.list"):
            old.unlink(missing_ok=True)
        written.write_bytes(_digest(content) + content)
        written.replace(path)
    except OSError:  # a full or read-only disk: the list is made anew next time
        with suppress(OSError):
            written.unlink(missing_ok=True)


def _read(name: str) -> tuple[Columns, State] | None:
    """Read a file that is whole; nothing where there is none."""
    if _folder is None:
        return None
    try:
        content = _path(_folder, name).read_bytes()
    except OSError:
        return None
    if content[:DIGEST] != _digest(content[DIGEST:]):
        return None
    found: tuple[Columns, State] = marshal.loads(content[DIGEST:])  # noqa: S302 - our own file, its digest is checked
    return found


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}-{_signature()}.list"


@cache
def _signature() -> str:
    """Return what a file depends on, as a short word: the language, the packages, the tables and lines of this room."""
    parts = [sys.version, *(version(package) for package in PACKAGES)]
    digest = hashlib.blake2b("|".join(parts).encode(), digest_size=8)
    for path in sorted((*ROOM.glob("*.py"), *ROOM.glob("packages/*.py"), *ROOM.glob("reference/*.csv"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=DIGEST).digest()
