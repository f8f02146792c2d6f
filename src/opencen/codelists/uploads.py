"""An official file that arrives as an upload, laid down for the reader of files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from opencen.codelists.services import LoadedReport, load_file
from opencen.kernel.actor import Actor


class Upload(Protocol):
    """A file as the web hands it over."""

    name: str | None

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield its content."""


def load_upload(
    actor: Actor, file: Upload, *, version: date | None = None, accept_losses: bool = False
) -> LoadedReport:
    """Lay an upload down and load it; of its name only the kind of file is kept."""
    actor.require("codelists:manage")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"official{Path(file.name or '').suffix[:8]}"
        with path.open("wb") as target:
            for part in file.chunks():
                target.write(part)
        return load_file(actor, path=path, version=version, accept_losses=accept_losses)
