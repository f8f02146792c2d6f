"""The embedded engine: DuckDB over Parquet parts, within a memory limit, never reaching out."""

from __future__ import annotations

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
    """Make the views `lines` and `controls`: every part without what later parts replace.

    Without a part the views are empty, with the same columns.
    """
    for name in TABLES:
        connection.register(f"empty_{name}", arrow_schema(name).empty_table())
        connection.execute(f"CREATE TABLE no_{name} AS SELECT * FROM empty_{name}")  # noqa: S608 - constants
        connection.unregister(f"empty_{name}")
    connection.execute("CREATE TABLE replaced (record_id UUID, part INTEGER)")
    for part in manifest.deltas:
        path = _quoted(folder / part.changed)
        connection.execute(
            f"INSERT INTO replaced SELECT record_id, {part.number} FROM read_parquet({path})"  # noqa: S608 - own paths
        )
    for name in TABLES:
        connection.execute(f"CREATE VIEW {name} AS {select_rows(name, folder, manifest)}")


def select_rows(name: str, folder: Path, manifest: Manifest) -> str:
    """Write the query of a fact table's present rows."""
    columns = ", ".join(column.name for column in TABLES[name])
    sources = [f"SELECT {columns} FROM no_{name}"]  # noqa: S608 - constants
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
