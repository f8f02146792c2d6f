"""The fact tables as Ibis sees them: unbound, so that the same expression runs on any engine."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.datatypes as datatypes
import pyarrow as pa

from opencen.analysis.facts.columns import TABLES

# Ibis is not typed well enough to say more of its expressions than that they are expressions.
Table = Any
Value = Any


def _ibis_type(kind: pa.DataType) -> Any:
    if isinstance(kind, pa.UuidType):
        return ibis.dtype("uuid")
    if pa.types.is_list(kind):
        return ibis.dtype("array<string>") if pa.types.is_string(kind.value_type) else _structs(kind)
    if pa.types.is_map(kind):
        return ibis.dtype("map<string, string>")
    if pa.types.is_decimal(kind):
        return ibis.dtype(f"decimal({kind.precision}, {kind.scale})")
    names = {"date32[day]": "date", "bool": "boolean", "timestamp[us]": "timestamp", "double": "float64"}
    return ibis.dtype(names.get(str(kind), str(kind)))


def _structs(kind: pa.ListType) -> Any:
    fields = {field.name: _ibis_type(field.type) for field in kind.value_type}
    return datatypes.Array(datatypes.Struct(fields))


def fact_table(name: str) -> Table:
    """Return a fact table as an expression."""
    return ibis.table({column.name: _ibis_type(column.type) for column in TABLES[name]}, name=name)
