"""Reads of downloads: each is its owner's alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from opencen.formats.downloads.models import Download
from opencen.formats.exporting import list_file
from opencen.formats.format import export_format
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound
from opencen.records.types import address_of, export_permission

KEPT = timedelta(days=7)
MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class DownloadView:
    """A download as its page shows it."""

    id: UUID
    type: str
    format: str
    title: str
    what: str
    state: str
    done: int
    total: int
    size: int
    error: str
    asked_at: datetime
    until: datetime | None

    @property
    def is_going_on(self) -> bool:
        """Tell whether the worker has still to do with it."""
        return self.state in ("waiting", "running")


def folder() -> Path:
    """Return where the files lie; they can be written anew, so no backup holds them."""
    return Path(settings.HOME.path) / "derived" / "downloads"


def file_of(download_id: UUID) -> Path:
    """Return the path of a download's file."""
    return folder() / download_id.hex


def list_downloads(actor: Actor) -> list[DownloadView]:
    """List an actor's own downloads, the newest first."""
    rows = Download.objects.filter(owner_id=actor.id).order_by("-asked_at")[:MOST_SHOWN]
    return [_view(row) for row in rows]


def open_download(actor: Actor, download_id: UUID) -> tuple[DownloadView, Path, str, str]:
    """Return a finished download with its file, the file's name and its content type, to its owner alone."""
    row = Download.objects.filter(pk=download_id, owner_id=actor.id, state="done").first()
    path = file_of(download_id)
    if row is None or not path.exists():
        raise NotFound("download.not_found")
    actor.require(export_permission(row.type))
    chosen = list_file(row.format) if row.what == "list" else export_format(row.format, row.type)
    name = f"{address_of(row.type)[1:]}-{row.asked_at:%Y-%m-%d}.{chosen.extension}"
    return _view(row), path, name, chosen.content_type


def _view(row: Download) -> DownloadView:
    title = list_file(row.format).title if row.what == "list" else export_format(row.format, row.type).title
    return DownloadView(
        id=row.id,
        type=row.type,
        format=row.format,
        title=title,
        what=row.what,
        state=row.state if row.state != "done" or now() < _until(row) else "removed",
        done=row.done,
        total=row.total,
        size=row.size,
        error=row.error,
        asked_at=row.asked_at,
        until=_until(row) if row.state == "done" else None,
    )


def _until(row: Download) -> datetime:
    return (row.ended_at or row.asked_at) + KEPT
