"""Published lists: the whole OFAC list with aliases and addresses, and a refresh in which nothing changed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import orjson

from opencen.formats.watchlists import ofac
from opencen.formats.watchlists.services import ask_load
from opencen.formats.watchlists.working import work_off
from opencen.kernel.actor import system_actor
from opencen.records.permissions import LOAD_LISTS
from tests import make
from tests.bench.framework import Context, Row

PROJECT = Path(__file__).resolve().parents[2]


def read_files(is_quick: bool) -> dict[str, bytes]:
    """Read the real list; where it is absent, nothing is measured."""
    shared = Path(os.environ.get("OPENCEN_SHARED", PROJECT.parent / "shared"))
    folder = shared / "data" / "watchlists"
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("ofac_*.csv"))}
    return _part(files) if is_quick and files else files


def _part(files: dict[str, bytes]) -> dict[str, bytes]:
    """Keep the first thousand entries with what belongs to them."""
    kept = {}
    by_kind = {ofac.kind_of_file(content): name for name, content in files.items()}
    first = files[by_kind["sdn"]].splitlines(keepends=True)[:1000]
    keys = {line.split(b",", 1)[0] for line in first}
    for kind, name in by_kind.items():
        lines = first if kind == "sdn" else files[name].splitlines(keepends=True)
        kept[name] = b"".join(line for line in lines if line.split(b",", 1)[0] in keys) + b"\x1a"
    return kept


def run(context: Context) -> list[Row]:
    """Load the list twice; the floor is reading the files alone."""
    files = read_files(context.is_quick)
    if not files:
        print("watchlists: the OFAC list is not here (OPENCEN_SHARED)")
        return []
    make.country()
    parts = {ofac.kind_of_file(content): content for content in files.values()}
    floor = context.median(lambda: ofac.parse(parts), 3)
    rows = []
    for name, goal in (("import of the whole list", "< 60 s"), ("refresh, nothing changed", "< 5 s")):
        began = time.perf_counter()
        load = work_off(ask_load(system_actor(LOAD_LISTS), format="ofac", files=files))
        seconds = time.perf_counter() - began
        counts = orjson.loads(load.counts)
        file = counts["file"]
        note = f"{file['sdn']} entries, {file['alt']} aliases, {file['add']} addresses; floor: reading the files"
        assert not counts["refused"], counts
        rows.append(Row(f"OFAC: {name}", goal, seconds, "s", context.database, floor, note))
    return rows
