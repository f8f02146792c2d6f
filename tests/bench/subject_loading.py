"""The steps that make a world of subjects: write its rows to files, load them, build what is derived from them."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import BigAutoField, Model

from opencen.accounts.models import Compartment, Grant, Office, User
from opencen.records.derived import rebuild
from opencen.records.links.graph.store import GRAPH
from opencen.records.search.store import SEARCH
from tests.bench.subject_documents import Size
from tests.bench.subject_rows import OFFICES, WRITERS, chunks_of, make_rows
from tests.bench.subject_world import folder_of
from tests.bench.world import COMPARTMENTS, make_offices

TABLES = (
    "records_record", "records_revision", "records_index", "records_link", "records_link_judgement", "log_entry",
    "log_seal",
)  # fmt: skip
READERS = {
    "office": ("officer", "D01O03"),
    "district": ("validator", "D01"),
    "country": ("analyst", "HQ"),
    "closed group": ("analyst", "HQ"),
}
"""Who looks: the role held and the office it is held over. The last one sits in a closed group and is cleared higher."""
LOADING = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000", "locking_mode=EXCLUSIVE", "temp_store=FILE")


def write(suspects: str) -> None:
    """Write the rows that are not written yet, on two processors."""
    folder, size = folder_of(int(suspects)) / "rows", Size.of(int(suspects))
    folder.mkdir(exist_ok=True)
    missing = [
        (folder, *part, size) for part in chunks_of(size) if not (_place(folder, *part[:2]) / "complete").exists()
    ]
    connection.close()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for done, _ in enumerate(pool.imap_unordered(_write_part, missing), 1):
            _tell(f"rows: {done} of {len(missing)} parts")


def _place(folder: Path, kind: str, first: int) -> Path:
    return folder / f"{kind}-{first:08d}"


def _write_part(asked: tuple[Path, str, int, int, Size]) -> None:
    folder, kind, first, end, size = asked
    place = _place(folder, kind, first)
    place.mkdir(exist_ok=True)
    lines: dict[str, list[str]] = {}
    for table, row in make_rows(kind, first, end, size):
        lines.setdefault(table, []).append("\t".join(map(_escape, row)) + "\n")
    for table, found in lines.items():
        (place / table).write_text("".join(found), "utf-8")
    (place / "complete").touch()


def _escape(value: Any) -> str:
    if value is None:
        return "\\N"
    text = str(value)
    if "\\" in text or "\n" in text or "\t" in text:
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return text


def _unescape(text: str) -> str | None:
    if text == "\\N":
        return None
    return text.replace("\\\\", "\\") if "\\" in text else text


def load(suspects: str) -> None:
    """Make the readers and load the rows into an empty database; indexes are made once the rows are there."""
    folder = folder_of(int(suspects))
    parts = [_place(folder / "rows", kind, first) for kind, first, _ in chunks_of(Size.of(int(suspects)))]
    make_people()
    vendor = connection.vendor
    by_name = {model._meta.db_table: model for model in apps.get_models()}
    files = {by_name[table]: [part / table for part in parts if (part / table).exists()] for table in TABLES}
    connection.close()
    (_load_postgresql if vendor == "postgresql" else _load_sqlite)(files)
    (folder / f"loaded-{vendor}").touch()


def load_here(size: Size) -> None:
    """Load a small world through the open connection, as a test needs it."""
    make_people()
    lines: dict[str, list[str]] = {}
    for part in chunks_of(size):
        for table, row in make_rows(*part, size):
            lines.setdefault(table, []).append("\t".join(map(_escape, row)) + "\n")
    by_name = {model._meta.db_table: model for model in apps.get_models()}
    for table in TABLES:
        _, columns = _names(by_name[table])
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                copy.write("".join(lines[table]))
            with connection.cursor() as cursor:
                _continue_numbers(cursor, by_name[table])
        else:
            places = ",".join("?" * (columns.count(",") + 1))
            rows = (tuple(map(_unescape, line[:-1].split("\t"))) for line in lines[table])
            connection.ensure_connection()
            connection.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


def make_people() -> None:
    """Make offices, writers and readers with the same ids in every database."""
    make_offices()
    User.objects.bulk_create(
        User(id=UUID(int=500 + n), username=f"writer-{n}", name=f"Writer {n}", is_active=False) for n in range(WRITERS)
    )
    rooms = [Compartment.objects.create(id=key, name=f"Closed group {n}") for n, key in enumerate(COMPARTMENTS, 1)]
    for number, (name, (role, code)) in enumerate(READERS.items()):
        office = Office.objects.get(pk=OFFICES[code])
        reader = User.objects.create(
            id=UUID(int=400 + number), username=name.replace(" ", "-"), name=name, office=office
        )
        Grant.objects.create(user=reader, role=role, office=office)
        if name == "closed group":
            User.objects.filter(pk=reader.pk).update(clearance=2)
            rooms[0].members.add(reader)


def _load_sqlite(files: dict[type[Model], list[Path]]) -> None:
    database = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    for pragma in LOADING:
        database.execute(f"PRAGMA {pragma}")
    tables = ", ".join(f"'{table}'" for table in TABLES)
    indexes = database.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({tables})"
    ).fetchall()
    for name, _ in indexes:
        database.execute(f'DROP INDEX "{name}"')
    for model, paths in files.items():
        table, columns = _names(model)
        places = ",".join("?" * (columns.count(",") + 1))
        database.execute("BEGIN")
        database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", _lines(paths))
        database.execute("COMMIT")
        _tell(f"loaded {table}")
    for name, sql in indexes:
        database.execute(sql)
        _tell(f"index {name}")
    database.execute("ANALYZE")
    database.close()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")


def _lines(paths: Iterable[Path]) -> Iterator[tuple[str | None, ...]]:
    for path in paths:
        with path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield tuple(map(_unescape, line[:-1].split("\t")))


def _load_postgresql(files: dict[type[Model], list[Path]]) -> None:
    with connection.cursor() as cursor:
        for setting in ("TIME ZONE 'UTC'", "maintenance_work_mem = '512MB'", "synchronous_commit = off"):
            cursor.execute(f"SET {setting}")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            [list(TABLES)],
        )
        indexes = cursor.fetchall()
        cursor.execute("".join(f'DROP INDEX "{name}";' for name, _ in indexes))
        for model, paths in files.items():
            table, columns = _names(model)
            with cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for path in paths:
                    copy.write(path.read_bytes())
            _continue_numbers(cursor, model)
            _tell(f"loaded {table}")
        for name, sql in indexes:
            cursor.execute(sql)
            _tell(f"index {name}")
        cursor.execute("VACUUM ANALYZE")


def _continue_numbers(cursor: CursorWrapper, model: type[Model]) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    if isinstance(model._meta.pk, BigAutoField):
        table, key = model._meta.db_table, model._meta.pk.column
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), max({key})) FROM {table}")


def _names(model: type[Model]) -> tuple[str, str]:
    return model._meta.db_table, ",".join(f'"{field.column}"' for field in model._meta.local_concrete_fields)


def derive(suspects: str, name: str) -> None:
    """Build text search or graph from the loaded records where nobody did; the other database takes it over."""
    folder, store = folder_of(int(suspects)), {found.name: found for found in (SEARCH, GRAPH)}[name]
    kept, place = folder / "derived" / name, Path(settings.HOME.path) / "derived" / name
    if store.cursor() == 0 and kept.exists():
        shutil.copytree(kept, place, dirs_exist_ok=True)
    if store.cursor() == 0:
        start, busy = time.perf_counter(), time.process_time()
        rebuild(store, lambda done, total: _tell(f"{name}: {done} of {total}") if done % 100_000 < 2000 else None)
        took = f"{time.perf_counter() - start:.0f} {time.process_time() - busy:.0f}"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(place, kept)
        (folder / f"built-{name}").write_text(took)
        _tell(f"built {name}: {took}")


def _tell(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)
