"""Photos and documents: stored once by the digest of their bytes, seen with the records that show them.

The original with its EXIF stays in the vault; what is looked at, and what leaves, is a copy without metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256 as digest
from typing import BinaryIO
from uuid import UUID

import orjson
from django.db import transaction

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound
from opencen.kernel.uploads import IMAGES, MEDIA, check_upload, copy_in_sizes, read_exif, strip_and_scale
from opencen.kernel.uploads.content import MAX_BYTES
from opencen.log.models import Entry
from opencen.log.service import record_act, service
from opencen.records.events import MEDIA_READ, MEDIA_STORED
from opencen.records.lock import lock_condition, lock_terms
from opencen.records.media_files import (
    SIZES,
    copy_path,
    original_path,
    read_original,
    remove_copies,
    remove_files,
    write_whole,
)
from opencen.records.models import MediaObject, MediaUse, Record

CONTENT_TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "pdf": "application/pdf",
}
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
    "Content-Disposition": "inline",
}
# How long one sees what one uploaded although a record that one does not see shows it too.
_OWN_FOR = timedelta(days=7)
_CLEAN_QUALITY = 88
COPIES = {"thumb": (SIZES["thumb"], 80), "display": (SIZES["display"], _CLEAN_QUALITY)}
"""Longest edge and quality of each copy to look at."""


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What is known of a stored file, without its EXIF."""

    sha256: str
    kind: str
    format: str
    size: int
    width: int
    height: int
    taken_at: str
    uploaded_at: datetime

    @property
    def content_type(self) -> str:
        """Return the media type of the original."""
        return CONTENT_TYPES[self.format]

    @property
    def has_preview(self) -> bool:
        """Tell whether copies to look at can be made."""
        return self.content_type in IMAGES


@dataclass(frozen=True, slots=True)
class MediaCopy:
    """Bytes to hand out, with their type."""

    content: bytes
    content_type: str
    sha256: str


def store_media(actor: Actor, *, content: bytes | BinaryIO, filename: str, claimed_type: str = "") -> MediaInfo:
    """Check a file and keep its original; the same bytes are kept once, and what is not what it says is refused.

    Decoding and writing happen before the transaction, so that nobody waits for a photo.
    """
    actor.require("media:upload")
    data = content if isinstance(content, bytes) else content.read(MAX_BYTES + 1)
    media_type = check_upload(
        data, name=filename, claimed_type=claimed_type, allowed=MEDIA, max_bytes=MAX_BYTES, path="file"
    )
    sha256 = digest(data).hexdigest()
    row = MediaObject(sha256=sha256, kind="document", format=_format(media_type), size=len(data))
    copies: dict[str, bytes] = {}
    if media_type in IMAGES:
        facts, copies = copy_in_sizes(data, COPIES, path="file")
        exif = read_exif(data)
        row.kind, row.width, row.height = "photo", facts.width, facts.height
        row.taken_at, row.exif = str(exif.get("taken_at", ""))[:40], orjson.dumps(exif).decode()
    return _keep(actor, row, data, copies)


def _keep(actor: Actor, row: MediaObject, data: bytes, copies: Mapping[str, bytes]) -> MediaInfo:
    """Write the files, then the row; where either fails nothing of a new file stays behind."""
    is_new, is_kept = not original_path(row.sha256).exists(), False
    try:
        if is_new:
            write_whole(original_path(row.sha256), data)
        _write_copies(row.sha256, copies)
        info = _register(actor, row=row)
        is_kept = True
        return info
    finally:
        if is_new and not is_kept:
            remove_files(row.sha256)


@service("media:upload")
def _register(actor: Actor, *, row: MediaObject) -> MediaInfo:
    """Note a stored file; who uploads it again is noted too."""
    known = MediaObject.objects.filter(sha256=row.sha256).select_for_update().first()
    if known is None or known.erased_at is not None:
        row.uploaded_by, row.uploaded_at = actor.id, now()
        row.save(force_insert=known is None)
        known = row
    record_act(MEDIA_STORED, "media", row.sha256, kind=row.kind, size=row.size)
    return _info(known)


def visible_media(actor: Actor, sha256: str) -> MediaInfo:
    """Return a file that a visible record shows or that oneself uploaded, or raise NotFound."""
    row = MediaObject.objects.filter(sha256=sha256, erased_at=None).first()
    if row is None or not (_is_shown_to(actor, sha256) or _is_own(actor, sha256)):
        raise NotFound("media.not_found")
    return _info(row)


def media_of(actor: Actor, record: Record) -> dict[str, MediaInfo]:
    """Return what a record that was read through the lock shows, by digest, in one query."""
    used = MediaUse.objects.filter(record_id=record.id).values("sha256")
    return {row.sha256: _info(row) for row in MediaObject.objects.filter(sha256__in=used, erased_at=None)}


def unseen_media(actor: Actor, digests: set[str], record_id: str) -> set[str]:
    """Return the digests that an actor must not name in a record: naming would let him see what he may not."""
    if not digests:
        return set()
    used = list(MediaUse.objects.filter(sha256__in=digests).values_list("sha256", "record_id"))
    kept = {sha256 for sha256, shown_by in used if str(shown_by) == record_id}
    there = set(MediaObject.objects.filter(sha256__in=digests, erased_at=None).values_list("sha256", flat=True))
    open_to = {row.id for row in _visible_among(actor, {shown_by for _, shown_by in used})}
    shown = {sha256 for sha256, shown_by in used if shown_by in open_to}
    return {
        sha256 for sha256 in digests - kept if sha256 not in there or not (sha256 in shown or _is_own(actor, sha256))
    }


