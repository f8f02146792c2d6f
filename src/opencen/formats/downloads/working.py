"""The worker's part: write what waits as the one who asked, with the rights of now, and remove what is old."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, BinaryIO
from urllib.parse import parse_qs
from uuid import UUID

from opencen.accounts.queries import actors_of
from opencen.formats.downloads.models import Download
from opencen.formats.downloads.queries import KEPT, file_of, folder
from opencen.formats.exporting import MAX_RECORDS, export_listed, export_records, listed_ids
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import OpenCenError
from opencen.records.jobs import job
from opencen.records.search.address import read_address

FORGOTTEN = timedelta(days=90)


class _Cancelled(Exception):
    """Stops the writing of a download that nobody wants any more."""


@job("downloads", every=2.0)
def write_downloads() -> int:
    """Write one download that waits, or that a worker left when it died; return whether there was one."""
    _remove_old()
    row = Download.objects.filter(state__in=("waiting", "running")).order_by("asked_at").first()
    if row is None:
        return 0
    try:
        _write(row)
    except _Cancelled:
        file_of(row.id).with_suffix(".part").unlink(missing_ok=True)
    except OpenCenError as error:
        _end(row, "failed", error=error.code)
    except OSError:
        _end(row, "failed", error="storage.full")
    return 1


def _write(row: Download) -> None:
    """Write the file beside its name; it is there whole or not at all."""
    actor = next(iter(actors_of([row.owner_id])), None)
    if actor is None:
        _end(row, "cancelled")
        return
    actor = actor.speaking(row.language)
    actor.require(f"{row.type}:read")
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    ids = listed_ids(actor, read_address(row.query, row.type), most=MAX_RECORDS)
    Download.objects.filter(pk=row.pk, state="waiting").update(state="running")
    Download.objects.filter(pk=row.pk).update(total=len(ids), done=0)
    part = file_of(row.id).with_suffix(".part")
    with part.open("wb") as stream:
        _fill(actor, row, ids, stream)
    size = part.stat().st_size
    part.replace(file_of(row.id))
    _end(row, "done", size=size, done=len(ids))


def _fill(actor: Actor, row: Download, ids: list[UUID], stream: BinaryIO) -> None:
    def told(done: int) -> None:
        if not Download.objects.filter(pk=row.pk, state="running").update(done=done):
            raise _Cancelled

    if row.what != "list":
        export_records(actor, kind=row.type, record_ids=ids, format=row.format, stream=stream, told=told)
        return
    columns = parse_qs(row.query).get("col", [])
    export_listed(actor, kind=row.type, record_ids=ids, columns=columns, format=row.format, stream=stream, told=told)


def _end(row: Download, state: str, **changes: Any) -> None:
    Download.objects.filter(pk=row.pk, state__in=("waiting", "running")).update(state=state, ended_at=now(), **changes)


def _remove_old() -> None:
    """Remove files a week after they were written, and what was asked for after three months."""
    for row in Download.objects.filter(state="done", ended_at__lt=now() - KEPT):
        file_of(row.id).unlink(missing_ok=True)
        Download.objects.filter(pk=row.pk).update(state="removed")
    Download.objects.filter(asked_at__lt=now() - FORGOTTEN).delete()
