"""Acts upon published lists: hand a file in, confirm a loss, drop a file that was stopped."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import orjson
from django.conf import settings

from opencen.formats.watchlists.events import ASKED, CONFIRMED, DROPPED
from opencen.formats.watchlists.formats import format_named, tell_files_apart
from opencen.formats.watchlists.guarding import check_bytes
from opencen.formats.watchlists.models import Load, Source
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.records.permissions import LOAD_LISTS
from opencen.records.types import domain_names

NAME = re.compile(r"^[a-z][a-z0-9-]{0,23}$")
NEEDED = {"suspect", "company", "conveyance"}


@service(LOAD_LISTS)
def ask_load(
    actor: Actor, *, format: str, files: Mapping[str, bytes], name: str = "", title: str = "", confirmed: bool = False
) -> Load:
    """Keep the files of a list for the worker; a plain CSV comes with its mapping once, which is then kept."""
    found = format_named(format)
    name = name.strip() or found.name
    if not NAME.match(name):
        raise Invalid("watchlist.name_shape", path="name", found=name[:40])
    if not set(domain_names()) >= NEEDED:
        raise Conflict("watchlist.database_off")
    parts = tell_files_apart(format, files)
    source = _source(name, format, title.strip() or found.title or name, parts)
    if missing := [part for part in found.files if part not in parts]:
        raise Invalid("watchlist.file_missing", path="file", missing=", ".join(missing))
    for content in parts.values():
        check_bytes(content)
    if Load.objects.filter(source=source, state__in=("waiting", "running")).exists():
        raise Conflict("watchlist.under_way")
    kept = {part: {"sha256": sha256(content).hexdigest(), "size": len(content)} for part, content in parts.items()}
    load = Load.objects.create(
        source=source,
        files=orjson.dumps(kept).decode(),
        is_confirmed=confirmed,
        asked_by=actor.id,
        asked_at=now(),
    )
    folder = folder_of(load.id)
    folder.mkdir(mode=0o700, parents=True)
    for part, content in parts.items():
        (folder / part).write_bytes(content)
    record_act(ASKED, "watchlist", load.id, source=source.name, format=format)
    return load


def _source(name: str, format: str, title: str, parts: dict[str, bytes]) -> Source:
    """Return the source of that name, new or known; a known one keeps its format, and lends its mapping."""
    source = Source.objects.filter(pk=name).first()
    if source is None:
        source = Source(name=name, format=format, title=title[:120])
    if source.format != format:
        raise Conflict("watchlist.name_shape", path="name", found=name)
    if "mapping" in parts:
        source.mapping = parts["mapping"].decode("utf-8", "replace")
    elif source.mapping:
        parts["mapping"] = source.mapping.encode()
    source.save()
    return source


@service(LOAD_LISTS)
def confirm_load(actor: Actor, *, load_id: UUID) -> Load:
    """Let a file be loaded although half of the list is gone from it."""
    load = _stopped(load_id)
    load.state, load.is_confirmed, load.error = "waiting", True, ""
    load.save(update_fields=["state", "is_confirmed", "error"])
    record_act(CONFIRMED, "watchlist", load.id, source=load.source_id)
    return load


@service(LOAD_LISTS)
def drop_load(actor: Actor, *, load_id: UUID) -> Load:
    """Drop a file that was stopped: the list stays as it was."""
    load = _stopped(load_id)
    load.state, load.ended_at = "dropped", now()
    load.save(update_fields=["state", "ended_at"])
    record_act(DROPPED, "watchlist", load.id, source=load.source_id)
    remove_files(load.id)
    return load


def _stopped(load_id: UUID) -> Load:
    load = Load.objects.select_related("source").filter(pk=load_id).first()
    if load is None:
        raise NotFound("watchlist.load_unknown")
    if load.state != "stopped":
        raise Conflict("watchlist.not_waiting")
    return load


def folder_of(load_id: UUID) -> Path:
    """Return where the files of a load lie until it ends."""
    return Path(settings.HOME.path) / "watchlists" / str(load_id)


def files_of(load: Load) -> dict[str, bytes]:
    """Read the files of a load."""
    folder = folder_of(load.id)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.is_dir() else {}


def remove_files(load_id: UUID) -> None:
    """Remove the files of a load that has ended."""
    shutil.rmtree(folder_of(load_id), ignore_errors=True)
