"""The embedded engine: DuckDB over Parquet parts, within a memory limit, never reaching out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from opencen.analysis.facts.columns import TABLES, arrow_schema
from opencen.analysis.facts.manifest import Manifest
from opencen.kernel.later import load_later

if TYPE_CHECKING:
    import duckdb
else:
    duckdb = load_later("duckdb")

MEMORY = "256MB"
THREADS = 2
_LIVE = 2**31 - 1


def connect(spill: Path, memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    """Open an engine in memory; what does not fit goes to a folder of the store."""
    return duckdb.connect(
        ":memory:",
        config={
            "threads": THREADS,
            "memory_limit": memory,
            "temp_directory": str(spill),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "false",
        },
    )


def open_tables(connection: duckdb.DuckDBPyConnection, folder: Path, manifest: Manifest) -> None:
    """Make the views `lines` and `controls`: every part without what later parts and the live rows replace.

    The tables `live_lines`, `live_controls` and `live_ids` stand ready to take in what changed behind the cursor.
    """
    for name in TABLES:
        connection.register(f"empty_{name}", arrow_schema(name).empty_table())
        connection.execute(f"CREATE TABLE live_{name} AS SELECT * FROM empty_{name}")  # noqa: S608 - constants
        connection.unregister(f"empty_{name}")
    connection.execute("CREATE TABLE replaced (record_id UUID, part INTEGER)")
    for part in manifest.deltas:
        path = _quoted(folder / part.changed)
        connection.execute(
            f"INSERT INTO replaced SELECT record_id, {part.number} FROM read_parquet({path})"  # noqa: S608 - own paths
        )
    for name in TABLES:
        connection.execute(f"CREATE VIEW {name} AS {select_rows(name, folder, manifest)}")


def add_live(connection: duckdb.DuckDBPyConnection, ids: Iterable[object]) -> None:
    """Let the live rows of these records replace what the parts hold of them."""
    rows = [(found, _LIVE) for found in ids]
    if rows:
        connection.executemany("INSERT INTO replaced VALUES (?, ?)", rows)


def select_rows(name: str, folder: Path, manifest: Manifest) -> str:
    """Write the query of a fact table's present rows."""
    columns = ", ".join(column.name for column in TABLES[name])
    sources = [f"SELECT {columns} FROM live_{name}"]  # noqa: S608 - constants
    for part in manifest.parts:
        if not part.lines:
            continue
        path = _quoted(folder / getattr(part, name))
        # An anti join against a small table: a correlated NOT EXISTS took four times as long.
        sources.append(
            f"SELECT {columns} FROM read_parquet({path}) ANTI JOIN "  # noqa: S608 - own paths
            f"(SELECT record_id FROM replaced WHERE part > {part.number}) AS newer USING (record_id)"
        )
    return " UNION ALL ".join(sources)


def write_rows(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    """Write a query's rows as a Parquet file and return how many."""
    found = connection.execute(
        f"COPY ({query}) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 61440)"
    ).fetchone()
    return int(found[0]) if found else 0


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
