"""Parquet files, written by a process of their own: the library takes 80 MB that no web process gives back.

`python -m opencen.formats.columnar` reads the columns as the first line and a row on each further one, and writes the
file to its standard output.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any, BinaryIO

import orjson

GROUP = 5000


@dataclass(frozen=True, slots=True)
class StoredColumn:
    """A column of a file: text, number, small number or yes and no."""

    name: str
    kind: str = "string"
    label: str = ""
    is_required: bool = False


def write_columnar(stream: BinaryIO, columns: Sequence[StoredColumn], rows: Iterable[dict[str, Any]]) -> int:
    """Write rows as a Parquet file and return how many."""
    count = 0
    with tempfile.TemporaryFile() as file:
        command = [sys.executable, "-m", "opencen.formats.columnar"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=file) as writer:
            assert writer.stdin is not None
            try:
                writer.stdin.write(orjson.dumps([asdict(column) for column in columns]) + b"\n")
                for row in rows:
                    writer.stdin.write(orjson.dumps(row) + b"\n")
                    count += 1
                writer.stdin.close()
            except BaseException:
                writer.kill()
                raise
        if writer.returncode:
            raise OSError(f"the file could not be written: {writer.returncode}")
        file.seek(0)
        shutil.copyfileobj(file, stream)
    return count


def main() -> int:
    """Write what stands on the standard input."""
    pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
    kinds = {"string": pa.string(), "int64": pa.int64(), "int32": pa.int32(), "boolean": pa.bool_()}
    source = sys.stdin.buffer
    schema = pa.schema(
        [
            pa.field(
                column["name"],
                kinds[column["kind"]],
                nullable=not column["is_required"],
                metadata={"label": column["label"]} if column["label"] else None,
            )
            for column in orjson.loads(source.readline())
        ]
    )
    with pq.ParquetWriter(sys.stdout.buffer, schema, compression="zstd") as writer:
        group: list[dict[str, Any]] = []
        for line in source:
            group.append(orjson.loads(line))
            if len(group) >= GROUP:
                writer.write_table(pa.Table.from_pylist(group, schema))
                group = []
        writer.write_table(pa.Table.from_pylist(group, schema))
    return 0


if __name__ == "__main__":
    sys.exit(main())
