"""Acts upon downloads: ask for one, cancel it."""

from __future__ import annotations

from uuid import UUID

from opencen.formats.downloads.events import ASKED, CANCELLED
from opencen.formats.downloads.models import Download
from opencen.formats.exporting import list_file
from opencen.formats.format import export_format
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, NotFound, TooMany
from opencen.log.service import record_act, service
from opencen.records.search.address import clean_query, read_address
from opencen.records.types import domain, export_permission

MOST_AT_ONCE = 5
LONGEST_QUERY = 2000


@service("*:export")
def ask_download(actor: Actor, *, kind: str, query: str, format: str, what: str = "list") -> Download:
    """Ask the worker to write a list, as it is shown or as whole records."""
    domain(kind)
    actor.require(f"{kind}:read")
    actor.require(export_permission(kind))
    chosen = list_file(format) if what == "list" else export_format(format, kind)
    kept = clean_query(query)
    if len(kept) > LONGEST_QUERY:
        raise Invalid("search.too_long", path="query", limit=LONGEST_QUERY)
    read_address(kept, kind)
    if Download.objects.filter(owner_id=actor.id, state__in=("waiting", "running")).count() >= MOST_AT_ONCE:
        raise TooMany("download.too_many", limit=MOST_AT_ONCE)
    row = Download.objects.create(
        owner_id=actor.id,
        type=kind,
        query=kept,
        what="list" if what == "list" else "records",
        format=chosen.name,
        language=actor.language,
        asked_at=now(),
    )
    record_act(ASKED, "download", row.id, type=kind, format=chosen.name)
    return row


@service("*:export")
def cancel_download(actor: Actor, *, download_id: UUID) -> None:
    """Cancel one's own download that is not done yet."""
    waiting = Download.objects.filter(pk=download_id, owner_id=actor.id, state__in=("waiting", "running"))
    if not waiting.update(state="cancelled", ended_at=now()):
        raise NotFound("download.not_found")
    record_act(CANCELLED, "download", download_id)