def _visible_among(actor: Actor, record_ids: set[UUID]) -> list[Record]:
    if not record_ids:
        return []
    return list(Record.objects.filter(lock_condition(lock_terms(actor)), id__in=record_ids).only("id"))


def open_derivative(actor: Actor, sha256: str, size: str = "thumb") -> MediaCopy:
    """Return a copy of a visible picture without any metadata: `thumb` (320 px) or `display` (1600 px)."""
    info = visible_media(actor, sha256)
    path = copy_path(sha256, size)
    if not info.has_preview:
        raise NotFound("media.no_preview")
    try:
        return MediaCopy(path.read_bytes(), "image/jpeg", sha256)
    except FileNotFoundError:
        _make_copies(sha256, read_original(sha256))
        return MediaCopy(path.read_bytes(), "image/jpeg", sha256)


@service("media:original")
def open_original(actor: Actor, *, sha256: str) -> MediaCopy:
    """Return an original with everything in it; who read it stands in the log."""
    info = visible_media(actor, sha256)
    record_act(MEDIA_READ, "media", sha256)
    return MediaCopy(read_original(sha256), info.content_type, sha256)


def clean_copy(sha256: str) -> MediaCopy:
    """Make the copy that may leave: the picture in full size, without metadata; the caller has checked that it may."""
    row = MediaObject.objects.filter(sha256=sha256, erased_at=None).first()
    if row is None:
        raise NotFound("media.not_found")
    if CONTENT_TYPES[row.format] not in IMAGES:
        raise NotFound("media.no_preview")
    content = strip_and_scale(read_original(sha256), max(row.width, row.height, 1), quality=_CLEAN_QUALITY)
    return MediaCopy(content, "image/jpeg", digest(content).hexdigest())


def open_paper(sha256: str) -> MediaCopy:
    """Return a scanned paper to look at, a picture without its metadata; the caller has checked that it may."""
    row = MediaObject.objects.filter(sha256=sha256, erased_at=None).first()
    if row is None:
        raise NotFound("media.not_found")
    if CONTENT_TYPES[row.format] in IMAGES:
        return clean_copy(sha256)
    return MediaCopy(read_original(sha256), CONTENT_TYPES[row.format], sha256)


def erase_media(sha256: str) -> bool:
    """Erase a file, its EXIF and its copies for good unless a record still shows it; part of the caller's act.

    The files go when the act is committed, so that an act that fails loses nothing.
    """
    if MediaUse.objects.filter(sha256=sha256).exists():
        return False
    row = MediaObject.objects.filter(sha256=sha256).first()
    if row is None:
        return False
    row.exif, row.taken_at, row.erased_at = "{}", "", now()
    row.save(update_fields=["exif", "taken_at", "erased_at"])
    transaction.on_commit(lambda: _remove_erased(sha256))
    return True


def _remove_erased(sha256: str) -> None:
    if not MediaObject.objects.filter(sha256=sha256, erased_at=None).exists():
        remove_files(sha256)


def verify_media() -> list[str]:
    """Compare the vault with the table and return what differs, in words; copies that fail are made anew."""
    faults: list[str] = []
    for row in MediaObject.objects.filter(erased_at=None).iterator(chunk_size=200):
        path = original_path(row.sha256)
        if not path.exists():
            faults.append(f"original {row.sha256} is missing")
        elif digest(path.read_bytes()).hexdigest() != row.sha256:
            faults.append(f"original {row.sha256} has changed")
            remove_copies(row.sha256)
    return faults


def _is_shown_to(actor: Actor, sha256: str) -> bool:
    shown = MediaUse.objects.filter(sha256=sha256).values("record_id")
    return Record.objects.filter(lock_condition(lock_terms(actor)), id__in=shown).exists()


def _is_own(actor: Actor, sha256: str) -> bool:
    """Tell whether the actor uploaded these bytes, and nothing shows them yet or it was lately."""
    uploads = Entry.objects.filter(subject_id=sha256, act=MEDIA_STORED.name, actor_id=actor.id)
    newest = uploads.order_by("-number").values_list("at", flat=True).first()
    if newest is None:
        return False
    return now() - newest < _OWN_FOR or not MediaUse.objects.filter(sha256=sha256).exists()


def _make_copies(sha256: str, data: bytes) -> None:
    _write_copies(sha256, copy_in_sizes(data, COPIES, path="file")[1])


def _write_copies(sha256: str, copies: Mapping[str, bytes]) -> None:
    for size, content in copies.items():
        path = copy_path(sha256, size)
        if not path.exists():
            write_whole(path, content)


def _format(media_type: str) -> str:
    return next(name for name, kind in CONTENT_TYPES.items() if kind == media_type)


def _info(row: MediaObject) -> MediaInfo:
    return MediaInfo(row.sha256, row.kind, row.format, row.size, row.width, row.height, row.taken_at, row.uploaded_at)
