"""Reads of the gallery, under the lock of the cases; what changed behind the table's cursor is read live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q, QuerySet

from opencen.accounts.queries import names_of
from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.kernel.uploads import IMAGES
from opencen.records.derived import catch_up, changed_since, load_current
from opencen.records.documents import documents_of
from opencen.records.lock import is_own, lock_condition, lock_terms
from opencen.records.media import CONTENT_TYPES
from opencen.records.models import MediaObject, Record
from opencen.records.texts import write_code
from opencen.seizures.gallery.models import Picture
from opencen.seizures.gallery.store import GALLERY, is_picture, pictures_of
from opencen.seizures.permissions import READ_CASES
from opencen.seizures.queries.cases import find_case, log_nominal_read
from opencen.seizures.titles import record_title

__all__ = ["PAGE", "PhotoView", "Screen", "Tile", "Wanted", "is_picture", "look", "pictures_there", "view_photo"]

PAGE = 48
MOST_LIVE = 300
_FORMATS = [name for name, content_type in CONTENT_TYPES.items() if content_type in IMAGES]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one looks for; a code stands for all below it."""

    commodity: str = ""
    concealment: str = ""
    mode: str = ""
    country: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    exceptional: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture as the gallery shows it."""

    record_id: UUID
    item: str
    sha256: str
    reference: str
    title: str
    caption: str
    kind: str
    goods: str
    concealment: str
    shown_on: date
    is_exceptional: bool
    is_releasable: bool
    is_there: bool

    @property
    def url(self) -> str:
        """Return the address of the picture's page."""
        return f"/cases/{self.record_id}/photos/{self.item}"


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen of tiles, and where the next one begins (empty: nowhere)."""

    tiles: tuple[Tile, ...]
    next_key: str


@dataclass(frozen=True, slots=True)
class PhotoView:
    """One picture of a case with everything known of it."""

    tile: Tile
    width: int
    height: int
    size: int
    taken_at: str
    uploaded_by: str
    uploaded_at: Any
    derived_from: str
    original: Tile | None
    derivatives: tuple[Tile, ...]
    is_own: bool
    shows_concealment: bool
    neighbours: tuple[str, str] = field(default=("", ""))


def look(actor: Actor, wanted: Wanted, after: str = "") -> Screen:
    """Return a screen of pictures, the newest find first; `after` is the key that the screen before ended with."""
    actor.require(READ_CASES)
    changed = changed_since(GALLERY)
    if len(changed) > MOST_LIVE:
        while catch_up(GALLERY):
            pass
        changed = changed_since(GALLERY)
    rows = _kept(actor, wanted, after, changed) + _live(actor, wanted, after, changed)
    rows.sort(key=_key, reverse=True)
    shown = rows[:PAGE]
    key = _write_key(shown[-1]) if len(rows) > PAGE else ""
    return Screen(tuple(_tiles(actor, shown)), key)


def _key(row: Picture) -> tuple[date, str, str]:
    return row.shown_on, row.record_id.hex, row.item


def _write_key(row: Picture) -> str:
    return f"{row.shown_on.isoformat()}_{row.record_id.hex}_{row.item}"


def _read_key(text: str) -> tuple[date, str, str] | None:
    day, _, rest = text.partition("_")
    record, _, item = rest.partition("_")
    try:
        return date.fromisoformat(day), UUID(record).hex, item
    except ValueError:
        return None


def _kept(actor: Actor, wanted: Wanted, after: str, changed: set[UUID]) -> list[Picture]:
    """Read the table, in the order of its index, as far as one screen needs it."""
    rows = Picture.objects.filter(_narrowed(wanted), lock_condition(lock_terms(actor), "record__"))
    rows = rows.exclude(record__state="cancelled")
    if changed:
        rows = rows.exclude(record_id__in=changed)
    if key := _read_key(after):
        day, record, item = key
        same = Q(shown_on=day) & (Q(record_id__lt=UUID(record)) | Q(record_id=UUID(record), item__lt=item))
        rows = rows.filter(Q(shown_on__lt=day) | same)
    return _first(rows)


def _first(rows: QuerySet[Picture]) -> list[Picture]:
    return list(rows.select_related("record").order_by("-shown_on", "-record_id", "-item")[: PAGE + 1])


def _live(actor: Actor, wanted: Wanted, after: str, changed: set[UUID]) -> list[Picture]:
    """Read what changed since from the records themselves."""
    if not changed:
        return []
    terms, key = lock_terms(actor), _read_key(after)
    found = []
    for current in load_current(changed):
        head = current.record
        if head.state == "cancelled" or not terms.admits(
            head.type, head.office_id, head.sensitivity, head.compartment_id
        ):
            continue
        for row in pictures_of(current):
            row.record = head
            if _fits(row, wanted) and (key is None or _key(row) < key):
                found.append(row)
    return found


def _narrowed(wanted: Wanted) -> Q:
    """Compile what one looks for; a code stands for all below it, in any collation."""
    found = Q()
    for name in ("commodity", "concealment", "mode", "kind"):
        if value := getattr(wanted, name):
            found &= Q(**{name: value}) | Q(**{f"{name}__startswith": f"{value}."})
    if wanted.country:
        found &= Q(country=wanted.country) | Q(departure=wanted.country)
    if wanted.since:
        found &= Q(shown_on__gte=wanted.since)
    if wanted.until:
        found &= Q(shown_on__lte=wanted.until)
    return found & Q(exceptional=True) if wanted.exceptional else found


def _fits(row: Picture, wanted: Wanted) -> bool:
    """Tell whether a row is looked for: the plain definition that the compiled one must equal."""
    for name in ("commodity", "concealment", "mode", "kind"):
        value, held = getattr(wanted, name), getattr(row, name)
        if value and held != value and not held.startswith(f"{value}."):
            return False
    return (
        (not wanted.country or wanted.country in (row.country, row.departure))
        and (wanted.since is None or row.shown_on >= wanted.since)
        and (wanted.until is None or row.shown_on <= wanted.until)
        and (not wanted.exceptional or row.exceptional)
    )


def _tiles(actor: Actor, rows: Sequence[Picture]) -> Iterable[Tile]:
    """Put rows into words: captions come from the cases, which were read through the lock."""
    heads = {row.record_id: row.record for row in rows}
    documents = documents_of("case", [(head.id, head.revision) for head in heads.values()])
    present = pictures_there({row.sha256 for row in rows})
    for row in rows:
        items = {item["id"]: item for item in documents.get(row.record_id, {}).get("media", ())}
        yield _tile(actor, heads[row.record_id], row, items.get(row.item, {}), is_there=row.sha256 in present)


def pictures_there(digests: set[str]) -> set[str]:
    """Return which files can be looked at: pictures that were not erased."""
    rows = MediaObject.objects.filter(sha256__in=digests, erased_at=None, format__in=_FORMATS)
    return set(rows.values_list("sha256", flat=True))


def _tile(actor: Actor, head: Record, row: Picture, item: dict[str, Any], *, is_there: bool) -> Tile:
    language = actor.language
    return Tile(
        record_id=row.record_id,
        item=row.item,
        sha256=row.sha256,
        reference=head.reference or "",
        title=record_title("case", orjson.loads(head.summary), language),
        caption=item.get("caption") or "",
        kind=write_code("media_kind", row.kind, language),
        goods=get_list("commodity").label(row.commodity, language) if row.commodity else "",
        concealment=get_list("concealment").label(row.concealment, language) if row.concealment else "",
        shown_on=row.shown_on,
        is_exceptional=row.exceptional,
        is_releasable=row.releasable,
        is_there=is_there,
    )


def view_photo(actor: Actor, case_id: UUID, item: str) -> PhotoView:
    """Show one picture of a case with its hash, its original and its derivatives; reading it is logged."""
    record = find_case(actor, case_id)
    if actor.kind == "user":
        log_nominal_read(actor, record=record)
    current = next(iter(load_current({record.id})), None)
    rows = list(pictures_of(current)) if current else []
    row = next((one for one in rows if one.item == item), None)
    if current is None or row is None:
        raise NotFound("picture.not_found")
    items = {one["id"]: one for one in current.document.get("media", ())}
    present = pictures_there({one.sha256 for one in rows})
    tiles = {one.item: _tile(actor, record, one, items[one.item], is_there=one.sha256 in present) for one in rows}
    media = MediaObject.objects.filter(sha256=row.sha256).first()
    source = items[item].get("derived_from") or ""
    order = [one.item for one in rows]
    place = order.index(item)
    return PhotoView(
        tile=tiles[item],
        width=media.width if media else 0,
        height=media.height if media else 0,
        size=media.size if media else 0,
        taken_at=items[item].get("taken_at") or (media.taken_at if media else ""),
        uploaded_by=names_of({media.uploaded_by}).get(media.uploaded_by, "") if media else "",
        uploaded_at=media.uploaded_at if media else None,
        derived_from=source,
        original=next((tiles[one.item] for one in rows if source and one.sha256 == source), None),
        derivatives=tuple(tiles[one.item] for one in rows if items[one.item].get("derived_from") == row.sha256),
        is_own=is_own(record) and record.state != "cancelled",
        shows_concealment=bool(items[item].get("shows_concealment")),
        neighbours=(order[place - 1] if place else "", order[place + 1] if place + 1 < len(order) else ""),
    )
