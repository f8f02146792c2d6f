"""The facts as they are this moment: the store's parts, and what changed behind its cursor read live."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from threading import Lock, get_ident
from typing import TYPE_CHECKING, Any
from uuid import UUID
from weakref import finalize

from django.db import connection as database
from django.db.models import Max

from opencen.analysis.facts.columns import TABLES
from opencen.analysis.facts.extraction import Extraction, record_ids_table, to_uuids
from opencen.analysis.facts.manifest import Manifest, Part
from opencen.analysis.facts.store import FACTS
from opencen.analysis.facts.stored import HELD_SHARE, ROW_BYTES, Key, Links, Stored, read_links
from opencen.kernel.clock import now
from opencen.kernel.errors import Unavailable
from opencen.kernel.later import load_later
from opencen.log.models import Entry
from opencen.log.reader import newest_sequence, subjects_after, unsealed_window
from opencen.records.derived import CHANGING, catch_up, load_current, rebuild

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
else:
    duckdb, pa = load_later("duckdb"), load_later("pyarrow")

# Above this many changed records it is cheaper to let the store catch up than to read each of them live.
MAX_LIVE = 1000
MAX_BEHIND = 5000
MAX_FIRST = 50_000
MAX_AGE = 30.0
# Deltas of up to this many rows are read beside rows that were laid out before; of more, all are laid out anew.
MOST_LATER = 50_000


@dataclass(slots=True, weakref_slot=True)
class Snapshot:
    """One moment of the facts, open for queries from any thread; answers are remembered as long as it stands.

    Its schema holds the views `lines` and `controls`: the parts without the records that changed, and those as they
    are now. A second schema holds only the latter.
    """

    key: Key
    as_of: datetime
    stored: Stored
    schema: str
    links: Links
    live: int
    # Whether rows lie over the parts that are held: those of later parts, and those read live.
    is_overlaid: bool
    opened: float = field(default_factory=time.monotonic)
    _answers: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    _running: dict[int, tuple[duckdb.DuckDBPyConnection, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def rows(self) -> int:
        """Return how many rows the parts hold."""
        return self.stored.rows

    @property
    def can_hold(self) -> bool:
        """Tell whether the rows of all cases fit in memory."""
        return self.rows * ROW_BYTES <= self.stored.memory * HELD_SHARE

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """Return a connection that reads this moment."""
        return self._connect(self.schema)

    def fetch(self, query: str) -> list[tuple[Any, ...]]:
        """Run a query, or return what it answered before."""
        found = self._answers.get(query)
        if found is None:
            found = self._answers[query] = self._run(self.schema, query)
        return found

    def interrupt_slow(self, seconds: float) -> None:
        """Break off the queries that have run for longer."""
        late = time.monotonic() - seconds
        for cursor, since in list(self._running.values()):
            if since < late:
                cursor.interrupt()

    def hold_rows(self, query: str, columns: Sequence[str]) -> str:
        """Return the view of a query's rows, which reads each record alone: many figures of a page share it.

        The rows of the parts are kept from moment to moment; only what changed since is read anew.
        """
        name = self.stored.hold(query, self._run)
        if not self.is_overlaid:
            return f"main.{name}"
        if name not in self._names:
            with self._lock:
                if name not in self._names:
                    chosen = ", ".join(columns)
                    self.stored.lay(f"{self.schema}_live", name, query, self._run)
                    self._run(
                        self.schema,
                        f"CREATE VIEW {self.schema}.{name} AS SELECT {chosen} FROM main.{name} "  # noqa: S608 - own names
                        f"ANTI JOIN {self.schema}_live.ids USING (record_id) "
                        f"UNION ALL SELECT {chosen} FROM {self.schema}_live.{name}",
                    )
                    self._names.add(name)
        return f"{self.schema}.{name}"

    def lay_sums(self, query: str) -> str:
        """Return the table of what a query adds up at this moment, a few rows that many figures read."""
        name = f"sums_{sha256(query.encode()).hexdigest()[:16]}"
        if name not in self._names:
            with self._lock:
                if name not in self._names:
                    self._run(self.schema, f"CREATE TABLE {self.schema}.{name} AS {query}")
                    self._names.add(name)
        return f"{self.schema}.{name}"

    def forget(self, *, rows: bool = True) -> None:
        """Forget the answers given before, and the rows held for them."""
        with self._lock:
            self._answers.clear()
            if rows:
                self.stored.drop_rows()
                for name in [name for name in self._names if name.startswith("sums_")]:
                    self._run(self.schema, f"DROP TABLE {self.schema}.{name}")
                    self._names.discard(name)

    def has_table(self, name: str) -> bool:
        """Tell whether a small table lies beside the facts already."""
        return name in self._names

    def add_table(self, name: str, table: pa.Table) -> None:
        """Lay a small table of this moment beside the facts, once."""
        with self._lock:
            if name not in self._names:
                put_table(self._connect(self.schema), f"{self.schema}.{name}", table)
                self._names.add(name)

    def _run(self, schema: str, query: str) -> list[tuple[Any, ...]]:
        cursor = self._connect(schema)
        self._running[get_ident()] = (cursor, time.monotonic())
        try:
            return cursor.execute(query).fetchall()
        except duckdb.InterruptException:
            raise Unavailable("figures.too_slow") from None
        finally:
            self._running.pop(get_ident(), None)

    def _connect(self, schema: str) -> duckdb.DuckDBPyConnection:
        cursor = self.stored.connection.cursor()
        cursor.execute(f"SET search_path = '{schema}'")
        return cursor


def put_table(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Write an Arrow table into the engine under a name."""
    connection.register("given", table)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608 - own names
    connection.unregister("given")


