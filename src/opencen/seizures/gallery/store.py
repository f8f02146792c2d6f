"""The gallery as a derived store: a table beside the records, moved on together with its cursor."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from opencen.kernel.clock import now
from opencen.log.inserting import insert_rows
from opencen.log.transactions import write_transaction
from opencen.records.derived import Current, Derived, changed_since, load_current
from opencen.records.jobs import add_store
from opencen.records.models import Cursor, Record
from opencen.seizures.gallery.models import Picture
from opencen.seizures.projection import main_line

KINDS = ("photo", "xray")
SHOWN = (
    "item",
    "sha256",
    "kind",
    "shown_on",
    "commodity",
    "concealment",
    "mode",
    "country",
    "departure",
    "exceptional",
    "releasable",
)
_CHUNK = 400
_NO_DAY = date(1, 1, 1)


class GalleryStore(Derived):
    """Pictures of cases by what they are looked for by."""

    name: ClassVar[str] = "gallery"

    def cursor(self) -> int:
        """Return the place in the log that is kept beside the table."""
        row = Cursor.objects.filter(store=self.name).first()
        return row.sequence if row else 0

    def apply(self, changed: Sequence[Current], gone: Sequence[UUID], cursor: int) -> None:
        """Take the pictures of records in anew, in one transaction with the cursor."""
        with write_transaction():
            touched = [*gone, *(current.record.id for current in changed)]
            for start in range(0, len(touched), _CHUNK):
                Picture.objects.filter(record_id__in=touched[start : start + _CHUNK]).delete()
            insert_rows([row for current in changed for row in pictures_of(current)])
            self._move(cursor)

    def rebuild(self, everything: Iterable[Sequence[Current]], cursor: int) -> None:
        """Replace all rows in one transaction: readers keep the old ones until it ends."""
        rows = [row for chunk in everything for current in chunk for row in pictures_of(current)]
        with write_transaction():
            Picture.objects.all().delete()
            for start in range(0, len(rows), 5 * _CHUNK):
                insert_rows(rows[start : start + 5 * _CHUNK])
            self._move(cursor)

    def verify(self) -> list[str]:
        """Compare the rows with the pictures that cases state; what changed behind the cursor is left out."""
        skipped, faults = changed_since(self), []
        held: dict[UUID, set[tuple[Any, ...]]] = {}
        for record_id, *shown in Picture.objects.values_list("record_id", *SHOWN).iterator(chunk_size=2000):
            held.setdefault(record_id, set()).add(tuple(shown))
        for current in _cases():
            rows = {tuple(getattr(row, name) for name in SHOWN) for row in pictures_of(current)}
            faults += _differences(current.record.id, held.pop(current.record.id, set()), rows, skipped)
        for record_id, rows in held.items():
            faults += _differences(record_id, rows, set(), skipped)
        return sorted(faults)

    def erase(self, record_ids: Sequence[UUID]) -> None:
        """Remove the rows of records; they are taken in anew."""
        with write_transaction():
            Picture.objects.filter(record_id__in=list(record_ids)).delete()

    def _move(self, cursor: int) -> None:
        Cursor.objects.update_or_create(store=self.name, defaults={"sequence": cursor, "at": now()})


def _cases() -> Iterator[Current]:
    ids = list(Record.objects.filter(type="case").values_list("pk", flat=True))
    for start in range(0, len(ids), _CHUNK):
        yield from load_current(ids[start : start + _CHUNK])


def _differences(
    record_id: UUID, held: set[tuple[Any, ...]], stated: set[tuple[Any, ...]], skipped: Container[UUID]
) -> list[str]:
    """Say which pictures of a case the gallery has not, has and should not, or shows by other values."""
    if held == stated or record_id in skipped:
        return []
    found, wanted = {row[0] for row in held - stated}, {row[0] for row in stated - held}
    said = [("is in the gallery only", found - wanted), ("is missing in the gallery", wanted - found)]
    said.append(("differs in the gallery", found & wanted))
    return [f"picture {item} of {record_id} {what}" for what, items in said for item in items]


def pictures_of(current: Current) -> Iterator[Picture]:
    """Yield a row for every picture of a case: by the goods on it where that is said, else by the main goods."""
    record, document = current.record, current.document
    if record.type != "case":
        return
    lines = {line.get("id"): line for line in document.get("lines", ())}
    conveyance = (document.get("conveyances") or [{}])[0]
    legs = {leg.get("role"): leg.get("country") for leg in document.get("route", ())}
    for item in document.get("media", ()):
        if not item.get("sha256") or not is_picture(item):
            continue
        line = next((lines[key] for key in item.get("lines", ()) if key in lines), main_line(document))
        concealment = line.get("concealment") or {}
        yield Picture(
            record_id=record.id,
            item=item["id"],
            sha256=item["sha256"],
            kind=item.get("kind") or "photo",
            shown_on=record.occurred_on or _NO_DAY,
            commodity=line.get("commodity") or "",
            concealment=concealment.get("place") or "",
            mode=conveyance.get("mode") or "",
            country=document.get("country") or "",
            departure=legs.get("departure") or "",
            exceptional=bool(concealment.get("exceptional")),
            releasable=bool(item.get("releasable")),
        )


def is_picture(item: dict[str, Any]) -> bool:
    """Tell whether an item is a photo or an X-ray rather than a paper."""
    return str(item.get("kind") or "photo").partition(".")[0] in KINDS


GALLERY = GalleryStore()
add_store(GALLERY)
