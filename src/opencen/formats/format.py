"""What a format is: one file in `formats/members/`, found by scan, passing one contract test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Protocol, runtime_checkable

from opencen.kernel.errors import NotFound
from opencen.kernel.registry import scan_modules
from opencen.records.effective import EffectiveSchema


@dataclass(frozen=True, slots=True)
class Exported:
    """One record on its way out: its head's facts and its document."""

    id: str
    reference: str
    state: str
    revision: int
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record on its way in, as a file states it; `place` says where in the file."""

    place: str
    id: str
    base_revision: int | None
    document: dict[str, Any]
    reasons: dict[str, str]


@runtime_checkable
class ExportFormat(Protocol):
    """Write records of one type to a file."""

    name: str
    title: str
    extension: str
    content_type: str
    types: tuple[str, ...]

    def write(self, stream: BinaryIO, records: Iterable[Exported], schema: EffectiveSchema, language: str) -> int:
        """Write the records and return how many."""


@runtime_checkable
class ImportFormat(Protocol):
    """Read whole records that this product wrote, or that follow its published schema."""

    name: str
    extensions: tuple[str, ...]

    def recognises(self, path: Path) -> bool:
        """Tell whether a file is in this format."""

    def read(self, path: Path, schema: EffectiveSchema) -> Iterator[Incoming]:
        """Yield the records; what cannot be read raises Invalid with its place."""


@cache
def formats() -> dict[str, Any]:
    """Return every format, found by scan."""
    return {module.FORMAT.name: module.FORMAT for module in scan_modules("opencen.formats.members")}


def export_format(name: str, kind: str) -> ExportFormat:
    """Return a format that writes a type, or raise NotFound."""
    found = formats().get(name)
    if not isinstance(found, ExportFormat) or (found.types and kind not in found.types):
        raise NotFound("format.unknown", name=name)
    return found


def export_formats(kind: str) -> list[ExportFormat]:
    """List the formats that write a type."""
    return [f for f in formats().values() if isinstance(f, ExportFormat) and (not f.types or kind in f.types)]


def import_formats() -> list[ImportFormat]:
    """List the formats that read whole records."""
    return [found for found in formats().values() if isinstance(found, ImportFormat)]
