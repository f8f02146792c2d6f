"""The parts of one manifest, open in an engine, with the rows that all readers of figures share."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from opencen.analysis.facts.columns import CODED
from opencen.analysis.facts.engine import connect, open_tables
from opencen.analysis.facts.manifest import Manifest
from opencen.analysis.facts.store import FACTS
from opencen.kernel.later import load_later

if TYPE_CHECKING:
    import duckdb
else:
    duckdb = load_later("duckdb")

# Of an installation's memory, the share that figures may take for rows that they share, and the least they need.
MEMORY_SHARE = 8
LEAST_MEGABYTES = 640
# Megabytes that a process of figures takes beside these rows.
BESIDES = 384
# What a laid row takes, about; above the bound figures read the files each time.
ROW_BYTES = 110
HELD_SHARE = 0.7
# More different texts than this are no codes; some that questions write themselves.
MOST_CODES = 20_000
WORDS = ("unknown", "departure", "transit", "destination", "origin", "reporter")
_WIDTHS = {"BOOLEAN": 1, "TINYINT": 1, "SMALLINT": 2, "INTEGER": 4, "DATE": 4, "BIGINT": 8, "DOUBLE": 8}
_WIDTHS |= {"TIMESTAMP": 8, "UUID": 16}

Key = tuple[object, ...]
Links = frozenset[tuple[UUID, UUID]]


class Stored:
    """The parts of one manifest, open in an engine: moments differ only by what changed behind it."""

    def __init__(self, key: Key, manifest: Manifest) -> None:
        self.key = key
        self.rows = sum(part.rows for part in manifest.parts)
        self.memory = figures_memory()
        self.connection = connect(FACTS.folder / "spill", f"{self.memory >> 20}MiB")
        open_tables(self.connection, FACTS.folder, manifest)
        self.links = read_links(self.connection, "lines")
        self._is_coded: bool | None = None
        self._held: dict[str, tuple[str, int]] = {}
        self._next = 0
        self._lock = Lock()

    def holds(self, query: str) -> bool:
        """Tell whether the rows of a query are laid out."""
        return query in self._held

    def hold(self, query: str, run: Callable[[str, str], object]) -> str:
        """Return the table of a query's rows, made at its first use.

        What was used longest ago goes first: whoever was given a name a moment ago still finds it.
        """
        with self._lock:
            name, size = self._held.pop(query, ("", 0))
            if not name:
                name = self.new_name("rows")
                self.lay("main", name, query, run)
                held = self.connection.cursor().table(f"main.{name}")
                size = len(held) * sum(_width_of(kind) for kind in held.types)
                most = self.memory * HELD_SHARE
                while self._held and size + sum(taken for _name, taken in self._held.values()) > most:
                    oldest, _taken = self._held.pop(next(iter(self._held)))
                    self.connection.cursor().execute(f"DROP TABLE {oldest}")
            self._held[query] = (name, size)
        return name

    def lay(self, schema: str, name: str, query: str, run: Callable[[str, str], object]) -> None:
        """Write a query's rows as a table, its texts as numbers of codes as far as they are codes."""
        coded = self._write_coded(schema, query) if self._knows_codes() else query
        try:
            run(schema, f"CREATE TABLE {schema}.{name} AS {coded}")
        except duckdb.ConversionException:
            run(schema, f"CREATE TABLE {schema}.{name} AS {query}")

    def _write_coded(self, schema: str, query: str) -> str:
        cursor = self.connection.cursor()
        cursor.execute(f"SET search_path = '{schema}'")
        columns = cursor.execute(f"DESCRIBE {query}").fetchall()
        written = [f"CAST({name} AS main.codes) AS {name}" if kind == "VARCHAR" else name for name, kind, *_ in columns]
        return f"SELECT {', '.join(written)} FROM ({query})"  # noqa: S608 - own names

    def _knows_codes(self) -> bool:
        """Make the type of all codes that the parts hold, in their order, at its first use."""
        if self._is_coded is None:
            cursor = self.connection.cursor()
            each = " UNION ".join(f"SELECT DISTINCT {name} FROM main.lines" for name in CODED)  # noqa: S608 - constants
            found = cursor.execute(each).fetchall()
            codes = sorted({*WORDS, *(row[0] for row in found if row[0] is not None)})
            self._is_coded = len(codes) <= MOST_CODES
            if self._is_coded:
                written = ", ".join("'" + code.replace("'", "''") + "'" for code in codes)
                cursor.execute(f"CREATE TYPE main.codes AS ENUM ({written})")
        return self._is_coded

    def new_name(self, kind: str) -> str:
        """Return a name that nothing in this engine bears yet."""
        self._next += 1
        return f"{kind}_{self._next}"

    def drop_rows(self) -> None:
        """Drop all rows held."""
        with self._lock:
            for name, _size in self._held.values():
                self.connection.cursor().execute(f"DROP TABLE {name}")
            self._held.clear()


def figures_memory() -> int:
    """Return how many bytes figures may take: as configured, else by the memory of the machine."""
    if stated := int(settings.HOME.value("figures", "most_megabytes", 0)):
        return max(stated - BESIDES, LEAST_MEGABYTES) << 20
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return max(LEAST_MEGABYTES << 20, pages * size // MEMORY_SHARE)


def _width_of(kind: object) -> int:
    text = str(kind)
    return _WIDTHS.get(text, 2 if text.startswith("ENUM") else 24)


def read_links(connection: duckdb.DuckDBPyConnection, table: str) -> Links:
    """Return which cases say which are the same event; cancelled ones say nothing."""
    rows: Sequence[tuple[UUID, str]] = connection.execute(
        f"SELECT DISTINCT record_id, unnest(same_event) FROM {table} "  # noqa: S608 - own names
        "WHERE len(same_event) > 0 AND state <> 'cancelled'"
    ).fetchall()
    return frozenset((stating, UUID(named)) for stating, named in rows)
