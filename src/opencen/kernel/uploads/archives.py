"""Guard against archives that are small on the wire and huge when opened."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from opencen.kernel.errors import Invalid, TooLarge

MAX_RATIO = 200
MAX_TOTAL = 512 * 1024 * 1024
MAX_ENTRIES = 5_000

# Small parts of a workbook often repeat one line; only what grows large is measured by its ratio.
_RATIO_FROM = 4 * 1024 * 1024
_CHUNK = 256 * 1024
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1


def check_archive(
    source: Path | bytes | BinaryIO,
    *,
    max_ratio: int = MAX_RATIO,
    max_total: int = MAX_TOTAL,
    max_entries: int = MAX_ENTRIES,
    path: str = "",
) -> list[str]:
    """Unpack a zip archive into nothing, counting, and return its names; raise Invalid or TooLarge where it is hostile.

    What the archive declares about itself is compared with what comes out: readers that trust the declaration are safe.
    """
    try:
        with open_source(source) as file, zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > max_entries:
                raise TooLarge("archive.too_many_entries", path=path, limit=max_entries, found=len(entries))
            _check_entries(entries, path)
            total = 0
            for entry in entries:
                total += _measure(file, entry, max_total - total, max_ratio, path)
            return [entry.filename for entry in entries]
    except (zipfile.BadZipFile, zlib.error, struct.error, UnicodeDecodeError, EOFError, NotImplementedError) as error:
        raise Invalid("archive.damaged", path=path, reason=str(error)) from None


@contextmanager
def open_source(source: Path | bytes | BinaryIO) -> Iterator[BinaryIO]:
    """Open a path or bytes for reading; a stream is read in place and left at its start."""
    if isinstance(source, Path | bytes):
        with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as file:
            yield file
    else:
        source.seek(0)
        yield source
        source.seek(0)


def _check_entries(entries: list[zipfile.ZipInfo], path: str) -> None:
    """Refuse names that lead elsewhere, locked entries, other compressions and entries that lie over one another."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or entry.filename.startswith(("/", "\\")) or "\0" in entry.filename:
            raise Invalid("archive.bad_name", path=path, name=entry.filename[:100])
        if entry.flag_bits & _ENCRYPTED:
            raise Invalid("media.encrypted", path=path)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Invalid("archive.unknown_compression", path=path, name=entry.filename[:100])
        if entry.header_offset < end:
            raise Invalid("archive.entries_overlap", path=path, name=entry.filename[:100])
        end = entry.header_offset + _LOCAL_HEADER.size + entry.compress_size


def _measure(file: BinaryIO, entry: zipfile.ZipInfo, max_size: int, max_ratio: int, path: str) -> int:
    """Return how many bytes an entry really unpacks to."""
    file.seek(entry.header_offset)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if signature != b"PK\x03\x04":
        raise zipfile.BadZipFile("no entry where the directory says")
    file.seek(name_length + extra_length, io.SEEK_CUR)
    unpacked = 0
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    left = entry.compress_size
    while left and not unpacker.eof:
        data = file.read(min(_CHUNK, left))
        if not data:
            raise EOFError("the archive ends within an entry")
        left -= len(data)
        while data:
            if entry.compress_type == zipfile.ZIP_STORED:
                unpacked, data = unpacked + len(data), b""
            else:
                unpacked += len(unpacker.decompress(data, _CHUNK))
                data = unpacker.unconsumed_tail
            _check_growth(unpacked, entry, max_size, max_ratio, path)
    unpacked += len(unpacker.flush())
    if unpacked != entry.file_size:
        raise Invalid("archive.sizes_differ", path=path, name=entry.filename[:100])
    return unpacked


def _check_growth(unpacked: int, entry: zipfile.ZipInfo, max_size: int, max_ratio: int, path: str) -> None:
    if unpacked > max_size:
        raise TooLarge("archive.too_large", path=path, name=entry.filename[:100])
    if unpacked > _RATIO_FROM and unpacked > max_ratio * max(1, entry.compress_size):
        raise TooLarge("archive.grows_too_much", path=path, name=entry.filename[:100], limit=max_ratio)