_held: Snapshot | None = None
_holding = Lock()


def present_snapshot() -> Snapshot:
    """Return the facts of this moment; the one at hand while nothing has changed."""
    global _held
    with _holding:
        _let_catch_up()
        manifest = FACTS.manifest()
        key = _moment(manifest)
        if _held is None or _held.key != key or time.monotonic() - _held.opened > MAX_AGE:
            _held = _open(manifest, key)
        return _held


def drop_snapshot() -> None:
    """Forget the snapshot at hand: its files may have been removed."""
    global _held
    with _holding:
        _held = None


def _let_catch_up() -> None:
    """Bring the store up itself where the worker is behind; what would take minutes is left to the worker."""
    manifest = FACTS.manifest()
    behind = newest_sequence() - manifest.cursor
    if behind > MAX_BEHIND and not manifest.parts:
        if behind > MAX_FIRST:
            raise Unavailable("facts.building", behind=behind)
        rebuild(FACTS)
    elif behind > MAX_BEHIND:
        catch_up(FACTS)


def _moment(manifest: Manifest) -> Key:
    newest = Entry.objects.aggregate(newest=Max("number"))["newest"]
    place = str(database.settings_dict["NAME"])
    return (place, manifest.cursor, manifest.parts, newest, unsealed_window()[0], newest_sequence())


def _open(manifest: Manifest, key: Key) -> Snapshot:
    at = now()
    changed = subjects_after(manifest.cursor, CHANGING)
    if len(changed) > MAX_LIVE:
        catch_up(FACTS)
        manifest = FACTS.manifest()
        changed = subjects_after(manifest.cursor, CHANGING)
    first, later = _split_parts(manifest)
    parts: Key = (str(FACTS.folder), first.parts)
    stored = _held.stored if _held is not None and _held.stored.key == parts else Stored(parts, first)
    schema = stored.new_name("moment")
    links = _open_schema(stored, schema, changed, later)
    found = Snapshot(key, at, stored, schema, links, len(changed), is_overlaid=bool(changed or later))
    finalize(found, _drop_schema, stored.connection, schema)
    return found


def _split_parts(manifest: Manifest) -> tuple[Manifest, tuple[Part, ...]]:
    """Return the parts that rows are laid out of, and the small ones behind them, which change often."""
    count, rows = len(manifest.parts), 0
    while count > 1 and rows + manifest.parts[count - 1].rows <= MOST_LATER:
        count -= 1
        rows += manifest.parts[count].rows
    return replace(manifest, parts=manifest.parts[:count]), manifest.parts[count:]


def _open_schema(stored: Stored, schema: str, changed: Collection[UUID], later: Sequence[Part]) -> Links:
    """Lay what changed beside the parts, and return which cases say that they are one event."""
    connection, live = stored.connection.cursor(), f"{schema}_live"
    for name in (schema, live):
        connection.execute(f"CREATE SCHEMA {name}")
    extraction = Extraction()
    for current in load_current(changed):
        extraction.add(current)
    for name, table in extraction.tables().items():
        put_table(connection, f"{live}.{name}", table)
    put_table(connection, f"{live}.ids", record_ids_table(changed))
    _add_later(connection, live, later)
    is_overlaid = bool(changed or later)
    for name, columns in TABLES.items():
        chosen = ", ".join(column.name for column in columns)
        source = f"SELECT {chosen} FROM main.{name}"  # noqa: S608 - constants
        if is_overlaid:
            source += f" ANTI JOIN {live}.ids USING (record_id) UNION ALL SELECT {chosen} FROM {live}.{name}"  # noqa: S608 - own names
        connection.execute(f"CREATE VIEW {schema}.{name} AS {source}")
    links = stored.links
    if is_overlaid:
        gone = {row[0] for row in connection.execute(f"SELECT record_id FROM {live}.ids").fetchall()} if links else ()  # noqa: S608 - own names
        kept = {link for link in links if link[0] not in gone}
        links = frozenset(kept | read_links(connection, f"{live}.lines"))
    if links:
        ends = [to_uuids(stating for stating, _ in links), to_uuids(named for _, named in links)]
        put_table(connection, f"{schema}.links", pa.Table.from_arrays(ends, names=["stating", "named"]))
    return links


def _add_later(connection: duckdb.DuckDBPyConnection, live: str, later: Sequence[Part]) -> None:
    """Lay the rows of later parts beside those read live, the newest of each record alone."""
    for part in reversed(later):
        for name, file in (*((name, getattr(part, name)) for name in TABLES), ("ids", part.changed)):
            path = str(FACTS.folder / file).replace("'", "''")
            connection.execute(
                f"INSERT INTO {live}.{name} BY NAME SELECT * FROM read_parquet('{path}') "  # noqa: S608 - own names
                f"ANTI JOIN {live}.ids USING (record_id)"
            )


def _drop_schema(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Drop what a moment kept, once nobody asks about it any more."""
    cursor = connection.cursor()
    for name in (schema, f"{schema}_live"):
        cursor.execute(f"DROP SCHEMA {name} CASCADE")
