"""The facts as they are this moment: the store's parts, and what changed behind its cursor read live."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, get_ident
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection as database
from django.db.models import Max

from opencen.analysis.facts.engine import add_live, connect, open_tables
from opencen.analysis.facts.extraction import Extraction, to_uuids
from opencen.analysis.facts.manifest import Manifest
from opencen.analysis.facts.store import FACTS
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
MAX_HELD = 12

Key = tuple[object, ...]


@dataclass(slots=True)
class Snapshot:
    """One moment of the facts, open for queries from any thread; answers are remembered as long as it stands."""

    key: Key
    as_of: datetime
    connection: duckdb.DuckDBPyConnection
    links: tuple[tuple[UUID, UUID], ...]
    live: int
    rows: int = 0
    opened: float = field(default_factory=time.monotonic)
    _answers: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    _rows: dict[str, str] = field(default_factory=dict)
    _next: int = 0
    _running: dict[int, tuple[duckdb.DuckDBPyConnection, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def fetch(self, query: str) -> list[tuple[Any, ...]]:
        """Run a query, or return what it answered before."""
        found = self._answers.get(query)
        if found is None:
            found = self._answers[query] = self._run(query)
        return found

    def interrupt_slow(self, seconds: float) -> None:
        """Break off the queries that have run for longer."""
        late = time.monotonic() - seconds
        for cursor, since in list(self._running.values()):
            if since < late:
                cursor.interrupt()

    def _run(self, query: str) -> list[tuple[Any, ...]]:
        cursor = self.connection.cursor()
        self._running[get_ident()] = (cursor, time.monotonic())
        try:
            return cursor.execute(query).fetchall()
        except duckdb.InterruptException:
            raise Unavailable("figures.too_slow") from None
        finally:
            del self._running[get_ident()]

    def hold_rows(self, query: str) -> str:
        """Return the table of a query's rows, made at its first use: what many figures of a page share.

        The one that was used longest ago goes first: whoever was given a name a moment ago still finds it.
        """
        with self._lock:
            name = self._rows.pop(query, "")
            if not name:
                if len(self._rows) >= MAX_HELD:
                    oldest = next(iter(self._rows))
                    self.connection.cursor().execute(f"DROP TABLE {self._rows.pop(oldest)}")
                name = f"rows_{self._next}"
                self._next += 1
                self._run(f"CREATE TABLE {name} AS {query}")
            self._rows[query] = name
        return name

    def forget(self) -> None:
        """Forget the answers given before."""
        with self._lock:
            self._answers.clear()
            self._drop_rows()

    def _drop_rows(self) -> None:
        for name in self._rows.values():
            self.connection.cursor().execute(f"DROP TABLE {name}")
        self._rows.clear()
        self._answers.clear()

    def has_table(self, name: str) -> bool:
        """Tell whether a small table lies beside the facts already."""
        return name in self._names

    def add_table(self, name: str, table: pa.Table) -> None:
        """Lay a small table of this moment beside the facts, once."""
        with self._lock:
            if name not in self._names:
                self.connection.register(f"given_{name}", table)
                self.connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given_{name}")  # noqa: S608 - own names
                self.connection.unregister(f"given_{name}")
                self._names.add(name)


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
    connection = connect(FACTS.folder / "spill")
    open_tables(connection, FACTS.folder, manifest)
    add_live(connection, changed)
    extraction = Extraction()
    for current in load_current(changed):
        extraction.add(current)
    for name, table in extraction.tables().items():
        connection.register("given", table)
        connection.execute(f"INSERT INTO live_{name} SELECT * FROM given")  # noqa: S608 - constants
        connection.unregister("given")
    links = _links(connection)
    if links:
        columns = [to_uuids(stating for stating, _ in links), to_uuids(named for _, named in links)]
        connection.register("given", pa.Table.from_arrays(columns, names=["stating", "named"]))
        connection.execute("CREATE TABLE links AS SELECT * FROM given")
        connection.unregister("given")
    return Snapshot(key, at, connection, links, len(changed), sum(part.rows for part in manifest.parts))


def _links(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[UUID, UUID], ...]:
    """Return which cases say which are the same event; cancelled ones say nothing."""
    rows: Sequence[tuple[UUID, str]] = connection.execute(
        "SELECT DISTINCT record_id, unnest(same_event) FROM lines WHERE len(same_event) > 0 AND state <> 'cancelled'"
    ).fetchall()
    return tuple(sorted((stating, UUID(named)) for stating, named in rows))
