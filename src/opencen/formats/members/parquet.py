"""Parquet: one row a record, a column for each single field; what repeats stands as JSON in one column a group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import orjson

from opencen.formats.columnar import StoredColumn, write_columnar
from opencen.formats.format import Exported
from opencen.records.effective import EffectiveSchema
from opencen.records.schema import Annotations, Node

HEAD = {"id": "string", "reference": "string", "state": "string", "revision": "int32"}
KINDS = {"integer": "int64", "boolean": "boolean"}


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
        stored = [StoredColumn(name, kind) for name, kind in {**HEAD, **columns}.items()]
        return write_columnar(stream, stored, (_row(record, columns) for record in records))


def _columns(node: Node, above: str = "") -> Iterable[tuple[str, str]]:
    for name, leaf in node.leaves.items():
        if name != "national":
            yield above + name, _type(leaf)
    for name, inner in node.groups.items():
        if name in node.repeats:
            yield above + name, "string"
        else:
            yield from _columns(inner, f"{above}{name}.")


def _type(leaf: Annotations) -> str:
    return "string" if leaf.items else KINDS.get(leaf.kind, "string")


def _row(record: Exported, columns: dict[str, str]) -> dict[str, Any]:
    head = {"id": record.id, "reference": record.reference, "state": record.state, "revision": record.revision}
    return head | {path: _cell(record.document, path) for path in columns}


def _cell(document: dict[str, Any], path: str) -> Any:
    current: Any = document
    for name in path.split("."):
        current = current.get(name) if isinstance(current, dict) else None
    return orjson.dumps(current).decode() if isinstance(current, list | dict) else current


FORMAT = Parquet()
