"""The facts as a derived store: immutable Parquet parts under a manifest that is swapped whole."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.conf import settings

from opencen.analysis.facts.columns import TABLES, arrow_schema
from opencen.analysis.facts.engine import connect, open_tables, select_rows, write_rows
from opencen.analysis.facts.extraction import Extraction, record_ids_table
from opencen.analysis.facts.halves import find_middle, second_half
from opencen.analysis.facts.manifest import (
    Manifest,
    Part,
    read_manifest,
    rebuilding,
    remove_unlisted,
    sync_folder,
    write_manifest,
)
from opencen.kernel.later import load_later
from opencen.log.reader import subjects_after
from opencen.records.derived import CHANGING, Current, Derived, load_current, load_from
from opencen.records.jobs import add_store
from opencen.records.models import Record
from opencen.records.only_writer import only_writer
from opencen.records.types import domain_names

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq
else:
    duckdb, pq = load_later("duckdb"), load_later("pyarrow.parquet")

TABLE_OF = {"case": "lines", "control": "controls"}
COUNTED_TYPES = tuple(TABLE_OF)
MAX_DELTAS = 8
MAX_DELTA_SHARE = 0.1
GROUP_ROWS = 60_000
MAX_DIFFERENCES = 20
BUILDING = ".building"
HALF = ".half"


class FactsStore(Derived):
    """Keep the facts of cases and controls; small changes become small parts, many of them one."""

    name: ClassVar[str] = "facts"

    @property
    def folder(self) -> Path:
        """Return where the parts lie."""
        return Path(settings.HOME.path) / "derived" / self.name

    def manifest(self) -> Manifest:
        """Return the present manifest."""
        return read_manifest(self.folder)

    def cursor(self) -> int:
        """Return the place in the log up to which the facts know everything."""
        return self.manifest().cursor

    def apply(self, changed: Sequence[Current], gone: Sequence[UUID], cursor: int) -> None:
        """Lay a part with these records over the others; one that another process laid already is left."""
        with only_writer(self.folder):
            manifest = self.manifest()
            if manifest.parts and manifest.cursor >= cursor:
                return
            ids = [current.record.id for current in changed if current.record.type in COUNTED_TYPES]
            parts = manifest.parts
            if ids or gone or not parts:
                parts = (*parts, self._write_delta(manifest.next_number, changed, [*ids, *gone]))
            self._settle(manifest.with_parts(parts, cursor))

    def rebuild(self, everything: Iterable[Sequence[Current]], cursor: int) -> None:
        """Write one part of everything, beside other writers, and put it in the place of all others."""
        with rebuilding(self.folder, (BUILDING, HALF)):
            self._rebuild(everything, cursor)

    def _rebuild(self, everything: Iterable[Sequence[Current]], cursor: int) -> None:
        with only_writer(self.folder):
            manifest = self.manifest()
            number = manifest.next_number
            write_manifest(self.folder, replace(manifest, next_number=number + 1))
        middle = find_middle()
        with uncollected(), second_half(middle, number) as rest:
            part = self._write_all(number, _before(everything, middle), rest)
        with only_writer(self.folder):
            for name in part.files:
                (self.folder / f"{name}{BUILDING}").replace(self.folder / name)
            sync_folder(self.folder)
            fresh = self.manifest().with_parts((part,), cursor)
            write_manifest(self.folder, fresh)
            remove_unlisted(self.folder, fresh)

    def verify(self) -> list[str]:
        """Compare head values of every record the facts know of with the records themselves.

        Of a database that is off nothing is kept up to date, and nothing compared.
        """
        manifest, types = self.manifest(), [name for name in COUNTED_TYPES if name in domain_names()]
        changing = subjects_after(manifest.cursor, CHANGING)
        try:
            stored = self._stored_heads(manifest, types)
        except duckdb.Error as error:
            return [f"the facts cannot be read: {str(error).splitlines()[0]}"]
        differences = []
        heads = Record.objects.filter(type__in=types).values_list(
            "id", "revision", "state", "office_id", "sensitivity", "compartment_id"
        )
        for head in heads.iterator(chunk_size=5000):
            found = stored.pop(head[0], None)
            if head[0] not in changing and found != head[1:]:
                differences.append(f"record {head[0]} is {head[1:]} but the facts say {found}")
        differences += [f"the facts hold {found}, which is no record" for found in stored if found not in changing]
        return differences[:MAX_DIFFERENCES]

    def erase(self, record_ids: Sequence[UUID]) -> None:
        """Take the records in anew and write all parts into one, so that no file holds what they were."""
        with rebuilding(self.folder, (BUILDING, HALF)), only_writer(self.folder):
            manifest = self.manifest()
            if not manifest.parts:
                return
            found = load_current(record_ids)
            ids = sorted({*record_ids})
            delta = self._write_delta(manifest.next_number, found, ids)
            self._compact(manifest.with_parts((*manifest.parts, delta), manifest.cursor))

    def _write_delta(self, number: int, changed: Sequence[Current], ids: Sequence[UUID]) -> Part:
        extraction = Extraction()
        for current in changed:
            extraction.add(current)
        tables = extraction.tables()
        part = _part(number, changed=f"part-{number:06d}-changed.parquet")
        for name, table in tables.items():
            self._write(table, getattr(part, name))
        self._write(record_ids_table(ids), part.changed)
        sync_folder(self.folder)
        rows = sum(table.num_rows for table in tables.values())
        return _part(number, changed=part.changed, rows=rows, records=len(ids))

    def _write(self, table: pa.Table, name: str) -> None:
        pq.write_table(table, self.folder / name, compression="zstd")

    def write_half(self, number: int, first: UUID) -> int:
        """Write the facts of all records from one on beside the others, and return how many records they are."""
        with uncollected():
            return self._write_all(number, load_from(first), suffix=HALF).records

    def _write_all(
        self,
        number: int,
        everything: Iterable[Sequence[Current]],
        rest: Future[int] | None = None,
        suffix: str = BUILDING,
    ) -> Part:
        part = _part(number)
        paths = {name: self.folder / f"{getattr(part, name)}{suffix}" for name in TABLES}
        writers = {name: pq.ParquetWriter(path, arrow_schema(name), compression="zstd") for name, path in paths.items()}
        extraction = Extraction()
        rows = records = 0
        try:
            for chunk in everything:
                for current in chunk:
                    extraction.add(current)
                records += len(chunk)
                if len(extraction.lines) + len(extraction.controls) >= GROUP_ROWS:
                    rows += _flush(extraction, writers)
            rows += _flush(extraction, writers)
            if rest is not None:
                records += rest.result()
                rows += sum(self._append(writer, f"{getattr(part, name)}{HALF}") for name, writer in writers.items())
        finally:
            for writer in writers.values():
                writer.close()
        return _part(number, rows=rows, records=records)

    def _append(self, writer: pq.ParquetWriter, name: str) -> int:
        """Write the rows of a half behind the others, and remove its file."""
        path = self.folder / name
        with pq.ParquetFile(path) as file:
            for group in range(file.num_row_groups):
                writer.write_table(file.read_row_group(group))
            rows: int = file.metadata.num_rows
        path.unlink()
        return rows

    def _settle(self, manifest: Manifest) -> None:
        """Put a manifest in force; join deltas that have become many, and everything when they have become large."""
        deltas = sum(part.rows for part in manifest.deltas)
        if len(manifest.parts) > 1 and deltas > max(2000, MAX_DELTA_SHARE * manifest.parts[0].rows):
            self._compact(manifest)
        elif len(manifest.deltas) > MAX_DELTAS:
            self._join_deltas(manifest)
        else:
            write_manifest(self.folder, manifest)

    def _compact(self, manifest: Manifest) -> None:
        """Write all parts into one and remove the files of the others."""
        part = self._rewrite(manifest, manifest.next_number)
        fresh = manifest.with_parts((part,), manifest.cursor)
        write_manifest(self.folder, fresh)
        remove_unlisted(self.folder, fresh)

    def _join_deltas(self, manifest: Manifest) -> None:
        """Write the deltas into one; the first part stays as it is."""
        number = manifest.next_number
        deltas = Manifest(parts=(Part(-1, "", ""), *manifest.deltas))
        part = self._rewrite(deltas, number, changed=f"part-{number:06d}-changed.parquet")
        fresh = manifest.with_parts((manifest.parts[0], part), manifest.cursor)
        write_manifest(self.folder, fresh)
        remove_unlisted(self.folder, fresh)

    def _rewrite(self, manifest: Manifest, number: int, changed: str = "") -> Part:
        part = _part(number, changed=changed)
        with _engine(self.folder, manifest) as connection:
            rows = sum(
                write_rows(connection, select_rows(name, self.folder, manifest), self.folder / getattr(part, name))
                for name in TABLES
            )
            records = 0
            if changed:
                query = "SELECT DISTINCT record_id FROM replaced"
                records = write_rows(connection, query, self.folder / changed)
        sync_folder(self.folder)
        return _part(number, changed=changed, rows=rows, records=records)

    def _stored_heads(self, manifest: Manifest, types: Sequence[str]) -> dict[UUID, tuple[object, ...]]:
        columns = "record_id, revision, state, office_id, sensitivity, compartment_id"
        rows: list[tuple[UUID, object]] = []
        with _engine(self.folder, manifest) as connection:
            for name in types:
                query = f"SELECT DISTINCT {columns} FROM {TABLE_OF[name]}"  # noqa: S608 - constants
                rows += connection.execute(query).fetchall()
        return {row[0]: row[1:] for row in rows}


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the search for cycles to each flush: documents hold none, and looking for them takes half of a rebuild."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _before(everything: Iterable[Sequence[Current]], middle: UUID | None) -> Iterator[Sequence[Current]]:
    """Yield the records before one, which come in the order of their ids."""
    for chunk in everything:
        kept = [current for current in chunk if middle is None or current.record.id < middle]
        yield kept
        if len(kept) < len(chunk):
            return


def _part(number: int, *, changed: str = "", rows: int = 0, records: int = 0) -> Part:
    names = (f"part-{number:06d}-lines.parquet", f"part-{number:06d}-controls.parquet")
    return Part(number, *names, changed, rows, records)


def _engine(folder: Path, manifest: Manifest) -> duckdb.DuckDBPyConnection:
    connection = connect(folder / "spill")
    open_tables(connection, folder, manifest)
    return connection


def _flush(extraction: Extraction, writers: dict[str, pq.ParquetWriter]) -> int:
    tables = extraction.tables()
    for name, table in tables.items():
        if table.num_rows:
            writers[name].write_table(table)
    gc.collect(0)  # what other threads left meanwhile; the rows themselves are gone already
    return sum(table.num_rows for table in tables.values())


FACTS = FactsStore()
add_store(FACTS)
