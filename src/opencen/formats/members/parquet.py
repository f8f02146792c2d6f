"""Parquet: one row a record, a column for each single field; what repeats stands as JSON in one column a group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from opencen.formats.format import Exported
from opencen.records.effective import EffectiveSchema
from opencen.records.schema import Annotations, Node

HEAD = {"id": pa.string(), "reference": pa.string(), "state": pa.string(), "revision": pa.int32()}
TYPES = {"integer": pa.int64(), "boolean": pa.bool_()}
GROUP = 2000


class Parquet:
    """Write whole records as a table for programs; numbers with decimals stay text, so that none is rounded."""

    name = "parquet"
    title = "Parquet"
    extension = "parquet"
    content_type = "application/vnd.apache.parquet"
    types: tuple[str, ...] = ()

    def write(self, stream: BinaryIO, records: Iterable[Exported], schema: EffectiveSchema, language: str) -> int:
        """Write the records in groups of rows."""
        columns = dict(_columns(schema.tree))
        table = pa.schema({**HEAD, **columns})
        count = 0
        rows: list[dict[str, Any]] = []
        with pq.ParquetWriter(stream, table, compression="zstd") as writer:
            for record in records:
                count += 1
                rows.append(_row(record, columns))
                if len(rows) >= GROUP:
                    writer.write_table(pa.Table.from_pylist(rows, table))
                    rows = []
            writer.write_table(pa.Table.from_pylist(rows, table))
        return count


def _columns(node: Node, above: str = "") -> Iterable[tuple[str, pa.DataType]]:
    for name, leaf in node.leaves.items():
        if name != "national":
            yield above + name, _type(leaf)
    for name, inner in node.groups.items():
        if name in node.repeats:
            yield above + name, pa.string()
        else:
            yield from _columns(inner, f"{above}{name}.")


def _type(leaf: Annotations) -> pa.DataType:
    return pa.string() if leaf.items else TYPES.get(leaf.kind, pa.string())


def _row(record: Exported, columns: dict[str, pa.DataType]) -> dict[str, Any]:
    head = {"id": record.id, "reference": record.reference, "state": record.state, "revision": record.revision}
    return head | {path: _cell(record.document, path) for path in columns}


def _cell(document: dict[str, Any], path: str) -> Any:
    current: Any = document
    for name in path.split("."):
        current = current.get(name) if isinstance(current, dict) else None
    return orjson.dumps(current).decode() if isinstance(current, list | dict) else current


FORMAT = Parquet()
