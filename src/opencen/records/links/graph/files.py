"""The files of the graph: one set of neighbour lists, one sheet of what changed since, and the manifest in force.

Both are written whole beside the old ones; replacing the manifest swaps them and moves the cursor, all or nothing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import orjson
from django.conf import settings

from opencen.records.links.graph.adjacency import COLUMNS, Adjacency, make_adjacency
from opencen.records.links.graph.sheets import EDGE_COLUMNS, EMPTY_SHEET, NODE_COLUMNS, Sheet, Tables
from opencen.records.only_writer import only_writer

VERSION = 2
"""Raised whenever what goes into the graph changes: an older one is built anew."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which files are in force, up to which place of the log they know everything, and their tables.

    `gone` are the keys of records that stand in the neighbour lists and are no more.
    """

    base: str = ""
    delta: str = ""
    cursor: int = 0
    entry: str = ""
    kinds: tuple[str, ...] = ()
    locks: tuple[tuple[str, str, int, str], ...] = ()
    roles: tuple[str, ...] = ()
    gone: tuple[int, ...] = ()
    version: int = VERSION

    def tables(self) -> Tables:
        """Return the tables, to be added to."""
        return Tables(list(self.kinds), list(self.locks), list(self.roles)) if self.base else Tables()


EMPTY = Manifest()


def folder() -> Path:
    """Return the folder of the store."""
    return Path(settings.HOME.path) / "derived" / "graph"


def read_manifest() -> Manifest:
    """Return the manifest; an absent one, or one of another version of the product, is empty."""
    try:
        data = orjson.loads((folder() / "manifest.json").read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return EMPTY
    if data.get("version") != VERSION:
        return EMPTY
    return Manifest(
        base=data["base"],
        delta=data["delta"],
        cursor=data["cursor"],
        entry=data["entry"],
        kinds=tuple(data["kinds"]),
        locks=tuple((row[0], row[1], row[2], row[3]) for row in data["locks"]),
        roles=tuple(data["roles"]),
        gone=tuple(data["gone"]),
    )


def write_manifest(manifest: Manifest) -> None:
    """Put a manifest in force, then remove the files that are in force no more."""
    root = folder()
    temporary = root / f"manifest.{uuid4().hex}.tmp"
    with temporary.open("wb") as file:
        file.write(orjson.dumps(asdict(manifest)))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(root / "manifest.json")
    for path in root.iterdir():
        if path.is_dir() and path.name not in (manifest.base, manifest.delta):
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix == ".tmp":
            path.unlink(missing_ok=True)


def writing() -> AbstractContextManager[None]:
    """Wait until no other process writes the store."""
    return only_writer(folder())


def write_columns(content: Any, names: Iterable[str]) -> str:
    """Write columns into a folder of their own and return its name."""
    name = f"g{uuid4().hex[:12]}"
    place = folder() / name
    place.mkdir(mode=0o700)
    for column in names:
        np.save(place / f"{column}.npy", getattr(content, column), allow_pickle=False)
    return name


def write_base(found: Adjacency) -> str:
    """Write neighbour lists."""
    return write_columns(found, COLUMNS)


def write_delta(sheet: Sheet) -> str:
    """Write what changed since the neighbour lists were made."""
    return write_columns(sheet, (*NODE_COLUMNS, *EDGE_COLUMNS))


@lru_cache(maxsize=2)
def _open_base(place: str) -> Adjacency:
    maps = {name: np.load(f"{place}/{name}.npy", mmap_mode="r", allow_pickle=False) for name in COLUMNS}
    return Adjacency(**{name: np.asarray(column) for name, column in maps.items()})


@lru_cache(maxsize=2)
def _open_delta(place: str) -> Sheet:
    names = (*NODE_COLUMNS, *EDGE_COLUMNS)
    return Sheet(**{name: np.load(f"{place}/{name}.npy", allow_pickle=False) for name in names})


NOTHING = make_adjacency(EMPTY_SHEET)


def open_base(manifest: Manifest) -> Adjacency:
    """Map the neighbour lists of a manifest."""
    return _open_base(str(folder() / manifest.base)) if manifest.base else NOTHING


def open_delta(manifest: Manifest) -> Sheet:
    """Read what changed since."""
    return _open_delta(str(folder() / manifest.delta)) if manifest.delta else EMPTY_SHEET
