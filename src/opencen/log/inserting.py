"""Bulk inserts without the ORM's work for each field: a fifth of `bulk_create`'s time at the door."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, models

_PLACES = 900
"""Parameters of one statement; SQLite allows 999 in its oldest versions."""
_COPY_FROM = 8
"""Rows from which on PostgreSQL's COPY is the quicker way: its driver takes long statements apart at every use."""

Row = Sequence[Any]


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model as they are: no signals, no defaults of the database, no keys given back."""
    if not rows:
        return
    kept = [field for field in rows[0]._meta.concrete_fields if not isinstance(field, models.AutoField)]
    take = attrgetter(*(field.attname for field in kept))
    _insert_adapted(rows[0]._meta.db_table, kept, [list(take(row)) for row in rows])


def insert_stated(model: type[models.Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows that state some of a model's fields, by their names; every other field has its default."""
    if not rows:
        return
    fields = {field.attname: field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)}
    stated = [fields.pop(name) for name in names]
    rest = [field.get_default() for field in fields.values()]
    _insert_adapted(model._meta.db_table, [*stated, *fields.values()], [[*row, *rest] for row in rows])


def _insert_adapted(table: str, fields: Sequence[models.Field[Any, Any]], rows: list[list[Any]]) -> None:
    """Hand each value over as the database takes it, then insert."""
    for place, field in enumerate(fields):
        if (write := _writer(field)) is not None:
            for row in rows:
                row[place] = write(row[place])
    insert_values(table, [str(field.column) for field in fields], rows)


def insert_values(table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows of values that are as the database takes them."""
    names = ",".join(connection.ops.quote_name(column) for column in columns)
    target = f"{connection.ops.quote_name(table)} ({names})"
    if connection.vendor == "postgresql" and len(rows) >= _COPY_FROM:
        _copy(target, rows)
        return
    places = f"({','.join(['%s'] * len(columns))})"
    size = max(1, _PLACES // len(columns))
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            statement = f"INSERT INTO {target} VALUES {','.join([places] * len(part))}"  # noqa: S608 - names of a model
            cursor.execute(statement, [value for row in part for value in row])


def adapt_uuid(value: UUID) -> Any:
    """Return a UUID as the database takes it."""
    return value if connection.features.has_native_uuid_field else value.hex


def _copy(target: str, rows: Iterable[Row]) -> None:
    copying = f"COPY {target} FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(copying) as copy:
        for row in rows:
            copy.write_row(row)


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """Choose how a field's values are handed to the database; None where they go as they are."""
    if isinstance(field, models.UUIDField | models.ForeignKey):
        return None if connection.features.has_native_uuid_field else _hex
    if isinstance(field, models.DateTimeField):
        # The rows of one act share their moment.
        return lru_cache(maxsize=16)(connection.ops.adapt_datetimefield_value)
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, models.DecimalField):
        digits, places = field.max_digits, field.decimal_places
        return lambda value: connection.ops.adapt_decimalfield_value(value, digits, places)
    if isinstance(field, models.JSONField):
        raise TypeError(f"{field.name}: values of JSON are written by bulk_create")
    return None


def _hex(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) else value
